import { move } from '@lianfang/access';
import { isId, newId, Sealed } from '@lianfang/database';
import { setDeadline } from '@lianfang/exchange';
import { isRefused, Refused } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { ActionContext } from '../action-context';
import { carryOutOnce } from '../stop-payment-request/carry-out-once';
import { StopPaymentRequest, targetOf } from '../stop-payment-request/stop-payment-request.entity';
import { appealDeadline } from './appeal-deadlines';
import { mintAppealNumber } from './appeal-number';
import { Appeal } from './appeal.entity';
import type { FileAppealInput } from './appeal.input';
import { appealLifecycle } from './appeal.lifecycle';
import { tookEffect } from './appeal.rules';
import { readAppeal } from './read-appeal';

/** Takes down an appeal for the affected person (反诈法 32): number, reason, materials; its clock begins. */
export const fileAppeal = (context: ActionContext, input: FileAppealInput): Promise<Appeal | Refused> =>
  carryOutOnce(context, { action: 'fileAppeal', input, result: Appeal }, (manager) => file(manager, context, input));

async function file(manager: EntityManager, { caller, clock, settings }: ActionContext, input: FileAppealInput): Promise<string | Refused> {
  const request = isId(input.requestId) ? await manager.findOneBy(StopPaymentRequest, { id: input.requestId }) : null;
  if (!request) return Refused.because('NOT_FOUND', { path: 'requestId' });
  const read = readAppeal(input);
  if (isRefused(read)) return read;

  const now = clock.now();
  const { unitCode, regionCode, caseId, id: requestId } = request;
  const appeal = Object.assign(new Appeal(), {
    id: newId(), requestId, caseId, unitCode, regionCode,
    appellantNameSealed: Sealed.of(read.name), appellantPhoneSealed: Sealed.of(read.phone), reasonSealed: Sealed.of(read.reason),
    materialsSealed: Sealed.of(JSON.stringify(read.materials)),
    receivedAt: now, dueAt: new Date(now.getTime() + settings.appeal.decideWithin), decidedBy: null, decidedAt: null, decisionReasonSealed: null, createdAt: now,
  });
  const refusal = (await move(manager, { lifecycle: appealLifecycle, thing: appeal, action: 'FILE', caller, at: now, target: targetOf(appeal), caseId, facts: { requestId } })) ?? tookEffect(request);
  if (refusal) return new Refused([refusal]);
  appeal.number = await mintAppealNumber(manager, unitCode, now);
  await manager.insert(Appeal, appeal);
  await setDeadline(manager, { ...appealDeadline, thingId: appeal.id, dueAt: appeal.dueAt });
  return appeal.id;
}
