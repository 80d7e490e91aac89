import { mayDo } from '@lianfang/access';
import { formatMoney, isRefusal, isRefused, moneyOf, parseInstitutionCode, refuse, Refused, type Refusal } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { ActionContext } from '../action-context';
import { findInstitution } from '../institution-prefix/institution-prefix.query';
import { carryOutOnce } from './carry-out-once';
import { readReason } from './reason';
import { readTypedPayee, type PayeeFacts, type TypedStopPayee } from './read-stop-item';
import type { StopDraft } from './stop-draft';
import { StopPaymentBatch } from './stop-payment-batch.entity';
import { lockRequest } from './stop-payment-batch.query';
import { findStopCase } from './stop-payment-case.query';
import { refuseCase } from './stop-payment-case.rules';
import { StopPaymentRequest, targetOf } from './stop-payment-request.entity';
import { refuseCorrection, refuseSecondStop } from './stop-payment-request.rules';
import { storeProposal } from './store-proposal.actions';

/** What differs from the request that was not executed; everything left out is taken over. */
export type StopPaymentChanges = Partial<Pick<TypedStopPayee, 'kind' | 'accountNumber' | 'holderName' | 'nameUnknown' | 'amount' | 'transferredAt'>> & {
  /** Code of the directory. */
  readonly institution?: string | null;
};

/** A correction after the bank found a fact different. */
export interface CorrectStopPayment {
  readonly idempotencyKey: string;
  readonly requestId: string;
  /** The request's version that the officer saw. */
  readonly version: number;
  readonly changes: StopPaymentChanges;
  /** The first proposal's reason when left out. */
  readonly reason?: string | null;
}

/** A second stop of an account (再次止付). */
export interface RequestSecondStop {
  readonly idempotencyKey: string;
  readonly requestId: string;
  readonly version: number;
  readonly reason: string;
}

/**
 * Proposes a stop again that was not executed, with what differs and everything else copied; the second person decides again (practice A6).
 * Also sends the same again after a technical cause or a lapsed order.
 */
export const correctStopPayment = (context: ActionContext, input: CorrectStopPayment): Promise<StopPaymentBatch | Refused> =>
  carryOutOnce(context, { action: 'correctStopPayment', input, result: StopPaymentBatch }, (manager) =>
    repeat(manager, context, { ...input, draftOf: (request) => correctedDraft(manager, request, { changes: input.changes, now: context.clock.now() }) }),
  );

/** Proposes the second and last stop of an account that the unit has stopped once (86-5); needs a reason and the second person. */
export const requestSecondStop = (context: ActionContext, input: RequestSecondStop): Promise<StopPaymentBatch | Refused> =>
  carryOutOnce(context, { action: 'requestSecondStop', input, result: StopPaymentBatch }, (manager) =>
    repeat(manager, context, { ...input, draftOf: (request) => secondDraft(request, input.reason) }),
  );

interface Repetition {
  readonly requestId: string;
  readonly version: number;
  readonly reason?: string | null;
  readonly draftOf: (request: StopPaymentRequest) => Promise<StopDraft | Refusal[]> | StopDraft | Refusal[];
}

async function repeat(manager: EntityManager, context: ActionContext, { requestId, version, reason: typed, draftOf }: Repetition): Promise<string | Refused> {
  const { caller, clock } = context;
  const request = await lockRequest(manager, requestId);
  const stopCase = request ? await findStopCase(manager, request.caseId) : undefined;
  if (!request || !stopCase) return Refused.because('NOT_FOUND', { path: 'requestId' });
  const denied = mayDo(caller, 'stop-payment-request.PROPOSE', targetOf(request));
  if (denied) return new Refused([denied]);
  if (request.version !== version) return Refused.because('CHANGED_MEANWHILE', { path: 'version' });

  const now = clock.now();
  const earlier = await manager.findOneByOrFail(StopPaymentBatch, { id: request.batchId });
  const reason = (typed ?? '').trim() === '' ? earlier.reasonSealed.open() : readReason(typed, 'reason');
  const draft = await draftOf(request);
  const faults = [...refuseCase({ fraudCase: stopCase.fraudCase, now }), ...(Array.isArray(draft) ? draft : []), ...(isRefusal(reason) ? [reason] : [])];
  if (faults.length > 0 || Array.isArray(draft) || isRefusal(reason)) return new Refused(faults);
  const operator = { id: caller.id, name: caller.name };
  const stored = await storeProposal(manager, context, { stopCase, drafts: [draft], unread: [], reason, preparedBy: 'OFFICER', operator, caller, now });
  return isRefused(stored) ? stored : stored.batch.id;
}

