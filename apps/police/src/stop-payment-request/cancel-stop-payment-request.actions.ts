import { cancelDeadlines } from '@lianfang/exchange';
import { isRefusal, Refused } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { ActionContext } from '../action-context';
import { isId } from '@lianfang/database';
import { count } from './account-stop.query';
import { carryOutOnce } from './carry-out-once';
import { moveRequest } from './move-request.actions';
import { readReason } from './reason';
import { lockBatch } from './stop-payment-batch.query';
import { StopPaymentRequest } from './stop-payment-request.entity';
import { isWaiting } from './stop-payment-request.rules';

/** A proposal that the unit takes back before it is approved. */
export interface CancelStopPaymentRequest {
  readonly idempotencyKey: string;
  readonly requestId: string;
  /** The request's version that the officer saw. */
  readonly version: number;
  readonly reason: string;
}

/** Takes a proposed stop back before it is approved. The batch's version grows, so that nobody approves what is no longer in it. */
export const cancelStopPaymentRequest = (context: ActionContext, input: CancelStopPaymentRequest): Promise<StopPaymentRequest | Refused> =>
  carryOutOnce(context, { action: 'cancelStopPaymentRequest', input, result: StopPaymentRequest }, (manager) => cancel(manager, context, input));

async function cancel(manager: EntityManager, { caller, clock }: ActionContext, input: CancelStopPaymentRequest): Promise<string | Refused> {
  const seen = isId(input.requestId) ? await manager.findOneBy(StopPaymentRequest, { id: input.requestId }) : null;
  // The batch first, then its requests: approving locks in the same order.
  const locked = seen ? await lockBatch(manager, seen.batchId) : undefined;
  const request = locked?.requests.find(({ id }) => id === input.requestId);
  if (!locked || !request) return Refused.because('NOT_FOUND', { path: 'requestId' });
  const reason = readReason(input.reason, 'reason');
  if (isRefusal(reason)) return new Refused([reason]);

  const now = clock.now();
  const refusal = await moveRequest(manager, request, { action: 'CANCEL', caller, at: now, reason, version: input.version });
  if (refusal) return new Refused([refusal]);
  await manager.save(request);
  await count(manager, request.id, 'VOID');
  const { batch, requests } = locked;
  batch.version += 1;
  if (!requests.some(isWaiting)) {
    Object.assign(batch, { decision: 'CANCELLED', decidedAt: now });
    await cancelDeadlines(manager, { thingId: batch.id });
  }
  await manager.save(batch);
  return request.id;
}
