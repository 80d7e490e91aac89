import { newId } from '@lianfang/database';
import { callers } from '@lianfang/testing';
import type { Caller } from '@lianfang/vocabulary';
import { approve, deliver, notExecuted, proposed, requestOf, requestsOf, stopped } from '../testing/bank-answers';
import { newHolder, NOON, openScene, refusalsOf, succeeded, type Scene } from '../testing/stop-payment-scene';
import { correctStopPayments, retryStopPaymentBatch, type CorrectStopPayments } from './repeat-stop-payment-batch.actions';
import { returnStopPaymentBatch } from './return-stop-payment-batch.actions';
import type { StopPaymentBatch } from './stop-payment-batch.entity';
import type { NotExecutedReason } from './stop-payment-codes';
import type { StopPaymentRequest } from './stop-payment-request.entity';

let scene: Scene;
beforeAll(async () => void (scene = await openScene()));
beforeEach(() => scene.clock.set(NOON));
afterAll(() => scene?.close());

/** A batch whose requests a bank answered, one reason each; null is a stop. */
async function answered(reasons: readonly (NotExecutedReason | null)[]): Promise<{ batch: StopPaymentBatch; requests: StopPaymentRequest[] }> {
  const { batch, requests } = await proposed(scene, { holders: reasons.map(() => newHolder()) });
  const approved = succeeded(await approve(scene, batch));
  for (const [place, { id }] of requests.entries()) {
    const reason = reasons[place] ?? null;
    await deliver(scene, reason === null ? stopped(scene, id) : notExecuted(scene, id, { reason }));
  }
  return { batch: approved, requests: await Promise.all(requests.map(({ id }) => requestOf(scene, id))) };
}

const retry = ({ id }: Pick<StopPaymentBatch, 'id'>, caller: Caller = callers.officer, over: { idempotencyKey?: string; reason?: string } = {}) =>
  retryStopPaymentBatch(scene.by(caller), { idempotencyKey: newId(), batchId: id, ...over });
const correct = ({ id }: Pick<StopPaymentBatch, 'id'>, corrections: CorrectStopPayments['corrections']) =>
  correctStopPayments(scene.by(callers.officer), { idempotencyKey: newId(), batchId: id, corrections });
const correcting = (requests: readonly StopPaymentRequest[], place: number, changes: CorrectStopPayments['corrections'][number]['changes']) => {
  const request = requests[place];
  if (!request) throw new Error(`no request at ${place}`);
  return { requestId: request.id, version: request.version, changes };
};

describe('the failed of a batch', () => {
  it('are proposed again in one batch: technical causes and lapsed orders, no mismatch, no lawful refusal, no stop', async () => {
    const { batch, requests } = await answered(['TECHNICAL', 'MISMATCH_NAME', 'ORDER_EXPIRED', 'EXEMPT_ACCOUNT', null, 'TECHNICAL']);

    const again = await requestsOf(scene, succeeded(await retry(batch)));

    expect(again.map(({ correctsId }) => correctsId).sort()).toEqual([0, 2, 5].map((place) => requests[place]?.id).sort());
    expect(again.map(({ state, ordinal }) => [state, ordinal])).toEqual([['PROPOSED', 1], ['PROPOSED', 1], ['PROPOSED', 1]]);
    expect(new Set(again.map(({ batchId }) => batchId)).size).toBe(1);
  });

  it('need the second person again', async () => {
    const { batch } = await answered(['TECHNICAL']);
    const again = succeeded(await retry(batch));

    expect(refusalsOf(await approve(scene, again, {}, { ...callers.leader, id: callers.officer.id }))).toEqual(['SAME_PERSON']);
    expect(succeeded(await approve(scene, again)).decision).toBe('APPROVED');
  });

  it('are proposed once, also by two officers at one moment, and again when their batch was returned', async () => {
    const { batch } = await answered(['TECHNICAL', 'ORDER_EXPIRED']);

    const outcomes = await Promise.all([retry(batch), retry(batch, { ...callers.officer, id: newId() })]);

    expect(outcomes.filter((outcome) => 'refusals' in outcome).map(refusalsOf)).toEqual([['NOTHING_TO_RETRY at batchId']]);
    const first = outcomes.find((outcome) => !('refusals' in outcome)) as StopPaymentBatch;
    succeeded(await returnStopPaymentBatch(scene.by(callers.leader), { idempotencyKey: newId(), batchId: first.id, version: first.version, reason: '请先致电银行' }));
    expect(await requestsOf(scene, succeeded(await retry(batch)))).toHaveLength(2);
  });

  it('are the same batch for the same key', async () => {
    const { batch } = await answered(['TECHNICAL']);
    const idempotencyKey = newId();

    const [one, other] = [succeeded(await retry(batch, callers.officer, { idempotencyKey })), succeeded(await retry(batch, callers.officer, { idempotencyKey }))];

    expect(other.id).toBe(one.id);
  });

  it('are none where all were stopped or lawfully refused, and nothing for who may not propose', async () => {
    const { batch } = await answered([null, 'FUNDS_MOVED', 'MISMATCH_TIME']);
    const failed = await answered(['TECHNICAL']);

    expect(refusalsOf(await retry(batch))).toEqual(['NOTHING_TO_RETRY at batchId']);
    expect(refusalsOf(await retry(failed.batch, callers.leader))).toEqual(['NOT_ALLOWED']);
    expect(refusalsOf(await retry({ id: newId() }))).toEqual(['NOT_FOUND at batchId']);
    expect(refusalsOf(await retry(failed.batch, callers.officer, { reason: '20260506' }))).toEqual(['REASON_ONLY_NUMBER at reason']);
  });
});

