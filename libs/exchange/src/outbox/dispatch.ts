import { CLAIM_LASTS } from './next-post';

/** How far a batch of ours has come: the columns of its row that decide what happens to it. Instants in milliseconds. */
export interface Dispatch {
  readonly attempts: number;
  readonly nextAttemptAt: number;
  readonly failingSince: number | null;
  readonly lastError: string | null;
  /** The first receipt, kept for ever. */
  readonly receipt: string | null;
  /** Whether it is posted again although it has its receipt, because the partner has forgotten it. */
  readonly repeat: boolean;
  /** When the app had done its part about the receipt. */
  readonly notedAt: number | null;
}

/**
 * What the statements of this folder make of a row, in words of TypeScript: production runs the statements, the simulator these,
 * and `dispatch.spec.ts` holds one against the other on a real Postgres.
 */
export const isOpen = ({ receipt, repeat }: Pick<Dispatch, 'receipt' | 'repeat'>): boolean => receipt === null || repeat;

/** A batch that was claimed and is now posted: for a while by nobody else. */
export const claimed = (at: number): Dispatch => ({ attempts: 1, nextAttemptAt: at + CLAIM_LASTS, failingSince: null, lastError: null, receipt: null, repeat: false, notedAt: null });

/** The same claimed once more. */
export const claimedAgain = (dispatch: Dispatch, at: number): Dispatch => ({ ...dispatch, attempts: dispatch.attempts + 1, nextAttemptAt: at + CLAIM_LASTS });

/** After its receipt came: the first receipt stays, and only the first is news to the app. A batch that is not open does not change. */
export function receipted(dispatch: Dispatch, { receipt, at }: { receipt: string; at: number }): { dispatch: Dispatch; isNews: boolean } {
  if (!isOpen(dispatch)) return { dispatch, isNews: false };
  const after = { ...dispatch, receipt: dispatch.receipt ?? receipt, notedAt: dispatch.notedAt ?? at, repeat: false, failingSince: null, lastError: null, nextAttemptAt: at };
  return { dispatch: after, isNews: dispatch.notedAt === null };
}

/** After a failure: it waits for the pause. A batch that was receipted meanwhile does not change. */
export const failed = (dispatch: Dispatch, { cause, pause, at }: { cause: string; pause: number; at: number }): Dispatch =>
  isOpen(dispatch) ? { ...dispatch, lastError: cause, failingSince: dispatch.failingSince ?? at, nextAttemptAt: at + pause } : dispatch;

/** One that the partner has forgotten. */
export const forgotten = (dispatch: Dispatch, at: number): Dispatch => ({ ...dispatch, repeat: true, nextAttemptAt: at });
