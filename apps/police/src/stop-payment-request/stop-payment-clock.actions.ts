import { setDeadline, type DeadlineHandlers, type DueDeadline } from '@lianfang/exchange';
import { clockCaller, HOUR, MINUTE, type Warning } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import { FraudCase } from '../fraud-case/fraud-case.entity';
import { giveNotice } from '../notice/give-notice.actions';
import { line } from '../notice/notice-line';
import type { NoticeKind } from '../notice/notice.entity';
import type { AnswerRoom } from './doubtful-answer';
import { missingForFreeze, nextFreezeNotice } from './freeze-readiness.rules';
import { mustMoveRequest } from './move-request.actions';
import { settleRelease } from './settle-release';
import { getRequest } from './stop-payment-answer.query';
import { DEADLINE_THING, deadlineActions, type DeadlineAction } from './stop-payment-deadlines';
import type { StopPaymentRequest } from './stop-payment-request.entity';
import { may } from './stop-payment-request.rules';

type ClockStep = (manager: EntityManager, room: AnswerRoom, request: StopPaymentRequest) => Promise<void>;

/** Ends a stop on the police's own clock: EXPIRED_UNCONFIRMED until the bank confirms (DL-02, practice C). */
const expire: ClockStep = async (manager, room, request) => {
  if (!may(request, 'EXPIRE')) return;
  const now = room.clock.now();
  await mustMoveRequest(manager, request, { action: 'EXPIRE', caller: clockCaller('police'), at: now });
  await settleRelease(manager, room, request);
  await manager.save(request);
  if (request.releaseConfirmedAt !== null) return;
  const dueAt = new Date(now.getTime() + room.settings.stopPayment.confirmation);
  await setDeadline(manager, { thing: DEADLINE_THING, thingId: request.id, action: deadlineActions.TELL_UNCONFIRMED, dueAt });
};

const tellUnacknowledged: ClockStep = async (manager, room, request) => {
  const minutes = String(room.settings.stopPayment.unacknowledged / MINUTE);
  if (may(request, 'DELIVER')) await tell(manager, room, { request, kind: 'ORDER_UNACKNOWLEDGED', lines: [line('ORDER_UNACKNOWLEDGED', { minutes })] });
};

const tellUnanswered: ClockStep = async (manager, room, request) => {
  if (may(request, 'STOP')) await tell(manager, room, { request, kind: 'ORDER_UNANSWERED', lines: [line('ORDER_UNANSWERED')] });
};

/** T-24, -12, -6: what a freeze still lacks; nothing when nothing is missing (practice B). */
const tellFreezeMissing: ClockStep = async (manager, room, request) => {
  if (!may(request, 'EXPIRE') || request.expiresAt === null) return;
  const { freezeNotices, caseThresholdFen } = room.settings.stopPayment;
  const fraudCase = await manager.findOneByOrFail(FraudCase, { id: request.caseId });
  const missing = missingForFreeze({ fraudCase, request, thresholdFen: BigInt(caseThresholdFen) });
  const now = room.clock.now();
  const hours = String(Math.max(0, Math.round((request.expiresAt.getTime() - now.getTime()) / HOUR)));
  if (missing.length > 0) await tell(manager, room, { request, kind: 'FREEZE_MISSING', lines: [line('FREEZE_HOURS_LEFT', { hours }), ...missing] });
  const next = nextFreezeNotice(request.expiresAt, now, freezeNotices);
  if (next) await setDeadline(manager, { thing: DEADLINE_THING, thingId: request.id, action: deadlineActions.TELL_FREEZE_MISSING, dueAt: next });
};

const tellUnconfirmed: ClockStep = async (manager, room, request) => {
  if (request.releaseConfirmedAt !== null) return;
  const parameters = { minutes: String(room.settings.stopPayment.confirmation / MINUTE) };
  if (may(request, 'RELEASE')) await tell(manager, room, { request, kind: 'RELEASE_UNCONFIRMED', lines: [line('RELEASE_UNCONFIRMED', parameters)] });
  else if (may(request, 'CONFIRM_EXPIRY')) await tell(manager, room, { request, kind: 'EXPIRY_UNCONFIRMED', lines: [line('EXPIRY_UNCONFIRMED', parameters)] });
};

async function tell(manager: EntityManager, { clock }: AnswerRoom, { request, kind, lines }: { request: StopPaymentRequest; kind: NoticeKind; lines: Warning[] }): Promise<void> {
  const { unitCode, regionCode, caseId, id: requestId } = request;
  const now = clock.now();
  await giveNotice(manager, { kind, audience: 'UNIT', unitCode, regionCode, caseId, requestId, lines, deliverAfter: now, now });
}

const steps: Readonly<Record<DeadlineAction, ClockStep>> = {
  EXPIRE: expire,
  TELL_UNACKNOWLEDGED: tellUnacknowledged,
  TELL_UNANSWERED: tellUnanswered,
  TELL_FREEZE_MISSING: tellFreezeMissing,
  TELL_UNCONFIRMED: tellUnconfirmed,
};

/** What the clock does to stop-payment requests; every step does nothing when the request has moved on. */
export const stopPaymentDeadlines = (room: AnswerRoom): DeadlineHandlers =>
  Object.fromEntries(
    Object.entries(steps).map(([action, step]) => [
      `${DEADLINE_THING}.${action}`,
      async (manager: EntityManager, { thingId }: DueDeadline) => step(manager, room, await getRequest(manager, thingId)),
    ]),
  );
