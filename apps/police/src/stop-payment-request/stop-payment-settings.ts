import { HOUR, MINUTE, regionLevels } from '@lianfang/vocabulary';
import { z } from 'zod';

/** A duration in milliseconds, at least one second. */
const duration = z.int().min(1_000);

/** Limits of what the machine proposes by itself (practice F, fund chase). */
const chaseSettings = z.strictObject({
  /** Deepest layer that the machine proposes; 1 is the account that took the victim's money. */
  deepestLayer: z.int().min(1).max(20).default(5),
  /** Smallest sum in fen that flowed into one account and is followed: ¥100. */
  leastFen: z.int().min(1).default(10_000),
  /** Accounts proposed after one answer at most: a guard against micro-payments to thousands. */
  mostAccounts: z.int().min(1).default(50),
});

/** What practice or local rule decides about stop-payments. Durations in milliseconds, amounts in fen. */
export const stopPaymentSettings = z.strictObject({
  /** Milliseconds after approval in which a bank may begin to execute; later it answers ORDER_EXPIRED. Practice. */
  validity: duration.default(24 * HOUR),
  /** Largest difference between a bank's start and our clock that passes without a warning (workflows 2.2). */
  clockTolerance: duration.default(5 * MINUTE),
  /** Time that a batch may wait for its approval before the approvers and the duty desk are told (practice A9). */
  batchWaiting: duration.default(3 * MINUTE),
  /** Time without a signed receipt after which the unit is told to call the institution. Practice. */
  unacknowledged: duration.default(10 * MINUTE),
  /** Time without the bank's confirmation of a release or an expiry after which the unit is told to urge it. @law DL-25 */
  confirmation: duration.default(HOUR),
  /** Milliseconds before the end of a stop at which the unit learns what a freeze still lacks (practice B: T-24, -12, -6). */
  freezeNotices: z.array(duration).default([24 * HOUR, 12 * HOUR, 6 * HOUR]),
  /** Loss in fen below which a case is hardly opened: hint to merge. ¥3,000 (judicial interpretation on fraud, art. 1). */
  caseThresholdFen: z.int().min(0).default(300_000),
  /** Rows in one batch at most: the approver reads each. */
  mostItems: z.int().min(1).default(200),
  /** Deepest layer at which mule cards are stopped whole; deeper ones, merchants and corporate accounts only by amount (practice C). */
  wholeAccountLayers: z.int().min(0).default(2),
  /** A stop on an account that another unit has stopped needs a leader of this level and a reason; null: no such rule (practice C). */
  otherUnitLevel: z.enum(regionLevels).nullable().default('CITY'),
  /** Whether a batch may be approved before its legal document is on record: it is issued in the case system (practice A1). */
  legalDocumentMayFollow: z.boolean().default(true),
  chase: chaseSettings.prefault({}),
});

/** The settings of stop-payments as a deployment has them. */
export type StopPaymentSettings = z.output<typeof stopPaymentSettings>;