/** Everything of a request, for a new one. The platform's application number is not repeated: it would come back as a duplicate. */
function copyOf(request: StopPaymentRequest): StopDraft {
  const { transferId, parentRequestId, previousStopId, layer, payeeKind, factFen, currency, transferredAt, institution, institutionSource, channel, amountFen } = request;
  return {
    position: 0, path: 'changes', transferId, parentRequestId, correctsId: null, previousStopId, layer, payeeKind, factFen, currency, transferredAt,
    institution, institutionSource, channel, externalApplicationNumber: null,
    accountNumber: request.accountNumberSealed.open(),
    holderName: request.holderNameSealed?.open() ?? null,
    holdFen: amountFen,
    payer: request.payerNameSealed && { name: request.payerNameSealed.open(), account: request.payerAccountSealed?.open() ?? null },
    legalDocumentNumber: request.legalDocumentNumber,
    legalDocumentHash: request.legalDocumentHash,
    warnings: [],
  };
}

function secondDraft(request: StopPaymentRequest, reason: string): StopDraft | Refusal[] {
  const refusal = refuseSecondStop(request);
  const missing = reason.trim() === '' ? refuse('REASON_REQUIRED', { path: 'reason', law: '86-5' }) : undefined;
  const faults = [refusal, missing].filter(isRefusal);
  return faults.length > 0 ? faults : { ...copyOf(request), path: 'requestId', previousStopId: request.id };
}

async function correctedDraft(manager: EntityManager, request: StopPaymentRequest, { changes, now }: { changes: StopPaymentChanges; now: Date }): Promise<StopDraft | Refusal[]> {
  const old = copyOf(request);
  const facts = readTypedPayee(typedAgain(old, changes), 'changes', { now, payer: old.payer });
  const stated = parseInstitutionCode(changes.institution ?? '', 'changes.institution');
  if (Array.isArray(facts) || isRefusal(stated)) return [...(Array.isArray(facts) ? facts : []), ...(isRefusal(stated) ? [stated] : [])];
  const isOtherAccount = facts.accountNumber !== old.accountNumber;
  const found = isOtherAccount ? await findInstitution(manager, facts.accountNumber) : undefined;
  const institution = stated ?? found ?? old.institution;
  const isChanged = isOtherAccount || institution !== old.institution || changedFacts.some((fact) => String(facts[fact]) !== String(old[fact]));
  const refusal = refuseCorrection(request, isChanged) ?? (await refuseSecondCorrection(manager, request));
  if (refusal) return [refusal];
  // An amount that was the transfer's stays the transfer's.
  const holdFen = old.holdFen === old.factFen ? facts.factFen : old.holdFen;
  const institutionSource = stated ? 'STATED' : found ? 'PREFIX' : old.institutionSource;
  return { ...old, ...facts, transferId: isOtherAccount ? null : old.transferId, layer: old.layer, institution, institutionSource, holdFen, correctsId: request.id };
}

const changedFacts = ['payeeKind', 'holderName', 'factFen', 'transferredAt'] as const satisfies readonly (keyof PayeeFacts)[];

/** The old facts in the words of the form, with the changes over them. */
function typedAgain(old: StopDraft, changes: StopPaymentChanges): TypedStopPayee {
  const isNameGiven = (changes.holderName ?? '').trim() !== '' || changes.nameUnknown === true;
  return {
    kind: changes.kind ?? old.payeeKind,
    accountNumber: changes.accountNumber ?? old.accountNumber,
    holderName: isNameGiven ? changes.holderName : old.holderName,
    nameUnknown: isNameGiven ? changes.nameUnknown : old.holderName === null,
    amount: changes.amount ?? formatMoney(moneyOf(old.factFen), 'en').slice(1).replaceAll(',', ''),
    transferredAt: changes.transferredAt ?? old.transferredAt.toISOString(),
    layer: old.layer,
  };
}

async function refuseSecondCorrection(manager: EntityManager, { id }: StopPaymentRequest): Promise<Refusal | undefined> {
  const rows: { id: string }[] = await manager.query(`select id from stop_payment_request where corrects_id = $1 and state not in ('RETURNED', 'CANCELLED')`, [id]);
  return rows[0] ? refuse('CORRECTION_UNDER_WAY', { path: 'requestId', parameters: { requestId: rows[0].id } }) : undefined;
}
