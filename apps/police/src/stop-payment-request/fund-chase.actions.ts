import { clockCaller, isRefusal, isRefused, type Refusal, type RefusalCode } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { PoliceGround } from '../action-context';
import { findInstitutions } from '../institution-prefix/institution-prefix.query';
import { kindOfOutflow, refuseChase } from './fund-chase.rules';
import { isStoppedWhole, type StopDraft } from './stop-draft';
import { StopPaymentBatch } from './stop-payment-batch.entity';
import { loadChased } from './stop-payment-outflow.query';
import type { StopPaymentOutflow } from './stop-payment-outflow.entity';
import { refuseCase } from './stop-payment-case.rules';
import type { StopPaymentRequest } from './stop-payment-request.entity';
import { findStopCase, paidInKey, type StopCase } from './stop-payment-case.query';
import { storeProposal } from './store-proposal.actions';

/** The outflows of one answer. */
export interface Answer {
  readonly request: StopPaymentRequest;
  /** Not yet saved: the chase notes on each what became of it. */
  readonly outflows: readonly StopPaymentOutflow[];
  readonly now: Date;
}

/** The outflows into one account. */
interface Group {
  readonly outflows: readonly StopPaymentOutflow[];
  readonly largest: StopPaymentOutflow;
  /** In the currency of the largest. */
  readonly sumFen: bigint;
}

/**
 * Prepares the next layer from a bank's answer (延伸止付): one batch in PROPOSED, one request per receiving account, within the limits of the settings.
 * A person approves it. Several transfers into one account make one request: the largest is its match fact, the sum is held.
 */
export async function proposeNextLayer(manager: EntityManager, ground: PoliceGround, { request, outflows, now }: Answer): Promise<void> {
  // A victim's own account is protected, not chased.
  if (outflows.length === 0 || request.kind !== 'STOP') return;
  const stopCase = await findStopCaseForClock(manager, request.caseId);
  const [caseRefusal] = refuseCase({ fraudCase: stopCase.fraudCase, now });
  if (caseRefusal) return outflows.forEach((outflow) => note(outflow, caseRefusal));

  const groups = groupByAccount(outflows);
  const followed = await choose(manager, ground, { request, groups });
  const drafts = followed.map((group, position) => draftOf(group, { request, position, ground }));
  if (drafts.length === 0) return;
  const paidIn = new Map(followed.flatMap(({ largest, sumFen }) => (largest.numberIndex ? [[paidInKey(largest.numberIndex, largest.currency), sumFen]] : [])));
  const parent = await manager.findOneByOrFail(StopPaymentBatch, { id: request.batchId });
  const stored = await storeProposal(manager, ground, {
    stopCase: { ...stopCase, paidIn },
    drafts,
    unread: [],
    reason: `延伸止付（第${request.layer + 1}层）：${parent.reasonSealed.open()}`,
    preparedBy: 'MACHINE',
    operator: { id: parent.operatorId, name: parent.operatorName },
    caller: clockCaller('police'),
    now,
  });
  const refused = isRefused(stored) ? byPath(stored.refusals) : new Map(stored.batch.refusedItems.map(({ position, refusals }) => [position, refusals[0]]));
  const requests = isRefused(stored) ? [] : stored.requests;
  for (const [position, { outflows: members, largest }] of followed.entries()) {
    const proposed = requests.find(({ accountIndex }) => accountIndex.toString('hex') === keyOf(largest));
    for (const outflow of members) {
      if (proposed) outflow.proposedRequestId = proposed.id;
      else note(outflow, refused.get(position));
    }
  }
}

/** The clock reads the case as it stands; it does not hold it, for whoever works in the background gives way. */
async function findStopCaseForClock(manager: EntityManager, caseId: string): Promise<Pick<StopCase, 'fraudCase' | 'payingAccounts'>> {
  const stopCase = await findStopCase(manager, caseId, { hold: false });
  if (!stopCase) throw new Error(`fund chase: case ${caseId} is not there`);
  return stopCase;
}

function groupByAccount(outflows: readonly StopPaymentOutflow[]): Group[] {
  const groups = new Map<string, StopPaymentOutflow[]>();
  for (const outflow of outflows) {
    if (outflow.numberIndex === null) Object.assign(outflow, { notProposedCode: 'CHASE_ACCOUNT_UNKNOWN' });
    else groups.set(keyOf(outflow), [...(groups.get(keyOf(outflow)) ?? []), outflow]);
  }
  return [...groups.values()].flatMap((members) => {
    const [largest] = [...members].sort((one, other) => (one.amountFen < other.amountFen ? 1 : -1));
    return largest ? [{ outflows: members, largest, sumFen: sumOf(members, largest.currency) }] : [];
  });
}

