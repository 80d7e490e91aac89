import { HOUR, MINUTE } from '@lianfang/vocabulary';
import type { TimeTolerance } from './stop-payment-order/four-facts.rules';

/** What one bank or payment institution has chosen. */
export interface InstitutionSettings {
  /** Whether the machine executes when all four facts agree, and declines when one differs; otherwise a liaison does. */
  readonly straightThrough: boolean;
  /** How far the transfer's time may be off, in milliseconds, to either side. */
  readonly timeTolerance: TimeTolerance;
  /** An order that names no holder: BY_HAND a liaison checks the name; DECLINE answers MISMATCH_NAME. */
  readonly nameUnknown: 'BY_HAND' | 'DECLINE';
}

/** What the law fixes, and what an agency may set; all durations in milliseconds. */
export const bankSettings = {
  /** How long a stop lasts, from the core system's own start. @law 86-3 DL-02 */
  stopDuration: 48 * HOUR,
  /** How long a claim lasts before the order is free again. */
  claimLease: 10 * MINUTE,
  /** How long after receipt an answer is due; the inbox is ordered by it. */
  answerWithin: 30 * MINUTE,
  /** How long one call to the core system may be under way before another worker repeats it. */
  coreLease: 30_000,
  /** How far around the ordered time credits are read for the match; not the tolerance. */
  matchWindow: 24 * HOUR,
  /** Outflows that one answer carries at most. */
  longestOutflows: 1000,
} as const;

/** An institution that has chosen nothing: by hand, five minutes. */
export const defaultInstitutionSettings: InstitutionSettings = { straightThrough: false, timeTolerance: 5 * MINUTE, nameUnknown: 'BY_HAND' };
