import { newId } from '@lianfang/database';
import { callers } from '@lianfang/testing';
import {
  clockCaller, HOUR, partnerCaller, stopPaymentNotExecuted, stopPaymentOrdered, stopPaymentReleased, stopPaymentStopped, type Caller, type DataOf,
} from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import { approveStopPaymentBatch, type ApproveStopPaymentBatch } from '../stop-payment-request/approve-stop-payment-batch.actions';
import { orderStopPaymentRelease } from '../stop-payment-request/order-stop-payment-release.actions';
import { proposeStopPayments, type ProposeStopPayments } from '../stop-payment-request/propose-stop-payments.actions';
import { batchDeadlines } from '../stop-payment-request/batch-deadlines';
import { noteStopPaymentReceipt, stopPaymentHandlers } from '../stop-payment-request/stop-payment-answer.messages';
import { stopPaymentDeadlines } from '../stop-payment-request/stop-payment-clock.actions';
import type { StopPaymentBatch } from '../stop-payment-request/stop-payment-batch.entity';
import { StopPaymentRequest } from '../stop-payment-request/stop-payment-request.entity';
import { placeCase, succeeded, type CaseWishes, type PlacedCase, type Scene } from './stop-payment-scene';
import { fireDeadlines } from '@lianfang/exchange';

type Stopped = DataOf<typeof stopPaymentStopped>;
type NotExecuted = DataOf<typeof stopPaymentNotExecuted>;
type Released = DataOf<typeof stopPaymentReleased>;

/** An answer of a bank, as the police's inbox hands it on. */
export interface BankAnswer {
  readonly type: string;
  readonly subject: string;
  readonly data: unknown;
}

/** A stop that the core carried out at the scene's hour; ¥20,000 held. */
export const stopped = (scene: Scene, orderId: string, over: Partial<Stopped> = {}): BankAnswer => {
  const startedAt = over.startedAt ?? scene.clock.now().toISOString();
  const expiresAt = new Date(new Date(startedAt).getTime() + 48 * HOUR).toISOString();
  const money = { fen: '2000000', currency: 'CNY' };
  const data: Stopped = { orderId, bankAccountId: newId(), startedAt, expiresAt, held: money, wholeAccount: true, balance: money, execution: 'STRAIGHT_THROUGH', outflows: [], outflowsTruncated: false, ...over };
  return { type: stopPaymentStopped.type, subject: orderId, data };
};

/** An order that was not executed, by default for the name. */
export const notExecuted = (scene: Scene, orderId: string, over: Partial<NotExecuted> = {}): BankAnswer => {
  const decidedAt = scene.clock.now().toISOString();
  const data: NotExecuted = { orderId, bankAccountId: null, reason: 'MISMATCH_NAME', technicalCause: null, businessNote: null, decidedAt, outflows: [], outflowsTruncated: false, ...over };
  return { type: stopPaymentNotExecuted.type, subject: orderId, data };
};

/** The end of a hold. */
export const released = (scene: Scene, orderId: string, cause: Released['cause']): BankAnswer => {
  const data: Released = { orderId, releasedAt: scene.clock.now().toISOString(), cause, stillStopped: false };
  return { type: stopPaymentReleased.type, subject: orderId, data };
};

/** An outflow into somebody's account. */
export const outflow = (scene: Scene, over: Partial<Stopped['outflows'][number]> = {}): Stopped['outflows'][number] => ({
  reference: `T${newId().slice(-12)}`, at: scene.clock.now().toISOString(), amount: { fen: '500000', currency: 'CNY' }, accountNumber: null, holderName: null, institution: null, ...over,
});

/** Runs work as the machine does: the worker's login in the partner's name. */
export const asMachine = <T>({ database }: Scene, work: (manager: EntityManager) => Promise<T>): Promise<T> => database.worker.asCaller(partnerCaller('police', 'banks'), work);