describe('corrections of several rows', () => {
  it('become one batch, each with what differs', async () => {
    const { batch, requests } = await answered(['MISMATCH_NAME', 'MISMATCH_AMOUNT', 'TECHNICAL']);

    const corrected = await requestsOf(scene, succeeded(await correct(batch, [
      correcting(requests, 0, { nameUnknown: true }), correcting(requests, 1, { amount: '29999.99' }), correcting(requests, 2, {}),
    ])));

    const of = (place: number) => corrected.find(({ correctsId }) => correctsId === requests[place]?.id);
    expect(of(0)?.holderNameSealed).toBeNull();
    expect(of(1)?.factFen).toBe(2_999_999n);
    expect(of(2)?.factFen).toBe(requests[2]?.factFen);
    expect(new Set(corrected.map(({ batchId }) => batchId)).size).toBe(1);
  });

  it('leave nothing out in silence: every row that cannot be corrected is told with its place', async () => {
    const { batch, requests } = await answered(['MISMATCH_NAME', 'MISMATCH_AMOUNT', 'CLOSED', 'MISMATCH_TIME', null]);

    const stored = succeeded(await correct(batch, [
      correcting(requests, 0, { holderName: '更正虚构名' }),
      correcting(requests, 1, { amount: '3万' }),
      correcting(requests, 2, { amount: '1' }),
      correcting(requests, 3, {}),
      { ...correcting(requests, 4, {}), version: 1 },
      { requestId: newId(), version: 1, changes: {} },
      correcting(requests, 0, { nameUnknown: true }),
    ]));

    expect(stored.refusedItems.flatMap(({ position, refusals }) => refusals.map(({ code, path }) => `${position} ${code} ${path ?? ''}`.trim()))).toEqual([
      '1 AMOUNT_WITH_UNIT corrections.1.changes.amount',
      '2 CORRECTION_NOT_POSSIBLE',
      '3 CORRECTION_CHANGES_NOTHING corrections.3.changes',
      '4 CHANGED_MEANWHILE corrections.4.version',
      '5 NOT_FOUND corrections.5.requestId',
      '6 ACCOUNT_TWICE_IN_BATCH corrections.6',
    ]);
    expect(await requestsOf(scene, stored)).toHaveLength(1);
  });

  it('are refused when there are none, or none is left', async () => {
    const { batch, requests } = await answered(['MISMATCH_NAME']);

    expect(refusalsOf(await correct(batch, []))).toEqual(['BATCH_EMPTY at corrections']);
    expect(refusalsOf(await correct(batch, [correcting(requests, 0, {})]))).toEqual(['CORRECTION_CHANGES_NOTHING at corrections.0.changes']);
  });
});
