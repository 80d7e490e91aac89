import { codesOf, stopPaymentEnums } from '@lianfang/vocabulary';

/** What a request is for. */
export const StopPaymentKind = stopPaymentEnums.StopPaymentKind.codes;

/** An account that took a victim's money (86号), or the victim's own at the victim's wish (保护性止付). */
export type StopPaymentKind = keyof typeof StopPaymentKind;

/** Who prepared a batch. */
export const PreparedBy = codesOf(['OFFICER', 'MACHINE']);

/** An officer typed it, or the machine followed the money. */
export type PreparedBy = keyof typeof PreparedBy;

/** What the approver decided about a batch. */
export const BatchDecision = codesOf(['APPROVED', 'RETURNED', 'CANCELLED']);

/** The outcome of a batch as a whole; its requests have their own states. */
export type BatchDecision = keyof typeof BatchDecision;

/** From where the institution of an account is known. */
export const InstitutionSource = codesOf(['PREFIX', 'STATED', 'ANSWER']);

/** The number's prefix, the officer, or another bank's answer. */
export type InstitutionSource = keyof typeof InstitutionSource;

/** Which way the legal instrument goes (practice A1). */
export const OrderChannel = stopPaymentEnums.OrderChannel.codes;

/** The national platform carries the instrument, or it was agreed locally. */
export type OrderChannel = keyof typeof OrderChannel;

/** Why the police end a stop before its term. */
export const ReleaseReason = codesOf(['FALSE_REPORT', 'ERROR', 'APPEAL_UPHELD', 'WITHDRAWN_BY_VICTIM', 'UNRELATED']);

/** A reason to release. */
export type ReleaseReason = keyof typeof ReleaseReason;

/** How the bank carried a stop out. */
export const Execution = stopPaymentEnums.StopExecution.codes;

/** By the core adapter alone, or by a liaison. */
export type Execution = keyof typeof Execution;

/** Whose act ended the hold: our release order, or the term. */
export const ReleaseCause = codesOf(['POLICE', 'EXPIRY']);

/** What ended the hold. */
export type ReleaseCause = keyof typeof ReleaseCause;

/** Why a bank did not execute; each is a lawful answer. */
export const NotExecutedReason = stopPaymentEnums.NotExecutedReason.codes;

/** A reason not to execute, as in `MISMATCH_NAME`. */
export type NotExecutedReason = keyof typeof NotExecutedReason;

/**
 * What may be done after a bank did not execute: CHANGE a fact that differs and send again, send the same AGAIN, or nothing (NEVER).
 * A lawful refusal is never repeated by itself.
 */
export const afterNotExecuted = {
  MISMATCH_NAME: 'CHANGE',
  MISMATCH_ACCOUNT: 'CHANGE',
  MISMATCH_AMOUNT: 'CHANGE',
  MISMATCH_TIME: 'CHANGE',
  NOT_FOUND: 'CHANGE',
  CLOSED: 'NEVER',
  ALREADY_FROZEN: 'NEVER',
  EXEMPT_ACCOUNT: 'NEVER',
  FUNDS_MOVED: 'NEVER',
  NOT_SUPPORTED: 'CHANGE',
  WITHDRAWN: 'NEVER',
  ORDER_EXPIRED: 'AGAIN',
  TECHNICAL: 'AGAIN',
} as const satisfies Record<NotExecutedReason, 'CHANGE' | 'AGAIN' | 'NEVER'>;
