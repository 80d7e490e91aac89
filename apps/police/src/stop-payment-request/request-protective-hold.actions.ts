import { mayDo } from '@lianfang/access';
import { newId, Sealed } from '@lianfang/database';
import { isRefusal, refuse, Refused, type Refusal } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { ActionContext } from '../action-context';
import { findInstitutions } from '../institution-prefix/institution-prefix.query';
import { loadStanding, lockAccounts } from './account-stop.query';
import { insertBatch } from './batch-deadlines';
import { carryOutOnce } from './carry-out-once';
import { moveRequest } from './move-request.actions';
import { ownAccounts, readOwnAccount, refuseOwnAccount, type OwnAccount, type TypedOwnAccount } from './own-account';
import { readReason } from './reason';
import { StopPaymentBatch, type RefusedItem } from './stop-payment-batch.entity';
import { findStopCase, type StopCase } from './stop-payment-case.query';
import { refuseCase } from './stop-payment-case.rules';
import { StopPaymentRequest, targetOf } from './stop-payment-request.entity';
import { batchOf, requiredLevel } from './store-proposal.actions';

/** A hold of the victim's own accounts. */
export interface RequestProtectiveHold {
  readonly idempotencyKey: string;
  readonly caseId: string;
  /** Every account from which the victim paid when left out. */
  readonly accounts?: readonly TypedOwnAccount[] | null;
  /** That the holder, or a minor's guardian, asked for it. */
  readonly askedByHolder: boolean;
  readonly reason?: string | null;
}

/** What a batch of protective holds is for, where nothing else is said. */
const USUAL_REASON = '应账户本人要求，保护其账户余额';

/**
 * Proposes a hold of the victim's own accounts at the victim's wish, whole, as one batch (practice B). It has no transfer to match: the bank compares
 * account and holder, who is the payer of the case. Not a stop of 86号: it takes no place of the two, and may be asked for again when it has ended.
 */
export const requestProtectiveHold = (context: ActionContext, input: RequestProtectiveHold): Promise<StopPaymentBatch | Refused> =>
  carryOutOnce(context, { action: 'requestProtectiveHold', input, result: StopPaymentBatch }, (manager) => propose(manager, context, input));

async function propose(manager: EntityManager, context: ActionContext, input: RequestProtectiveHold): Promise<string | Refused> {
  const { caller, clock, settings } = context;
  const stopCase = await findStopCase(manager, input.caseId);
  if (!stopCase) return Refused.because('NOT_FOUND', { path: 'caseId' });
  const denied = mayDo(caller, 'stop-payment-request.PROPOSE', targetOf(stopCase.fraudCase));
  if (denied) return new Refused([denied]);

  const now = clock.now();
  const reason = (input.reason ?? '').trim() === '' ? USUAL_REASON : readReason(input.reason, 'reason');
  const typed = input.accounts ?? [...ownAccounts(stopCase).keys()].map((accountNumber) => ({ accountNumber }));
  const most = settings.stopPayment.mostItems;
  const faults = [
    ...refuseCase({ fraudCase: stopCase.fraudCase, now }),
    ...(input.askedByHolder ? [] : [refuse('PROTECTIVE_HOLD_NOT_ASKED', { path: 'askedByHolder' })]),
    ...(typed.length === 0 ? [refuse('VALUE_MISSING', { path: 'accounts' })] : []),
    ...(typed.length > most ? [refuse('BATCH_TOO_LONG', { path: 'accounts', parameters: { most: String(most) } })] : []),
  ];
  if (faults.length > 0 || isRefusal(reason)) return new Refused([...faults, ...(isRefusal(reason) ? [reason] : [])]);

  const { accounts, refusedItems } = await examine(manager, context, { stopCase, typed });
  if (accounts.length === 0) return new Refused(refusedItems.flatMap(({ refusals }) => refusals));
  const standing = await loadStanding(manager, accounts.map(({ index }) => index));
  const isShared = [...standing.values()].flat().some(({ unitCode }) => unitCode !== stopCase.fraudCase.unitCode);
  const proposal = { stopCase, operator: { id: caller.id, name: caller.name }, preparedBy: 'OFFICER', reason, now } as const;
  const batch = batchOf(proposal, { refusedItems, layer: 1, requiredLevel: requiredLevel(isShared, settings.stopPayment.otherUnitLevel), legalDocumentNumber: null });
  await insertBatch(manager, batch, settings.stopPayment);
  for (const account of accounts) {
    const request = requestOf(account, batch);
    const facts = { kind: request.kind, institution: account.institution, amountFen: 'whole' };
    const refusal = await moveRequest(manager, request, { action: 'PROPOSE', caller, at: now, reason, facts });
    if (refusal) return new Refused([refusal]);
    await manager.insert(StopPaymentRequest, request);
  }
  return batch.id;
}

