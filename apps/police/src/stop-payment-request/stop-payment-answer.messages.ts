import { cancelDeadlines, handling, type Delivered, type Handlers, type IncomingMessage, type OnReceipt } from '@lianfang/exchange';
import { clockCaller, partnerCaller, stopPaymentNotExecuted, stopPaymentOrdered, stopPaymentOrderedBefore, stopPaymentReleased, stopPaymentStopped, type DataOf } from '@lianfang/vocabulary';
import { Sealed, saveLocked } from '@lianfang/database';
import type { EntityManager } from 'typeorm';
import { count } from './account-stop.query';
import { doubt, type AnswerRoom } from './doubtful-answer';
import { mustMoveRequest } from './move-request.actions';
import { recordStopped } from './record-stopped.messages';
import { settleRelease } from './settle-release';
import { getAnswered, getRequest } from './stop-payment-answer.query';
import { deadlineActions } from './stop-payment-deadlines';
import { storeOutflows } from './store-outflows';
import { may } from './stop-payment-request.rules';

/** The handlers of the banks' answers. Each is idempotent, and the same answers in any order end in the same state. */
export const stopPaymentHandlers = (room: AnswerRoom): Handlers => ({
  ...handling(stopPaymentStopped, (manager, message) => recordStopped(manager, room, message)),
  ...handling(stopPaymentNotExecuted, (manager, message) => recordNotExecuted(manager, room, message)),
  ...handling(stopPaymentReleased, (manager, message) => recordReleased(manager, room, message)),
});

/** An order may have left under the version before. */
const orderTypes: readonly string[] = [stopPaymentOrdered.type, stopPaymentOrderedBefore.type];

/** What the police do about a signed receipt of an order: ORDERED becomes RECEIVED, unless the answer was faster. */
export const noteStopPaymentReceipt = (room: AnswerRoom): OnReceipt => async (manager, delivered) => {
  if (orderTypes.includes(delivered.type)) await noteDelivery(manager, room, delivered);
};

async function noteDelivery(manager: EntityManager, { clock }: AnswerRoom, { subject, receivedAt }: Delivered): Promise<void> {
  const request = await getRequest(manager, subject);
  if (request.receivedAt !== null) return;
  if (may(request, 'DELIVER')) await mustMoveRequest(manager, request, { action: 'DELIVER', caller: clockCaller('police'), at: clock.now() });
  request.receivedAt = receivedAt;
  await saveLocked(manager, request);
  await cancelDeadlines(manager, { thingId: request.id, actions: [deadlineActions.TELL_UNACKNOWLEDGED] });
}

async function recordNotExecuted(manager: EntityManager, room: AnswerRoom, message: IncomingMessage<DataOf<typeof stopPaymentNotExecuted>>): Promise<void> {
  const { data } = message;
  const request = await getAnswered(manager, message);
  if (request.declinedAt !== null) return;
  const now = room.clock.now();
  if (request.startedAt !== null || !may(request, 'DECLINE')) return doubt(manager, room, { request, code: 'BANK_ANSWERS_CONFLICT', parameters: { answer: 'NOT_EXECUTED', state: request.state } });

  await mustMoveRequest(manager, request, { action: 'DECLINE', caller: partnerCaller('police', 'banks'), at: now, facts: { reason: data.reason } });
  Object.assign(request, {
    declinedAt: new Date(data.decidedAt),
    notExecutedReason: data.reason,
    technicalCause: data.technicalCause,
    businessNoteSealed: data.businessNote === null ? null : Sealed.of(data.businessNote),
    bankAccountId: data.bankAccountId,
    outflowsTruncated: data.outflowsTruncated,
  });
  await count(manager, request.id, 'VOID');
  await cancelDeadlines(manager, { thingId: request.id });
  await saveLocked(manager, request);
  await storeOutflows(manager, room, { request, outflows: data.outflows });
}

async function recordReleased(manager: EntityManager, room: AnswerRoom, message: IncomingMessage<DataOf<typeof stopPaymentReleased>>): Promise<void> {
  const { data } = message;
  const request = await getAnswered(manager, message);
  if (request.releaseConfirmedAt !== null) return;
  if (request.declinedAt !== null) return doubt(manager, room, { request, code: 'BANK_ANSWERS_CONFLICT', parameters: { answer: 'RELEASED', state: request.state } });

  Object.assign(request, { releaseConfirmedAt: new Date(data.releasedAt), releaseCause: data.cause, stillStopped: data.stillStopped });
  // A release that overtakes its stop is kept and takes effect when the stop is heard.
  await settleRelease(manager, room, request);
  await saveLocked(manager, request);
  if (data.cause === 'POLICE' && request.releaseOrderedAt === null) await doubt(manager, room, { request, code: 'RELEASED_UNASKED', parameters: {} });
}

