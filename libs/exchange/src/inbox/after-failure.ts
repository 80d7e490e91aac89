import { retryPause } from '../outbox/retry-schedule';
import type { ParkingReason } from './admission';

/** What becomes of a message that was not handled. */
export interface AfterFailure {
  readonly attempts: number;
  /** Before the next attempt, in milliseconds. */
  readonly pause: number;
  /** Null while it is tried again. */
  readonly parking: ParkingReason | null;
}

/** Decides what becomes of a message that may not be handled (`reason`), or whose handler failed (no reason): it is tried again after a growing pause and parked after `limit` attempts. */
export function afterFailure({ attempts: before, reason }: { attempts: number; reason: ParkingReason | null }, { limit, chance }: { limit: number; chance: number }): AfterFailure {
  const attempts = before + 1;
  return { attempts, pause: retryPause(attempts, chance), parking: reason ?? (attempts >= limit ? 'HANDLER_FAILED' : null) };
}
