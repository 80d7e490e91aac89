import { mayDo } from '@lianfang/access';
import { Sealed } from '@lianfang/database';
import { cancelDeadlines } from '@lianfang/exchange';
import { isRefusal, Refused } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { ActionContext } from '../action-context';
import { count } from './account-stop.query';
import { carryOutOnce } from './carry-out-once';
import { moveRequest } from './move-request.actions';
import { readReason } from './reason';
import { refuseDecided } from './stop-payment-approval.rules';
import { StopPaymentBatch } from './stop-payment-batch.entity';
import { lockBatch } from './stop-payment-batch.query';
import { targetOf } from './stop-payment-request.entity';
import { isWaiting } from './stop-payment-request.rules';

/** A batch that is not approved. */
export interface ReturnStopPaymentBatch {
  readonly idempotencyKey: string;
  readonly batchId: string;
  /** The batch's version that the approver saw. */
  readonly version: number;
  /** What to change before it is proposed again. */
  readonly reason: string;
}

/** Returns a batch to its unit with a reason: every request that still waits becomes RETURNED and counts toward nothing. */
export const returnStopPaymentBatch = (context: ActionContext, input: ReturnStopPaymentBatch): Promise<StopPaymentBatch | Refused> =>
  carryOutOnce(context, { action: 'returnStopPaymentBatch', input, result: StopPaymentBatch }, (manager) => returnBatch(manager, context, input));

async function returnBatch(manager: EntityManager, { caller, clock }: ActionContext, input: ReturnStopPaymentBatch): Promise<string | Refused> {
  const locked = await lockBatch(manager, input.batchId);
  if (!locked) return Refused.because('NOT_FOUND', { path: 'batchId' });
  const { batch, requests } = locked;
  const denied = mayDo(caller, 'stop-payment-request.RETURN', targetOf(batch)) ?? refuseDecided(batch, input.version);
  if (denied) return new Refused([denied]);
  const reason = readReason(input.reason, 'reason');
  if (isRefusal(reason)) return new Refused([reason]);

  const now = clock.now();
  for (const request of requests.filter(isWaiting)) {
    const refusal = await moveRequest(manager, request, { action: 'RETURN', caller, at: now, reason });
    if (refusal) return new Refused([refusal]);
    await manager.save(request);
    await count(manager, request.id, 'VOID');
  }
  await cancelDeadlines(manager, { thingId: batch.id });
  const decided = { decision: 'RETURNED', approverId: caller.id, approverName: caller.name, decidedAt: now, version: batch.version + 1 } as const;
  await manager.save(Object.assign(batch, decided, { decisionReasonSealed: Sealed.of(reason) }));
  return batch.id;
}
