import { formatMoney, isRefusal, moneyOf, parseInstitutionCode, refuse, type Refusal } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import { findInstitution } from '../institution-prefix/institution-prefix.query';
import { readTypedPayee, type PayeeFacts, type TypedStopPayee } from './read-stop-item';
import type { StopDraft } from './stop-draft';
import type { StopPaymentRequest } from './stop-payment-request.entity';
import { refuseCorrection, refuseProtectiveHold, refuseSecondStop } from './stop-payment-request.rules';

/** What differs from the request that was not executed; everything left out is taken over. */
export type StopPaymentChanges = Partial<Pick<TypedStopPayee, 'kind' | 'accountNumber' | 'holderName' | 'nameUnknown' | 'amount' | 'transferredAt'>> & {
  /** Code of the directory. */
  readonly institution?: string | null;
};

/** Where a draft stands in its proposal, and under which path its faults are told. */
export interface DraftPlace {
  readonly position: number;
  readonly path: string;
}

/** Everything of a request, for a new one. The platform's application number is not repeated: it would come back as a duplicate. */
function copyOf(request: StopPaymentRequest, { position, path }: DraftPlace): StopDraft {
  const { transferId, parentRequestId, previousStopId, layer, payeeKind, factFen, currency, transferredAt, institution, institutionSource, channel, amountFen } = request;
  if (factFen === null || transferredAt === null) throw new Error(`stop-payment-request ${request.id}: a protective hold is not repeated; ask refuseProtectiveHold first`);
  return {
    position, path, transferId, parentRequestId, correctsId: null, previousStopId, layer, payeeKind, factFen, currency, transferredAt,
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

/** The second stop of an account that was stopped once (86-5). */
export function secondDraft(request: StopPaymentRequest, reason: string): StopDraft | Refusal[] {
  const refusal = refuseProtectiveHold(request) ?? refuseSecondStop(request);
  const missing = reason.trim() === '' ? refuse('REASON_REQUIRED', { path: 'reason', law: '86-5' }) : undefined;
  const faults = [refusal, missing].filter(isRefusal);
  return faults.length > 0 ? faults : { ...copyOf(request, { position: 0, path: 'requestId' }), previousStopId: request.id };
}

/** What differs, and where its faults are told. */
export interface Correction extends DraftPlace {
  readonly changes: StopPaymentChanges;
  readonly now: Date;
}

/** A request that was not executed, with what differs; all faults come back together. */
export async function correctedDraft(manager: EntityManager, request: StopPaymentRequest, { changes, now, position, path }: Correction): Promise<StopDraft | Refusal[]> {
  const protective = refuseProtectiveHold(request);
  if (protective) return [protective];
  const old = copyOf(request, { position, path });
  const facts = readTypedPayee(typedAgain(old, changes), path, { now, payer: old.payer });
  const stated = parseInstitutionCode(changes.institution ?? '', `${path}.institution`);
  if (Array.isArray(facts) || isRefusal(stated)) return [...(Array.isArray(facts) ? facts : []), ...(isRefusal(stated) ? [stated] : [])];
  const isOtherAccount = facts.accountNumber !== old.accountNumber;
  const found = isOtherAccount ? await findInstitution(manager, facts.accountNumber) : undefined;
  const institution = stated ?? found ?? old.institution;
  const isChanged = isOtherAccount || institution !== old.institution || changedFacts.some((fact) => String(facts[fact]) !== String(old[fact]));
  const refusal = refuseCorrection(request, { isChanged, path }) ?? (await refuseSecondCorrection(manager, request));
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
  const requestId = (await loadCorrections(manager, [id])).get(id);
  return requestId === undefined ? undefined : refuse('CORRECTION_UNDER_WAY', { path: 'requestId', parameters: { requestId } });
}

/** The request that corrects each of these; a correction that was returned or taken back does not count. */
export async function loadCorrections(manager: EntityManager, ids: readonly string[]): Promise<Map<string, string>> {
  const rows: { id: string; corrects_id: string }[] = await manager.query(
    `select id, corrects_id from stop_payment_request where corrects_id = any($1) and state not in ('RETURNED', 'CANCELLED')`,
    [ids],
  );
  return new Map(rows.map((row) => [row.corrects_id, row.id]));
}
