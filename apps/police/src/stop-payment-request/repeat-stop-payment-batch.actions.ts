import { mayDo } from '@lianfang/access';
import { isRefusal, isRefused, refuse, Refused, type Refusal } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { ActionContext } from '../action-context';
import { carryOutOnce } from './carry-out-once';
import { readReason } from './reason';
import { correctedDraft, loadCorrections, type StopPaymentChanges } from './repeat-draft';
import type { StopDraft } from './stop-draft';
import { StopPaymentBatch, type RefusedItem } from './stop-payment-batch.entity';
import { lockBatch } from './stop-payment-batch.query';
import { findStopCase } from './stop-payment-case.query';
import { refuseCase } from './stop-payment-case.rules';
import { targetOf, type StopPaymentRequest } from './stop-payment-request.entity';
import { isRetriable } from './stop-payment-request.rules';
import { storeProposal } from './store-proposal.actions';

/** Everything of a batch that failed without anybody's decision, to be proposed again. */
export interface RetryStopPaymentBatch {
  readonly idempotencyKey: string;
  readonly batchId: string;
  /** The first proposal's reason when left out. */
  readonly reason?: string | null;
}

/** Corrections of several requests of one batch. */
export interface CorrectStopPayments extends RetryStopPaymentBatch {
  readonly corrections: readonly {
    readonly requestId: string;
    /** The request's version that the officer saw. */
    readonly version: number;
    readonly changes: StopPaymentChanges;
  }[];
}

/** One request to propose again. */
interface Row {
  readonly request: StopPaymentRequest;
  readonly changes: StopPaymentChanges;
  readonly position: number;
  readonly path: string;
}

/** What is proposed again: rows that can be read, and rows that cannot. */
interface Rows {
  readonly rows: readonly Row[];
  readonly unread: readonly RefusedItem[];
}

/**
 * Proposes again, as one new batch, what ended by a technical cause or a lapsed order ("retry the failed", practice A5). Mismatches wait for a
 * correction and lawful refusals are final; both stay where they are. Another person approves the new batch.
 */
export const retryStopPaymentBatch = (context: ActionContext, input: RetryStopPaymentBatch): Promise<StopPaymentBatch | Refused> =>
  carryOutOnce(context, { action: 'retryStopPaymentBatch', input, result: StopPaymentBatch }, (manager) =>
    repeat(manager, context, { ...input, choose: (requests) => chooseRetriable(manager, requests) }),
  );

/** Proposes several requests of one batch again, each with what differs, as one new batch. Rows that cannot be corrected stand in `refusedItems`. */
export const correctStopPayments = (context: ActionContext, input: CorrectStopPayments): Promise<StopPaymentBatch | Refused> =>
  carryOutOnce(context, { action: 'correctStopPayments', input, result: StopPaymentBatch }, (manager) =>
    repeat(manager, context, { ...input, choose: (requests) => chooseCorrected(requests, input) }),
  );

interface Repetition {
  readonly batchId: string;
  readonly reason?: string | null;
  readonly choose: (requests: readonly StopPaymentRequest[]) => Promise<Rows | Refused> | Rows | Refused;
}

async function repeat(manager: EntityManager, context: ActionContext, { batchId, reason: typed, choose }: Repetition): Promise<string | Refused> {
  const { caller, clock, settings } = context;
  const locked = await lockBatch(manager, batchId);
  const stopCase = locked ? await findStopCase(manager, locked.batch.caseId) : undefined;
  if (!locked || !stopCase) return Refused.because('NOT_FOUND', { path: 'batchId' });
  const denied = mayDo(caller, 'stop-payment-request.PROPOSE', targetOf(locked.batch));
  if (denied) return new Refused([denied]);

  const now = clock.now();
  const reason = (typed ?? '').trim() === '' ? locked.batch.reasonSealed.open() : readReason(typed, 'reason');
  const chosen = await choose(locked.requests);
  if (isRefused(chosen)) return chosen;
  const most = settings.stopPayment.mostItems;
  const tooMany = chosen.rows.length > most ? [refuse('BATCH_TOO_LONG', { path: 'corrections', parameters: { most: String(most) } })] : [];
  const faults = [...refuseCase({ fraudCase: stopCase.fraudCase, now }), ...tooMany];
  if (faults.length > 0 || isRefusal(reason)) return new Refused([...faults, ...(isRefusal(reason) ? [reason] : [])]);

  const { drafts, refused } = await readDrafts(manager, chosen.rows, now);
  const operator = { id: caller.id, name: caller.name };
  const unread = [...chosen.unread, ...refused];
  const stored = await storeProposal(manager, context, { stopCase, drafts, unread, reason, preparedBy: 'OFFICER', operator, caller, now });
  return isRefused(stored) ? stored : stored.batch.id;
}

async function chooseRetriable(manager: EntityManager, requests: readonly StopPaymentRequest[]): Promise<Rows | Refused> {
  const failed = requests.filter(isRetriable);
  const corrected = await loadCorrections(manager, failed.map(({ id }) => id));
  const rows = failed.filter(({ id }) => !corrected.has(id)).map((request, position) => ({ request, changes: {}, position, path: `requests.${position}` }));
  return rows.length === 0 ? Refused.because('NOTHING_TO_RETRY', { path: 'batchId' }) : { rows, unread: [] };
}

function chooseCorrected(requests: readonly StopPaymentRequest[], { corrections }: CorrectStopPayments): Rows | Refused {
  if (corrections.length === 0) return Refused.because('BATCH_EMPTY', { path: 'corrections' });
  const rows: Row[] = [];
  const unread: RefusedItem[] = [];
  for (const [position, { requestId, version, changes }] of corrections.entries()) {
    const path = `corrections.${position}`;
    const request = requests.find(({ id }) => id === requestId);
    const twin = corrections.findIndex((correction) => correction.requestId === requestId);
    if (!request) unread.push({ position, refusals: [refuse('NOT_FOUND', { path: `${path}.requestId` })] });
    else if (twin < position) unread.push({ position, refusals: [refuse('ACCOUNT_TWICE_IN_BATCH', { path, parameters: { position: String(twin + 1) } })] });
    else if (request.version !== version) unread.push({ position, refusals: [refuse('CHANGED_MEANWHILE', { path: `${path}.version` })] });
    else rows.push({ request, changes, position, path: `${path}.changes` });
  }
  return { rows, unread };
}

async function readDrafts(manager: EntityManager, rows: readonly Row[], now: Date): Promise<{ drafts: StopDraft[]; refused: RefusedItem[] }> {
  const drafts: StopDraft[] = [];
  const refused: { position: number; refusals: Refusal[] }[] = [];
  for (const { request, ...place } of rows) {
    const draft = await correctedDraft(manager, request, { ...place, now });
    if (Array.isArray(draft)) refused.push({ position: place.position, refusals: draft });
    else drafts.push(draft);
  }
  return { drafts, refused };
}
