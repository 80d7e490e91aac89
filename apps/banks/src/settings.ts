import { HOUR, MINUTE } from '@lianfang/vocabulary';
import { z } from 'zod';
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
  /** How long one call to the core system may be under way before the machine repeats it; a repeat changes nothing, so this is short: money moves. */
  coreLease: 5_000,
  /** How far around the ordered time credits are read for the match; not the tolerance. */
  matchWindow: 24 * HOUR,
  /** Outflows that one answer carries at most. */
  longestOutflows: 1000,
} as const;

/** The configuration of what institutions have chosen: institution → settings; what is left out is by hand and five minutes. */
export const institutionSettings = z.record(
  z.string().min(1).max(14),
  z.strictObject({
    straightThrough: z.boolean().default(false),
    timeTolerance: z.int().min(0).max(24 * HOUR).default(5 * MINUTE),
    nameUnknown: z.enum(['BY_HAND', 'DECLINE']).default('BY_HAND'),
  }),
);

/** In the demo B001 executes straight through; the others work by hand. */
export const demoInstitutionSettings: z.input<typeof institutionSettings> = { B001: { straightThrough: true } };

/** An institution that has chosen nothing. */
export const defaultInstitutionSettings: InstitutionSettings = { straightThrough: false, timeTolerance: 5 * MINUTE, nameUnknown: 'BY_HAND' };
