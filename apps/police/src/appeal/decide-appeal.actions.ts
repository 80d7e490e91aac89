import { move } from '@lianfang/access';
import { isId, Sealed } from '@lianfang/database';
import { cancelDeadlines } from '@lianfang/exchange';
import { isRefusal, Refused, type Refusal } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { ActionContext } from '../action-context';
import { carryOutOnce } from '../stop-payment-request/carry-out-once';
import { releaseStop } from '../stop-payment-request/order-stop-payment-release.actions';
import { lockRequest } from '../stop-payment-request/stop-payment-batch.query';
import { StopPaymentBatch } from '../stop-payment-request/stop-payment-batch.entity';
import { targetOf, type StopPaymentRequest } from '../stop-payment-request/stop-payment-request.entity';
import { may } from '../stop-payment-request/stop-payment-request.rules';
import { actionOf } from './appeal-codes';
import { Appeal } from './appeal.entity';
import type { DecideAppealInput } from './appeal.input';
import { appealLifecycle } from './appeal.lifecycle';
import { isUninvolved } from './appeal.rules';
import { readAppealReason } from './read-appeal';

/** Decides an appeal; when it is upheld, the release is ordered in the same transaction (DL-25), unless the stop has ended or is being released. */
export const decideAppeal = (context: ActionContext, input: DecideAppealInput): Promise<Appeal | Refused> =>
  carryOutOnce(context, { action: 'decideAppeal', input, result: Appeal }, (manager) => decide(manager, context, input));

async function decide(manager: EntityManager, context: ActionContext, input: DecideAppealInput): Promise<string | Refused> {
  const { caller, clock } = context;
  const appeal = isId(input.appealId) ? await manager.findOne(Appeal, { where: { id: input.appealId }, lock: { mode: 'for_no_key_update' } }) : null;
  const request = appeal ? await lockRequest(manager, appeal.requestId) : undefined;
  if (!appeal || !request) return Refused.because('NOT_FOUND', { path: 'appealId' });
  const reason = readAppealReason(input.reason);
  if (isRefusal(reason)) return new Refused([reason]);

  const now = clock.now();
  const { requestId, caseId } = appeal;
  const step = { lifecycle: appealLifecycle, thing: appeal, action: actionOf[input.decision], caller, at: now, target: targetOf(appeal), caseId, reason, facts: { requestId }, version: input.version };
  const batch = await manager.findOneByOrFail(StopPaymentBatch, { id: request.batchId });
  const refusal = (await move(manager, step)) ?? isUninvolved(caller.id, batch) ?? (await carryOut(manager, context, { request, input }));
  if (refusal) return new Refused([refusal]);
  await manager.save(Object.assign(appeal, { decidedBy: caller.id, decidedAt: now, decisionReasonSealed: Sealed.of(reason) }));
  await cancelDeadlines(manager, { thingId: appeal.id });
  return appeal.id;
}

/** An upheld appeal opens the account: the release follows the same path as every other. */
async function carryOut(manager: EntityManager, context: ActionContext, { request, input }: { request: StopPaymentRequest; input: DecideAppealInput }): Promise<Refusal | undefined> {
  if (input.decision !== 'UPHELD' || !may(request, 'ORDER_RELEASE')) return undefined;
  return releaseStop(manager, context, { request, reason: 'APPEAL_UPHELD' });
}
