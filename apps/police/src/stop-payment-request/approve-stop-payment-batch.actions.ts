import { mayDo } from '@lianfang/access';
import { Sealed, saveLocked, together } from '@lianfang/database';
import { cancelDeadlines, setDeadline } from '@lianfang/exchange';
import { isRefusal, isRefused, refuse, Refused, type Refusal } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { ActionContext } from '../action-context';
import { FraudCase } from '../fraud-case/fraud-case.entity';
import { count, loadStanding } from './account-stop.query';
import { carryOutOnce } from './carry-out-once';
import { useDocumentNumbers } from '../legal-document/use-document-numbers';
import { readLegalDocument, type LegalDocument } from '../legal-document/read-legal-document';
import { moveRequest } from './move-request.actions';
import { readReason } from './reason';
import { refuseApproval, refuseDecided } from './stop-payment-approval.rules';
import { StopPaymentBatch } from './stop-payment-batch.entity';
import { lockBatch, type LockedBatch } from './stop-payment-batch.query';
import { refuseCase } from './stop-payment-case.rules';
import { DEADLINE_THING, deadlineActions } from './stop-payment-deadlines';
import { postOrder } from './stop-payment-order.messages';
import { StopPaymentRequest, targetOf } from './stop-payment-request.entity';
import { isWaiting } from './stop-payment-request.rules';
import { requiredLevel } from './store-proposal.actions';

/** The approval of a batch, whole or in part. */
export interface ApproveStopPaymentBatch {
  readonly idempotencyKey: string;
  readonly batchId: string;
  /** The batch's version that the approver saw. */
  readonly version: number;
  readonly legalDocumentNumber?: string | null;
  readonly legalDocumentHash?: string | null;
  /** Due where another unit has stopped one of the accounts, and where a part is left out. */
  readonly reason?: string | null;
  /** Requests that are not approved: they are returned with the same decision. */
  readonly exclude?: readonly string[] | null;
}

/** What is approved, and what the decision says. */
interface Decision {
  readonly locked: LockedBatch;
  readonly approved: readonly StopPaymentRequest[];
  readonly excluded: readonly StopPaymentRequest[];
  readonly document: LegalDocument;
  readonly reason: string | null;
}

/**
 * Approves a batch: every request that still waits is ordered, each with its own signed message, in one transaction. The approver is another person
 * than the operator (86-1), of the required level, and decides about the version that he or she saw.
 */
export const approveStopPaymentBatch = (context: ActionContext, input: ApproveStopPaymentBatch): Promise<StopPaymentBatch | Refused> =>
  carryOutOnce(context, { action: 'approveStopPaymentBatch', input, result: StopPaymentBatch, failpoints: 'order.approve' }, (manager) => approve(manager, context, input));

async function approve(manager: EntityManager, context: ActionContext, input: ApproveStopPaymentBatch): Promise<string | Refused> {
  const locked = await lockBatch(manager, input.batchId);
  if (!locked) return Refused.because('NOT_FOUND', { path: 'batchId' });
  const denied = mayDo(context.caller, 'stop-payment-request.APPROVE', targetOf(locked.batch)) ?? refuseDecided(locked.batch, input.version);
  if (denied) return new Refused([denied]);
  const decision = readDecision(locked, input, context.clock.now());
  if (isRefused(decision)) return decision;
  const refusals = await refuseDecision(manager, context, decision);
  if (refusals.length > 0) return new Refused(refusals);
  return carryOut(manager, context, decision);
}

function readDecision(locked: LockedBatch, input: ApproveStopPaymentBatch, now: Date): Decision | Refused {
  const waiting = locked.requests.filter(isWaiting);
  const exclude = new Set(input.exclude ?? []);
  const reason = (input.reason ?? '').trim() === '' && exclude.size === 0 ? null : readReason(input.reason, 'reason');
  const document = readLegalDocument({ number: input.legalDocumentNumber, hash: input.legalDocumentHash }, '', now);
  const unknown = [...exclude].filter((id) => !waiting.some((request) => request.id === id));
  const approved = waiting.filter(({ id }) => !exclude.has(id));
  const faults = [
    ...(isRefusal(reason) ? [reason] : []),
    ...(Array.isArray(document) ? document : []),
    ...unknown.map((id) => refuse('NOT_FOUND', { path: `exclude.${input.exclude?.indexOf(id) ?? 0}` })),
    ...(approved.length === 0 ? [refuse('NOTHING_TO_APPROVE', { path: 'exclude' })] : []),
  ];
  if (faults.length > 0 || isRefusal(reason) || Array.isArray(document)) return new Refused(faults);
  return { locked, approved, excluded: waiting.filter(({ id }) => exclude.has(id)), document, reason };
}