/** Reads every account, and asks of each what speaks against a hold; all faults come back with their place. */
async function examine(manager: EntityManager, ground: ActionContext, { stopCase, typed }: { stopCase: StopCase; typed: readonly TypedOwnAccount[] }): Promise<{ accounts: OwnAccount[]; refusedItems: RefusedItem[] }> {
  const prefixes = await findInstitutions(manager, typed.map(({ accountNumber }) => accountNumber));
  const read = typed.map((account, position) => readOwnAccount(account, position, { ground, stopCase, prefixes }));
  const readable = read.filter((account): account is OwnAccount => !Array.isArray(account));
  await lockAccounts(manager, readable.map(({ index }) => index));
  const standing = await loadStandingHolds(manager, stopCase.fraudCase.id);
  const accounts: OwnAccount[] = [];
  const refusedItems: { position: number; refusals: Refusal[] }[] = [];
  for (const [position, account] of read.entries()) {
    const refusals = Array.isArray(account) ? account : refuseOwnAccount(account, { stopCase, standing, twin: readable.find(({ number }) => number === account.number)?.position ?? position });
    if (refusals.length > 0 || Array.isArray(account)) refusedItems.push({ position, refusals });
    else accounts.push(account);
  }
  return { accounts, refusedItems };
}

/** Accounts that a hold of this case waits for or protects, by blind index in hexadecimal. */
async function loadStandingHolds(manager: EntityManager, caseId: string): Promise<Set<string>> {
  const rows: { account: string }[] = await manager.query(
    `select encode(account_index, 'hex') as account from stop_payment_request
     where case_id = $1 and kind = 'PROTECTIVE_HOLD' and state not in ('RETURNED', 'CANCELLED', 'NOT_EXECUTED', 'RELEASED', 'EXPIRED')`,
    [caseId],
  );
  return new Set(rows.map(({ account }) => account));
}

function requestOf({ number, index, institution, isStated, holderName, kind: payeeKind }: OwnAccount, batch: StopPaymentBatch): StopPaymentRequest {
  const { id: batchId, caseId, unitCode, regionCode, createdAt } = batch;
  const request: Partial<StopPaymentRequest> = {
    id: newId(), batchId, caseId, unitCode, regionCode, institution, payeeKind, createdAt,
    kind: 'PROTECTIVE_HOLD', channel: 'LOCAL', institutionSource: isStated ? 'STATED' : 'PREFIX', ordinal: 1, layer: 1, wholeAccount: true, currency: 'CNY',
    accountNumberSealed: Sealed.of(number), accountIndex: index, accountLastFour: (number.split('_')[0] ?? number).slice(-4), holderNameSealed: Sealed.of(holderName),
    sharedWithOtherUnit: false, outflowsTruncated: false, storedWarnings: [],
    transferId: null, parentRequestId: null, correctsId: null, previousStopId: null, externalApplicationNumber: null,
    amountFen: null, factFen: null, transferredAt: null, payerNameSealed: null, payerAccountSealed: null, legalDocumentNumber: null, legalDocumentHash: null,
  };
  return Object.assign(new StopPaymentRequest(), request);
}