/** Delivers an answer to its handler, each delivery in its own transaction; `institution` when it was signed by a bank's own key. */
export async function deliver(scene: Scene, answer: BankAnswer, institution: string | null = null): Promise<void> {
  const now = scene.clock.now();
  const message = { ...answer, id: newId(), from: 'banks', institution, receivedAt: now, time: now } as const;
  const handler = stopPaymentHandlers({ ...scene.ground, clock: scene.clock })[answer.type];
  if (!handler) throw new Error(`no handler for ${answer.type}`);
  await asMachine(scene, (manager) => handler(manager, message));
}

/** Delivers the signed receipt of an order. */
export const acknowledge = (scene: Scene, orderId: string): Promise<unknown> =>
  asMachine(scene, (manager) =>
    noteStopPaymentReceipt({ ...scene.ground, clock: scene.clock })(manager, { messageId: newId(), type: stopPaymentOrdered.type, subject: orderId, to: 'banks', receivedAt: scene.clock.now() }),
  );

/** Lets the clock act on everything that is due by the scene's hour. */
export const tick = (scene: Scene): Promise<number> =>
  fireDeadlines({ agency: 'police', database: scene.database.worker, clock: scene.clock }, {
    ...stopPaymentDeadlines({ ...scene.ground, clock: scene.clock }),
    ...batchDeadlines({ ...scene.ground, clock: scene.clock }),
  });

/** The request as it stands. */
export const requestOf = (scene: Scene, id: string): Promise<StopPaymentRequest> => asMachine(scene, (manager) => manager.findOneByOrFail(StopPaymentRequest, { id }));

/** The requests of a batch, in the order of the proposal. */
export const requestsOf = (scene: Scene, { id }: Pick<StopPaymentBatch, 'id'>): Promise<StopPaymentRequest[]> =>
  asMachine(scene, (manager) => manager.find(StopPaymentRequest, { where: { batchId: id }, order: { createdAt: 'asc', id: 'asc' } }));

/** Proposes with sensible words where nothing is said. */
export const propose = (scene: Scene, caseId: string, input: Partial<ProposeStopPayments> & Pick<ProposeStopPayments, 'items'>, caller: Caller = callers.officer) =>
  proposeStopPayments(scene.by(caller), { idempotencyKey: newId(), caseId, reason: '冒充客服诱导转账', ...input });

/** Approves as the county's leader where nothing else is said. */
export const approve = (scene: Scene, batch: Pick<StopPaymentBatch, 'id' | 'version'>, over: Partial<ApproveStopPaymentBatch> = {}, caller: Caller = callers.leader) =>
  approveStopPaymentBatch(scene.by(caller), { idempotencyKey: newId(), batchId: batch.id, version: batch.version, ...over });

/** A case with its transfers proposed as one batch. */
export async function proposed(scene: Scene, wishes: CaseWishes = {}): Promise<{ placed: PlacedCase; batch: StopPaymentBatch; requests: StopPaymentRequest[] }> {
  const placed = await placeCase(scene, wishes);
  const batch = succeeded(await propose(scene, placed.id, { items: placed.transferIds.map((transferId) => ({ transferId })) }, wishes.officer ?? callers.officer));
  return { placed, batch, requests: await requestsOf(scene, batch) };
}

/** The same, approved; the first request beside the whole. */
export async function ordered(scene: Scene, wishes: CaseWishes = {}): Promise<{ placed: PlacedCase; batch: StopPaymentBatch; request: StopPaymentRequest }> {
  const { placed, batch } = await proposed(scene, wishes);
  const approved = succeeded(await approve(scene, batch));
  const [request] = await requestsOf(scene, approved);
  if (!request) throw new Error('the batch has no request');
  return { placed, batch: approved, request };
}

/** Orders a release as the county's leader. */
export const release = (scene: Scene, { id, version }: StopPaymentRequest, caller: Caller = callers.leader) =>
  orderStopPaymentRelease(scene.by(caller), { idempotencyKey: newId(), requestId: id, version, reason: 'ERROR' });

/** One number from the database, by the clock's hand. */
export async function countOf(scene: Scene, sql: string, parameters: readonly unknown[] = []): Promise<number> {
  const rows = await scene.database.worker.asCaller(clockCaller('police'), (manager) => manager.query<{ count: string }[]>(sql, [...parameters]));
  return Number(rows[0]?.count);
}
