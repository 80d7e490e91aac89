import { HOUR, MINUTE } from '@lianfang/vocabulary';
import { z } from 'zod';
import { appealSettings } from './appeal/appeal-settings';
import { stopPaymentSettings } from './stop-payment-request/stop-payment-settings';

/** A duration in milliseconds, at least one second. */
const duration = z.int().min(1_000);

/** How the police of a deployment work with a fraud case. */
const fraudCaseSettings = z.strictObject({
  /** Whether the signed application form must be there before a report may be entered; otherwise it may follow (phone lane). */
  formRequiredFirst: z.boolean().default(false),
  /** Milliseconds from the report until a form that follows must be signed. */
  formCatchUp: duration.default(24 * HOUR),
  /** Milliseconds from acceptance until the first stop-payment request should be entered. @law DL-01 */
  entryAlert: duration.default(30 * MINUTE),
  /** Years of age from which a community or family contact is asked for. */
  elderAge: z.int().min(50).default(60),
  /** Milliseconds within which two transfers of one victim and one amount count as the same. */
  sameTransferWithin: duration.default(10 * MINUTE),
  /** Longest narrative, in characters. */
  longestNarrative: z.int().default(4_000),
  /** Most transfers, and most leads, that one submission may carry. */
  longestList: z.int().default(500),
  /** Version of the privacy notice that reporters are shown when the report names none. */
  noticeVersion: z.string().default('2026-01'),
});

const schema = z.strictObject({ fraudCase: fraudCaseSettings.prefault({}), stopPayment: stopPaymentSettings.prefault({}), appeal: appealSettings.prefault({}) });

/** What an agency may set: durations in milliseconds, ages in years. */
export type PoliceSettings = z.output<typeof schema>;

/** Reads settings: what is left out has its default. Throws with the list of what is wrong. */
export const readSettings = (overrides: unknown = {}): PoliceSettings => schema.parse(overrides);

/** Every setting at its default. */
export const defaultSettings: PoliceSettings = readSettings();