async function refuseDecision(manager: EntityManager, context: ActionContext, decision: Decision): Promise<Refusal[]> {
  const { caller, clock, settings } = context;
  const { locked, approved, document, reason } = decision;
  const standing = await loadStanding(manager, approved.map(({ accountIndex }) => accountIndex));
  const isShared = [...standing.values()].flat().some(({ unitCode }) => unitCode !== locked.batch.unitCode);
  const fraudCase = await manager.findOneOrFail(FraudCase, { where: { id: locked.batch.caseId }, lock: { mode: 'pessimistic_read' } });
  const { otherUnitLevel, legalDocumentMayFollow } = settings.stopPayment;
  return [
    ...refuseCase({ fraudCase, now: clock.now() }),
    ...refuseApproval({
      approverId: caller.id,
      operatorId: locked.batch.operatorId,
      approverRegion: caller.region ?? locked.batch.regionCode,
      requiredLevel: requiredLevel(isShared, otherUnitLevel),
      isShared: isShared && otherUnitLevel !== null,
      reason,
      hasLegalDocument: approved.every(({ legalDocumentNumber }) => (document.legalDocumentNumber ?? legalDocumentNumber) !== null),
      legalDocumentMayFollow,
      usedDocumentNumbers: await useDocumentNumbers(manager, { numbers: numbersOf(approved, document), decision: 'STOP_PAYMENT', of: fraudCase, now: clock.now() }),
    }),
  ];
}

/** The document numbers under which the requests will be ordered: the one of the decision, or each one's own. */
const numbersOf = (approved: readonly StopPaymentRequest[], document: LegalDocument): string[] => [
  ...new Set(approved.flatMap(({ legalDocumentNumber }) => document.legalDocumentNumber ?? legalDocumentNumber ?? [])),
];

async function carryOut(manager: EntityManager, context: ActionContext, { locked, approved, excluded, document, reason }: Decision): Promise<string | Refused> {
  const { caller, clock, settings } = context;
  const now = clock.now();
  const { batch } = locked;
  const { caseNumber } = await manager.findOneByOrFail(FraudCase, { id: batch.caseId });
  for (const request of approved) {
    const refusal = await moveRequest(manager, request, { action: 'APPROVE', caller, at: now, reason, facts: { batchId: batch.id } });
    if (refusal) return new Refused([refusal]);
    request.orderedAt = now;
    request.validUntil = new Date(now.getTime() + settings.stopPayment.validity);
    if (document.legalDocumentNumber !== null) Object.assign(request, document);
    const unacknowledged = new Date(now.getTime() + settings.stopPayment.unacknowledged);
    // Sent together: none of them needs another's answer.
    await together(
      saveLocked(manager, request),
      postOrder(manager, context, { request, caseNumber, operatorName: batch.operatorName, approverName: caller.name }),
      setDeadline(manager, { thing: DEADLINE_THING, thingId: request.id, action: deadlineActions.TELL_UNACKNOWLEDGED, dueAt: unacknowledged }),
      setDeadline(manager, { thing: DEADLINE_THING, thingId: request.id, action: deadlineActions.TELL_UNANSWERED, dueAt: request.validUntil }),
    );
  }
  for (const request of excluded) {
    const refusal = await moveRequest(manager, request, { action: 'RETURN', caller, at: now, reason });
    if (refusal) return new Refused([refusal]);
    await saveLocked(manager, request);
    await count(manager, request.id, 'VOID');
  }
  const decided = { decision: 'APPROVED', approverId: caller.id, approverName: caller.name, decidedAt: now, version: batch.version + 1 } as const;
  await cancelDeadlines(manager, { thingId: batch.id });
  const legalDocumentNumber = document.legalDocumentNumber ?? batch.legalDocumentNumber;
  await saveLocked(manager, Object.assign(batch, decided, { legalDocumentNumber, decisionReasonSealed: reason === null ? null : Sealed.of(reason) }));
  return batch.id;
}
