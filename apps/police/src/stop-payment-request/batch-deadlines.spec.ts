import { newId } from '@lianfang/database';
import { callers } from '@lianfang/testing';
import { MINUTE } from '@lianfang/vocabulary';
import { approve, asMachine, countOf, proposed, tick } from '../testing/bank-answers';
import { newHolder, NOON, openScene, placeCase, succeeded, type Scene } from '../testing/stop-payment-scene';
import { cancelStopPaymentRequest } from './cancel-stop-payment-request.actions';
import { requestProtectiveHold } from './request-protective-hold.actions';
import { returnStopPaymentBatch } from './return-stop-payment-batch.actions';

let scene: Scene;
beforeAll(async () => void (scene = await openScene()));
beforeEach(() => scene.clock.set(NOON));
afterAll(() => scene?.close());

const waiting = (where: { scene: Scene; caseId: string }) =>
  asMachine(where.scene, (manager) => manager.query(`select audience, unit_code, request_id, lines from notice where case_id = $1 and kind = 'BATCH_WAITING'`, [where.caseId]));

describe('a batch that waits for its approval', () => {
  it('is told after three minutes, once, to the leaders and the duty desk of its unit', async () => {
    const { placed, batch, requests } = await proposed(scene, { holders: [newHolder('B001'), newHolder('B002')] });
    const at = { scene, caseId: placed.id };

    scene.clock.advance(3 * MINUTE - 1);
    await tick(scene);
    expect(await waiting(at)).toEqual([]);
    scene.clock.advance(1);
    await tick(scene);
    scene.clock.advance(60 * MINUTE);
    await tick(scene);

    const [first] = [...requests].sort((one, other) => (one.id < other.id ? -1 : 1));
    const line = { code: 'BATCH_WAITING', path: null, parameters: { minutes: '3', accounts: '2' } };
    expect(await waiting(at)).toEqual([{ audience: 'APPROVERS', unit_code: batch.unitCode, request_id: first?.id, lines: [line] }]);
  });

  it('is told after the minutes that the deployment has set', async () => {
    const patient = scene.withSettings({ stopPayment: { batchWaiting: 10 * MINUTE } });
    const { placed } = await proposed(patient, { holders: [newHolder()] });

    scene.clock.advance(9 * MINUTE);
    await tick(patient);
    expect(await waiting({ scene, caseId: placed.id })).toEqual([]);
    scene.clock.advance(MINUTE);
    await tick(patient);

    expect(await waiting({ scene, caseId: placed.id })).toMatchObject([{ lines: [{ parameters: { minutes: '10', accounts: '1' } }] }]);
  });

  it("is told for a protective hold too: the victim's balance does not wait", async () => {
    const placed = await placeCase(scene);
    succeeded(await requestProtectiveHold(scene.by(callers.officer), { idempotencyKey: newId(), caseId: placed.id, askedByHolder: true }));

    scene.clock.advance(3 * MINUTE);
    await tick(scene);

    expect(await waiting({ scene, caseId: placed.id })).toHaveLength(1);
  });

  it('still waits when only one of its requests was cancelled', async () => {
    const { placed, requests } = await proposed(scene, { holders: [newHolder('B001'), newHolder('B002')] });
    succeeded(await cancelStopPaymentRequest(scene.by(callers.officer), { idempotencyKey: newId(), requestId: requests[0]?.id ?? '', version: 1, reason: '账号有误' }));

    scene.clock.advance(3 * MINUTE);
    await tick(scene);

    expect(await waiting({ scene, caseId: placed.id })).toMatchObject([{ request_id: requests[1]?.id, lines: [{ parameters: { accounts: '1' } }] }]);
  });
});

it.each([
  ['approved', (batch: { id: string; version: number }) => approve(scene, batch)],
  ['returned', ({ id, version }: { id: string; version: number }) => returnStopPaymentBatch(scene.by(callers.leader), { idempotencyKey: newId(), batchId: id, version, reason: '请核对账号' })],
])('nothing is told of a batch that was %s in time', async (_, decide) => {
  const { placed, batch } = await proposed(scene, { holders: [newHolder()] });
  succeeded<unknown>(await decide(batch));

  expect(await countOf(scene, 'select count(*) from deadline where thing_id = $1 and cancelled_at is null', [batch.id])).toBe(0);
  scene.clock.advance(3 * MINUTE);
  await tick(scene);

  expect(await waiting({ scene, caseId: placed.id })).toEqual([]);
});

it('nothing is told of a batch whose last request was cancelled', async () => {
  const { placed, batch, requests } = await proposed(scene, { holders: [newHolder()] });
  succeeded(await cancelStopPaymentRequest(scene.by(callers.officer), { idempotencyKey: newId(), requestId: requests[0]?.id ?? '', version: 1, reason: '账号有误' }));

  expect(await countOf(scene, 'select count(*) from deadline where thing_id = $1 and cancelled_at is null', [batch.id])).toBe(0);
  scene.clock.advance(3 * MINUTE);
  await tick(scene);

  expect(await waiting({ scene, caseId: placed.id })).toEqual([]);
});
