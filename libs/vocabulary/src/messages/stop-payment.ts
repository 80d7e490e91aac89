import { z } from 'zod';
import { stoppablePayeeKinds } from '../payee-kinds';
import type { MessageContract } from './message-contract';

/** Integer fen as a decimal string, as in `"300000"` for ¥3,000.00. */
const fen = z.string().regex(/^\d{1,14}$/);
const currency = z.string().regex(/^[A-Z]{3}$/);
const money = z.strictObject({ fen, currency });
/** An instant in UTC, as in `2026-05-01T00:30:15.000Z`. */
const instant = z.iso.datetime({ precision: 3 });
const id = z.uuid();
const institution = z.string().min(1).max(14);
const sha256 = z.string().regex(/^[0-9a-f]{64}$/);
const text = (longest: number) => z.string().min(1).max(longest);

/** A transfer out of the stopped account since the victim's money came in: the match facts of the next layer. */
const outflow = z.strictObject({
  reference: text(64),
  at: instant,
  amount: money,
  accountNumber: text(64).nullable(),
  holderName: text(120).nullable(),
  institution: institution.nullable(),
});

/** What an order says in every version but for its facts. */
const orderFields = {
  orderId: id,
  institution,
  channel: z.enum(['NATIONAL', 'LOCAL']),
  externalApplicationNumber: text(36).nullable(),
  caseId: id,
  caseNumber: text(40),
  asker: z.strictObject({ unit: z.string().regex(/^\d{12}$/), unitName: text(80), region: z.string().regex(/^\d{6}$/), dutyPhone: text(20), operatorName: text(60), approverName: text(60) }),
  /** First or second stop by this unit on this account (86-5). */
  ordinal: z.int().min(1).max(2),
  /** 1 for the account that received the victim's money, 2 for the next, … */
  layer: z.int().min(1).max(20),
  /** The whole account (receive only), or an amount. */
  hold: z.union([z.strictObject({ whole: z.literal(true) }), z.strictObject({ amount: money })]),
  payer: z.strictObject({ holderName: text(120), accountNumber: text(64).nullable() }).nullable(),
  legalDocument: z.strictObject({ number: text(60), sha256: sha256.nullable() }).nullable(),
  orderedAt: instant,
  /** After this instant a bank may no longer begin to execute. */
  validUntil: instant,
} as const;

const facts = { accountNumber: text(64), holderName: text(120).nullable(), amount: money, transferredAt: instant } as const;

/** What an order is for: an account that took a victim's money, or the victim's own (保护性止付). */
export const stopPaymentKinds = ['STOP', 'PROTECTIVE_HOLD'] as const;

/**
 * Police → bank: stop payments on one account (银发〔2016〕86号; the paper is 止付指令). The facts say what kind of payee it is (practice A8):
 * `accountNumber` is then the number of the account, or of the order, merchant or wallet.
 */
export const stopPaymentOrdered = {
  type: 'stop-payment.ordered.v2',
  from: 'police',
  to: 'banks',
  urgent: true,
  data: z.strictObject({
    ...orderFields,
    /** A protective hold has no transfer to match. */
    kind: z.enum(stopPaymentKinds).default('STOP'),
    facts: z.strictObject({ payeeKind: z.enum(stoppablePayeeKinds), ...facts, amount: money.nullable(), transferredAt: instant.nullable() }),
  }),
} as const satisfies MessageContract;

/** The version before: it did not say what kind of payee it is. Nobody posts it any more; banks still understand what is under way. */
export const stopPaymentOrderedBefore = {
  type: 'stop-payment.ordered.v1',
  from: 'police',
  to: 'banks',
  urgent: true,
  data: z.strictObject({ ...orderFields, facts: z.strictObject(facts) }),
} as const satisfies MessageContract;

/** Whether a bank may still begin to execute an order: before the end of its validity, by the bank's clock. */
export const mayBegin = <Instant extends Date | number>(validUntil: Instant, now: Instant): boolean => validUntil > now;

/** Police → bank: release the stop, or do not execute it if it has not been executed yet. */
export const stopPaymentReleaseOrdered = {
  type: 'stop-payment.release-ordered.v1',
  from: 'police',
  to: 'banks',
  urgent: true,
  data: z.strictObject({ orderId: id, reason: z.enum(['FALSE_REPORT', 'ERROR', 'APPEAL_UPHELD', 'WITHDRAWN_BY_VICTIM', 'UNRELATED']), orderedAt: instant }),
} as const satisfies MessageContract;

/** Police → bank: the legal document of an order that was approved before it was issued (practice A1). An order gets it once. */
export const stopPaymentDocumentFollowed = {
  type: 'stop-payment.document-followed.v1',
  from: 'police',
  to: 'banks',
  urgent: false,
  data: z.strictObject({
    orderId: id,
    legalDocument: z.strictObject({ number: text(60), sha256: sha256.nullable() }),
    /** Number of the message on the national platform that carried it (传输报文流水号). */
    externalMessageNumber: text(53).nullable(),
    recordedAt: instant,
  }),
} as const satisfies MessageContract;

/** Bank → police: the account is stopped; the legal clock starts at `startedAt`, the core system's own time. */
export const stopPaymentStopped = {
  type: 'stop-payment.stopped.v1',
  from: 'banks',
  to: 'police',
  urgent: true,
  data: z.strictObject({
    orderId: id,
    bankAccountId: id,
    startedAt: instant,
    expiresAt: instant,
    /** What the hold keeps: the whole balance or the part of the amount that was there. */
    held: money,
    wholeAccount: z.boolean(),
    balance: money,
    execution: z.enum(['STRAIGHT_THROUGH', 'BY_HAND']),
    outflows: z.array(outflow).max(1000),
    /** Whether more outflows exist than the message carries. */
    outflowsTruncated: z.boolean(),
  }),
} as const satisfies MessageContract;

/** Why a bank did not execute; each is a lawful answer, not a failure (`domain` 2.2). */
export const notExecutedReasons = [
  'MISMATCH_NAME', 'MISMATCH_ACCOUNT', 'MISMATCH_AMOUNT', 'MISMATCH_TIME', 'NOT_FOUND', 'CLOSED', 'ALREADY_FROZEN',
  'EXEMPT_ACCOUNT', 'FUNDS_MOVED', 'NOT_SUPPORTED', 'WITHDRAWN', 'ORDER_EXPIRED', 'TECHNICAL',
] as const;

/** Bank → police: not executed, with the field that differs or the reason. */
export const stopPaymentNotExecuted = {
  type: 'stop-payment.not-executed.v1',
  from: 'banks',
  to: 'police',
  urgent: true,
  data: z.strictObject({
    orderId: id,
    bankAccountId: id.nullable(),
    reason: z.enum(notExecutedReasons),
    technicalCause: text(200).nullable(),
    businessNote: text(500).nullable(),
    decidedAt: instant,
    outflows: z.array(outflow).max(1000),
    outflowsTruncated: z.boolean(),
  }),
} as const satisfies MessageContract;

/** Bank → police: the hold of this order has ended. */
export const stopPaymentReleased = {
  type: 'stop-payment.released.v1',
  from: 'banks',
  to: 'police',
  urgent: false,
  data: z.strictObject({
    orderId: id,
    releasedAt: instant,
    cause: z.enum(['POLICE', 'EXPIRY']),
    /** Whether another stop still holds the account (stacked stops). */
    stillStopped: z.boolean(),
  }),
} as const satisfies MessageContract;
