import { saveLocked, together } from '@lianfang/database';
import { cancelDeadlines, setDeadline, type IncomingMessage } from '@lianfang/exchange';
import { formatChinaTime, HOUR, MINUTE, partnerCaller, type DataOf, type stopPaymentStopped, type Warning } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import { FraudCase } from '../fraud-case/fraud-case.entity';
import { isPhoneUnsafe } from '../fraud-case/message-safety.rules';
import { giveNotice } from '../notice/give-notice.actions';
import { line } from '../notice/notice-line';
import { count } from './account-stop.query';
import { doubt, type AnswerRoom } from './doubtful-answer';
import { nextFreezeNotice } from './freeze-readiness.rules';
import { mustMoveRequest } from './move-request.actions';
import { settleRelease } from './settle-release';
import { getAnswered } from './stop-payment-answer.query';
import { DEADLINE_THING, deadlineActions } from './stop-payment-deadlines';
import type { StopPaymentRequest } from './stop-payment-request.entity';
import { may } from './stop-payment-request.rules';
import { storeOutflows } from './store-outflows';

/** Term of an emergency stop, in milliseconds: 48 hours from the moment of stopping, by the hour and not by working days. @law DL-02 */
export const STOP_TERM = 48 * HOUR;

type Stopped = DataOf<typeof stopPaymentStopped>;

/**
 * Records that the account is stopped: the term runs from the core system's own start (86-3), the stop counts (86-5), outflows become proposals.
 * A stop that crosses our release order is STOP_LATE; one that is heard after its own release only completes the record.
 */
export async function recordStopped(manager: EntityManager, room: AnswerRoom, message: IncomingMessage<Stopped>): Promise<void> {
  const { data } = message;
  const request = await getAnswered(manager, message);
  if (request.startedAt !== null) return;
  if (request.declinedAt !== null) return doubt(manager, room, { request, code: 'BANK_ANSWERS_CONFLICT', parameters: { answer: 'STOPPED', state: request.state } });

  const action = (['STOP', 'STOP_LATE'] as const).find((one) => may(request, one));
  const startedAt = new Date(data.startedAt);
  if (action) {
    const facts = { heldFen: data.held.fen, balanceFen: data.balance.fen, currency: data.held.currency, wholeAccount: data.wholeAccount, startedAt: data.startedAt, execution: data.execution };
    await mustMoveRequest(manager, request, { action, caller: partnerCaller('police', 'banks'), at: room.clock.now(), facts });
  }
  Object.assign(request, {
    startedAt,
    expiresAt: new Date(startedAt.getTime() + STOP_TERM),
    heldFen: BigInt(data.held.fen),
    balanceFen: BigInt(data.balance.fen),
    heldCurrency: data.held.currency,
    execution: data.execution,
    bankAccountId: data.bankAccountId,
    outflowsTruncated: data.outflowsTruncated,
  });
  // Sent together: none of them needs another's answer.
  await together(count(manager, request.id, 'COUNTED', startedAt), setClocks(manager, room, request), tellAffectedPerson(manager, room, request));
  for (const { code, parameters } of doubtsOf(data, request, room)) await doubt(manager, room, { request, code, parameters });
  await settleRelease(manager, room, request);
  await saveLocked(manager, request);
  await storeOutflows(manager, room, { request, outflows: data.outflows });
}

async function setClocks(manager: EntityManager, { clock, settings }: AnswerRoom, request: StopPaymentRequest): Promise<void> {
  const { id: thingId, expiresAt } = request;
  await cancelDeadlines(manager, { thingId, actions: [deadlineActions.TELL_UNACKNOWLEDGED, deadlineActions.TELL_UNANSWERED] });
  if (!expiresAt || !may(request, 'EXPIRE')) return;
  await setDeadline(manager, { thing: DEADLINE_THING, thingId, action: deadlineActions.EXPIRE, dueAt: expiresAt });
  const notice = nextFreezeNotice(expiresAt, clock.now(), settings.stopPayment.freezeNotices);
  // A victim's own account is not frozen: nothing is missing.
  if (notice && request.kind === 'STOP') await setDeadline(manager, { thing: DEADLINE_THING, thingId, action: deadlineActions.TELL_FREEZE_MISSING, dueAt: notice });
}

/** Class B: nothing before the stop, afterwards standard words: unit, document number, duty phone, remedy (practice F). */
async function tellAffectedPerson(manager: EntityManager, { clock, directory }: AnswerRoom, request: StopPaymentRequest): Promise<void> {
  const { unitCode, regionCode, caseId, id: requestId, startedAt, accountLastFour: lastFour, legalDocumentNumber } = request;
  const unit = directory.findUnit(unitCode);
  const words = { unit: unit?.name ?? unitCode, phone: unit?.dutyPhone ?? '', document: legalDocumentNumber ?? '—', lastFour };
  const remedy = { unit: words.unit, phone: words.phone };
  const lines = request.kind === 'STOP' ? [line('MEASURE_TAKEN', words), line('MEASURE_REMEDY', remedy)] : await ownAccountLines(manager, { caseId, words, remedy });
  const now = clock.now();
  await giveNotice(manager, { kind: 'MEASURE_TAKEN', audience: 'AFFECTED_PERSON', unitCode, regionCode, caseId, requestId, lines, deliverAfter: startedAt ?? now, now });
}

/** To a victim: that the hold stands at the own wish, how it ends, and that the phone is not the way to say so where somebody else has it in hand (practice B). */
async function ownAccountLines(manager: EntityManager, { caseId, words, remedy }: { caseId: string; words: Record<string, string>; remedy: Record<string, string> }): Promise<Warning[]> {
  const flags = await manager.findOneByOrFail(FraudCase, { id: caseId });
  return [line('PROTECTIVE_HOLD_TAKEN', words), line('PROTECTIVE_HOLD_REMEDY', remedy), ...(isPhoneUnsafe(flags) ? [line('NOT_BY_PHONE')] : [])];
}

/** What does not fit in the bank's times. A message that was long under way proves nothing: only an order of events that cannot be. */
function doubtsOf(data: Stopped, { orderedAt, startedAt, expiresAt }: StopPaymentRequest, { clock, settings }: AnswerRoom): { code: 'BANK_CLOCK_DIFFERS' | 'BANK_TERM_DIFFERS'; parameters: Record<string, string> }[] {
  const tolerance = settings.stopPayment.clockTolerance;
  const start = startedAt?.getTime() ?? 0;
  const isTooEarly = orderedAt !== null && start < orderedAt.getTime() - tolerance;
  const isTooLate = start > clock.now().getTime() + tolerance;
  const isOtherTerm = new Date(data.expiresAt).getTime() !== expiresAt?.getTime();
  const minutes = String(tolerance / MINUTE);
  return [
    ...(isTooEarly || isTooLate ? [{ code: 'BANK_CLOCK_DIFFERS' as const, parameters: { started: data.startedAt, minutes } }] : []),
    ...(isOtherTerm ? [{ code: 'BANK_TERM_DIFFERS' as const, parameters: { found: formatChinaTime(new Date(data.expiresAt)), expected: formatChinaTime(expiresAt ?? new Date(0)) } }] : []),
  ];
}