/** The sum of what is of one currency: amounts of two currencies have none. */
const sumOf = (outflows: readonly StopPaymentOutflow[], currency: string): bigint =>
  outflows.reduce((sum, outflow) => (outflow.currency === currency ? sum + outflow.amountFen : sum), 0n);

const keyOf = ({ numberIndex }: StopPaymentOutflow): string => numberIndex?.toString('hex') ?? '';

/** The accounts that are followed, the largest sums first; on the outflows of the others stands why not. */
async function choose(manager: EntityManager, { settings, directory }: PoliceGround, { request, groups }: { request: StopPaymentRequest; groups: readonly Group[] }): Promise<Group[]> {
  const { chase } = settings.stopPayment;
  const chased = await loadChased(manager, request, groups.flatMap(({ outflows }) => outflows));
  const unknown = groups.filter(({ largest }) => largest.institution === null).map(({ largest }) => largest.numberSealed?.open() ?? '');
  const prefixes = await findInstitutions(manager, unknown);
  const followed: Group[] = [];
  for (const group of [...groups].sort((one, other) => (one.sumFen < other.sumFen ? 1 : -1))) {
    const { largest, sumFen, outflows } = group;
    largest.institution ??= prefixes.get(largest.numberSealed?.open() ?? '') ?? null;
    const earlier = chased.get(keyOf(largest));
    const isPaymentInstitution = directory.findInstitution(largest.institution ?? '')?.kind === 'PAYMENT_INSTITUTION';
    const account = { layer: request.layer + 1, sumFen, holderName: largest.holderNameSealed?.open() ?? null, isPaymentInstitution, isCovered: earlier !== undefined };
    const refusal = refuseChase(account, chase) ?? (followed.length >= chase.mostAccounts ? tooMany(chase.mostAccounts) : undefined);
    if (refusal) outflows.forEach((outflow) => Object.assign(note(outflow, refusal), { proposedRequestId: earlier ?? null }));
    else followed.push(group);
  }
  return followed;
}

const tooMany = (limit: number): Pick<Refusal, 'code' | 'parameters'> => ({ code: 'CHASE_BATCH_LIMIT', parameters: { limit: String(limit) } });

function draftOf({ largest, sumFen }: Group, { request, position, ground }: { request: StopPaymentRequest; position: number; ground: PoliceGround }): StopDraft {
  const holderName = largest.holderNameSealed?.open() ?? null;
  const isPaymentInstitution = ground.directory.findInstitution(largest.institution ?? '')?.kind === 'PAYMENT_INSTITUTION';
  const payeeKind = kindOfOutflow({ holderName, isPaymentInstitution });
  const layer = request.layer + 1;
  const payerName = request.holderNameSealed?.open();
  return {
    position, path: `items.${position}`, transferId: null, parentRequestId: request.id, correctsId: null, previousStopId: null, layer, payeeKind, holderName,
    accountNumber: largest.numberSealed?.open() ?? '',
    factFen: largest.amountFen,
    currency: largest.currency,
    transferredAt: largest.at,
    institution: largest.institution,
    institutionSource: 'ANSWER',
    channel: request.channel,
    externalApplicationNumber: null,
    holdFen: isStoppedWhole(payeeKind, layer, ground.settings.stopPayment.wholeAccountLayers) ? null : sumFen,
    payer: payerName === undefined ? null : { name: payerName, account: request.accountNumberSealed.open() },
    legalDocumentNumber: null,
    legalDocumentHash: null,
    warnings: [],
  };
}

/** What the rules of a proposal call by their words, the chase calls by its own. */
const chaseWords: Partial<Record<RefusalCode, RefusalCode>> = {
  INSTITUTION_UNKNOWN: 'CHASE_INSTITUTION_UNKNOWN',
  STOP_UNDER_WAY: 'CHASE_ALREADY_COVERED',
  SECOND_STOP_BY_REQUEST: 'CHASE_ALREADY_COVERED',
};

const note = (outflow: StopPaymentOutflow, refusal: Pick<Refusal, 'code' | 'parameters'> | undefined): StopPaymentOutflow =>
  Object.assign(outflow, refusal && { notProposedCode: chaseWords[refusal.code] ?? refusal.code, notProposedParameters: refusal.parameters });

/** The first refusal of each row, by the row's place in `items.<position>…`. */
const byPath = (refusals: readonly Refusal[]): Map<number, Refusal> =>
  new Map([...refusals].reverse().filter(isRefusal).map((refusal) => [Number(/^items\.(\d+)/.exec(refusal.path ?? '')?.[1] ?? -1), refusal]));
