import { cancelDeadlines, setDeadline } from '@lianfang/exchange';
import { Refused, type Refusal } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { ActionContext } from '../action-context';
import { carryOutOnce } from './carry-out-once';
import { moveRequest } from './move-request.actions';
import { ReleaseReason } from './stop-payment-codes';
import { lockRequest } from './stop-payment-batch.query';
import { DEADLINE_THING, deadlineActions } from './stop-payment-deadlines';
import { postRelease } from './stop-payment-order.messages';
import { StopPaymentRequest } from './stop-payment-request.entity';

/** A stop that the police end before its term. */
export interface OrderStopPaymentRelease {
  readonly idempotencyKey: string;
  readonly requestId: string;
  /** The request's version that the leader saw. */
  readonly version: number;
  /** A code of `ReleaseReason`, as in `ERROR`. */
  readonly reason: string;
}

/** Orders the release of a stop (解除止付), or withdraws an order that is not executed yet; a leader decides (DL-25). The bank confirms. */
export const orderStopPaymentRelease = (context: ActionContext, input: OrderStopPaymentRelease): Promise<StopPaymentRequest | Refused> =>
  carryOutOnce(context, { action: 'orderStopPaymentRelease', input, result: StopPaymentRequest, failpoints: 'order.release' }, (manager) => orderRelease(manager, context, input));

async function orderRelease(manager: EntityManager, context: ActionContext, input: OrderStopPaymentRelease): Promise<string | Refused> {
  const request = await lockRequest(manager, input.requestId);
  if (!request) return Refused.because('NOT_FOUND', { path: 'requestId' });
  const reason = Object.hasOwn(ReleaseReason, input.reason) ? ReleaseReason[input.reason as ReleaseReason] : undefined;
  if (!reason) return Refused.because('VALUE_NOT_LISTED', { path: 'reason' });
  const refusal = await releaseStop(manager, context, { request, reason, version: input.version });
  return refusal ? new Refused([refusal]) : request.id;
}

/** A release of a locked request; an upheld appeal sees no version of the stop. */
export interface StopRelease {
  readonly request: StopPaymentRequest;
  readonly reason: ReleaseReason;
  /** The request's version that the leader saw. */
  readonly version?: number;
}

/** Moves a locked request to its release, posts the order and sets the clock of its confirmation; the one way to a release. */
export async function releaseStop(manager: EntityManager, { caller, clock, settings }: ActionContext, { request, reason, version }: StopRelease): Promise<Refusal | undefined> {
  const now = clock.now();
  const refusal = await moveRequest(manager, request, { action: 'ORDER_RELEASE', caller, at: now, facts: { reason }, version });
  if (refusal) return refusal;

  await manager.save(Object.assign(request, { releaseReason: reason, releaseOrderedAt: now }));
  await postRelease(manager, request, reason);
  await cancelDeadlines(manager, { thingId: request.id });
  const dueAt = new Date(now.getTime() + settings.stopPayment.confirmation);
  await setDeadline(manager, { thing: DEADLINE_THING, thingId: request.id, action: deadlineActions.TELL_UNCONFIRMED, dueAt });
  return undefined;
}
