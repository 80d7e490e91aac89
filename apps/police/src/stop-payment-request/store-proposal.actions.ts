import { newId, Sealed } from '@lianfang/database';
import { Refused, warn, type Caller, type RegionLevel, type Warning } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { PoliceGround } from '../action-context';
import type { FraudCase } from '../fraud-case/fraud-case.entity';
import { giveNotice } from '../notice/give-notice.actions';
import { line } from '../notice/notice-line';
import { AccountStop } from './account-stop.entity';
import { insertBatch } from './batch-deadlines';
import { examine, type ExaminedDraft } from './examine-drafts';
import type { StopDraft } from './stop-draft';
import { StopPaymentBatch, type RefusedItem } from './stop-payment-batch.entity';
import type { PreparedBy } from './stop-payment-codes';
import { StopPaymentRequest } from './stop-payment-request.entity';
import { moveRequest } from './move-request.actions';
import type { StopCase } from './stop-payment-case.query';

/** Drafts that shall become one batch. */
export interface Proposal {
  readonly stopCase: Pick<StopCase, 'fraudCase' | 'payingAccounts' | 'paidIn'>;
  readonly drafts: readonly StopDraft[];
  /** Rows that could not even be read; reported beside those that a rule refuses. */
  readonly unread: readonly RefusedItem[];
  readonly reason: string;
  readonly preparedBy: PreparedBy;
  readonly operator: { readonly id: string; readonly name: string };
  /** Who acts: the operator, or the clock for what the machine prepares. */
  readonly caller: Caller;
  readonly now: Date;
}

/** What became of a proposal. */
export interface StoredProposal {
  readonly batch: StopPaymentBatch;
  readonly requests: readonly StopPaymentRequest[];
}

/**
 * Stores what can be stopped as one batch, with the refused rows beside it: one bad row does not hold up the others, and every row has its result
 * (practice A5, "result matrix with retry the failed"). When no row is left, the whole is refused with every row's reasons.
 */
export async function storeProposal(manager: EntityManager, ground: PoliceGround, proposal: Proposal): Promise<StoredProposal | Refused> {
  const { accepted, refused } = await examine(manager, ground, proposal);
  const refusedItems = [...proposal.unread, ...refused].sort((one, other) => one.position - other.position);
  const [first] = accepted;
  if (!first) return new Refused(refusedItems.flatMap(({ refusals }) => refusals));

  const { fraudCase } = proposal.stopCase;
  const { otherUnitLevel } = ground.settings.stopPayment;
  const batch = batchOf(proposal, {
    refusedItems,
    layer: Math.min(...accepted.map(({ layer }) => layer)),
    requiredLevel: requiredLevel(accepted.some(({ others }) => others.length > 0), otherUnitLevel),
    legalDocumentNumber: accepted.find(({ legalDocumentNumber }) => legalDocumentNumber !== null)?.legalDocumentNumber ?? null,
  });
  await insertBatch(manager, batch, ground.settings.stopPayment);
  const requests: StopPaymentRequest[] = [];
  for (const draft of accepted) {
    const request = requestOf(draft, batch, fraudCase);
    const facts = { layer: draft.layer, ordinal: draft.ordinal, institution: request.institution, amountFen: draft.holdFen?.toString() ?? 'whole' };
    const refusal = await moveRequest(manager, request, { action: 'PROPOSE', caller: proposal.caller, at: proposal.now, reason: proposal.reason, facts });
    if (refusal) return new Refused([refusal]);
    await manager.insert(StopPaymentRequest, request);
    await registerStop(manager, ground, request);
    await tellOtherUnits(manager, ground, draft, fraudCase, proposal.now);
    requests.push(request);
  }
  return { batch, requests };
}

/** What a batch says about itself, before anybody has decided. */
type BatchParts = Pick<StopPaymentBatch, 'refusedItems' | 'layer' | 'requiredLevel' | 'legalDocumentNumber'>;

/** Who proposes what, and why. */
type NewBatch = Pick<Proposal, 'operator' | 'preparedBy' | 'reason' | 'now'> & { readonly stopCase: Pick<StopCase, 'fraudCase'> };

/** A new batch that waits for the second person. */
export function batchOf({ stopCase, operator, preparedBy, reason, now }: NewBatch, parts: BatchParts): StopPaymentBatch {
  const { id: caseId, unitCode, regionCode } = stopCase.fraudCase;
  return Object.assign(new StopPaymentBatch(), {
    id: newId(),
    caseId,
    unitCode,
    regionCode,
    version: 1,
    preparedBy,
    operatorId: operator.id,
    operatorName: operator.name,
    approverId: null,
    approverName: null,
    decision: null,
    decidedAt: null,
    decisionReasonSealed: null,
    reasonSealed: Sealed.of(reason),
    ...parts,
    createdAt: now,
  });
}

/** The least level that may approve: a county's leader, or more where another unit is on the account (practice C). */
export const requiredLevel = (isShared: boolean, otherUnitLevel: RegionLevel | null): RegionLevel => (isShared ? (otherUnitLevel ?? 'COUNTY') : 'COUNTY');

function requestOf(draft: ExaminedDraft, batch: StopPaymentBatch, { id: caseId, unitCode, regionCode }: FraudCase): StopPaymentRequest {
  const { transferId, parentRequestId, correctsId, previousStopId, layer, payeeKind, channel, externalApplicationNumber } = draft;
  const { legalDocumentNumber, legalDocumentHash, currency, factFen, transferredAt, ordinal, institution, institutionSource } = draft;
  const request: Partial<StopPaymentRequest> = {
    id: newId(), batchId: batch.id, caseId, unitCode, regionCode,
    transferId, parentRequestId, correctsId, previousStopId, layer, payeeKind, channel, externalApplicationNumber, kind: 'STOP',
    legalDocumentNumber, legalDocumentHash, currency, factFen, transferredAt, ordinal, institution, institutionSource,
    wholeAccount: draft.holdFen === null,
    amountFen: draft.holdFen,
    accountNumberSealed: Sealed.of(draft.accountNumber),
    accountIndex: draft.index,
    accountLastFour: draft.lastFour,
    holderNameSealed: sealedOrNull(draft.holderName),
    payerNameSealed: sealedOrNull(draft.payer?.name),
    payerAccountSealed: sealedOrNull(draft.payer?.account),
    sharedWithOtherUnit: draft.others.length > 0,
    outflowsTruncated: false,
    storedWarnings: [...draft.warnings, ...draft.others.map(warnOfOther)],
    createdAt: batch.createdAt,
  };
  return Object.assign(new StopPaymentRequest(), request);
}

const sealedOrNull = (text: string | null | undefined): Sealed | null => (text === null || text === undefined ? null : Sealed.of(text));

const warnOfOther = ({ unitName, dutyPhone }: AccountStop): Warning => warn('OTHER_UNIT_ON_ACCOUNT', 'payee', { unit: unitName, phone: dutyPhone });

/** Takes the unit's place among the two stops of the account (86-5). */
async function registerStop(manager: EntityManager, { directory }: PoliceGround, request: StopPaymentRequest): Promise<void> {
  const { id, accountIndex, caseId, unitCode, regionCode, ordinal, createdAt } = request;
  const unit = directory.findUnit(unitCode);
  if (!unit) throw new Error(`stop-payment: unit ${unitCode} is not in the directory; add it with its duty phone`);
  const names = { unitName: unit.name, dutyPhone: unit.dutyPhone };
  await manager.insert(AccountStop, { id, accountIndex, caseId, unitCode, regionCode, ordinal, ...names, counting: 'UNDER_WAY', stoppedAt: null, createdAt });
}

/** Two units after one account learn of each other at once: unit and duty phone, nothing else (practice B). */
async function tellOtherUnits(manager: EntityManager, { directory }: PoliceGround, { others }: ExaminedDraft, fraudCase: FraudCase, now: Date): Promise<void> {
  const us = directory.findUnit(fraudCase.unitCode);
  for (const { id, unitCode, regionCode, caseId } of others) {
    const lines = [line('OTHER_UNIT_ON_ACCOUNT', { unit: us?.name ?? fraudCase.unitCode, phone: us?.dutyPhone ?? '' })];
    await giveNotice(manager, { kind: 'OTHER_UNIT', audience: 'UNIT', unitCode, regionCode, caseId, requestId: id, lines, deliverAfter: now, now });
  }
}
