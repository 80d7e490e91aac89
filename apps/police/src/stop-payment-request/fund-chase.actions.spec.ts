import { callers } from '@lianfang/testing';
import { approve, asMachine, countOf, deliver, notExecuted, ordered, outflow, requestOf, requestsOf, stopped } from '../testing/bank-answers';
import { newHolder, openScene, refusalsOf, succeeded, type Scene } from '../testing/stop-payment-scene';
import { StopPaymentBatch } from './stop-payment-batch.entity';
import { StopPaymentOutflow } from './stop-payment-outflow.entity';
import { requestSecondStop } from './repeat-stop-payment.actions';
import { newId } from '@lianfang/database';

let scene: Scene;
beforeAll(async () => void (scene = await openScene()));
afterAll(() => scene?.close());

const machineBatches = (caseId: string) => asMachine(scene, (manager) => manager.find(StopPaymentBatch, { where: { caseId, preparedBy: 'MACHINE' }, order: { createdAt: 'asc' } }));
const outflowsOf = (requestId: string) => asMachine(scene, (manager) => manager.find(StopPaymentOutflow, { where: { requestId }, order: { position: 'asc' } }));
const into = (holder: ReturnType<typeof newHolder>, fen = '500000') => outflow(scene, { accountNumber: holder.account, holderName: holder.name, amount: { fen, currency: 'CNY' } });
const theOne = <T>(list: readonly T[]): T => {
  expect(list).toHaveLength(1);
  return list[0] as T;
};

describe('the outflows of an answer', () => {
  it('become one batch of the next layer that a person approves, one request per account', async () => {
    const { placed, request } = await ordered(scene, { holders: [newHolder()] });
    const [left, right] = [newHolder('B002'), newHolder('B003')];
    const answer = stopped(scene, request.id, { outflows: [into(left, '500000'), into(right, '700000'), into(left, '300000')] });

    await deliver(scene, answer);
    await deliver(scene, answer);

    const batch = theOne(await machineBatches(placed.id));
    const requests = await requestsOf(scene, batch);
    expect(batch).toMatchObject({ preparedBy: 'MACHINE', operatorId: callers.officer.id, layer: 2, decision: null });
    expect(requests.map(({ institution, factFen, layer, parentRequestId, state }) => [institution, factFen, layer, parentRequestId, state])).toEqual([
      ['B002', 500_000n, 2, request.id, 'PROPOSED'],
      ['B003', 700_000n, 2, request.id, 'PROPOSED'],
    ]);
    expect((await outflowsOf(request.id)).every(({ proposedRequestId, notProposedCode }) => proposedRequestId !== null && notProposedCode === null)).toBe(true);
    expect(refusalsOf(await approve(scene, batch, {}, { ...callers.leader, id: callers.officer.id }))).toEqual(['SAME_PERSON']);
    succeeded(await approve(scene, batch));
    expect((await requestsOf(scene, batch)).every(({ state }) => state === 'ORDERED')).toBe(true);
  });

  it('hold an amount of one currency: what went out in another is not added to it', async () => {
    const { placed, request } = await ordered(scene, { holders: [newHolder()] });
    const shop = { ...newHolder('B002'), name: '虚构贸易有限公司' };

    await deliver(scene, stopped(scene, request.id, { outflows: [into(shop, '500000'), { ...into(shop, '300000'), amount: { fen: '300000', currency: 'USD' } }] }));

    const [proposed] = await requestsOf(scene, theOne(await machineBatches(placed.id)));
    expect(proposed).toMatchObject({ wholeAccount: false, amountFen: 500_000n, factFen: 500_000n, currency: 'CNY' });
  });

  it('of an account that was emptied before the stop (FUNDS_MOVED) are followed too', async () => {
    const { placed, request } = await ordered(scene, { holders: [newHolder()] });

    await deliver(scene, notExecuted(scene, request.id, { reason: 'FUNDS_MOVED', outflows: [into(newHolder('B002'))] }));

    expect(await requestsOf(scene, theOne(await machineBatches(placed.id)))).toHaveLength(1);
  });

  it('hold the whole of a mule card in layer 2, and the tainted amount from layer 3 on', async () => {
    const { placed, request } = await ordered(scene, { holders: [newHolder()] });
    await deliver(scene, stopped(scene, request.id, { outflows: [into(newHolder('B002'))] }));
    const second = theOne(await machineBatches(placed.id));
    succeeded(await approve(scene, second));
    const [layerTwo] = await requestsOf(scene, second);

    const holder = newHolder('B003');
    await deliver(scene, stopped(scene, layerTwo?.id ?? '', { outflows: [into(holder, '300000'), into(holder, '100000')] }));

    const third = (await machineBatches(placed.id)).find(({ layer }) => layer === 3);
    expect(layerTwo).toMatchObject({ wholeAccount: true, amountFen: null });
    expect(await requestsOf(scene, third ?? { id: newId() })).toEqual([expect.objectContaining({ layer: 3, wholeAccount: false, amountFen: 400_000n, factFen: 300_000n })]);
  });

  it.each([
    ['without an account number', () => outflow(scene), 'CHASE_ACCOUNT_UNKNOWN'],
    ['with a masked number', () => outflow(scene, { accountNumber: '9900****11' }), 'CHASE_ACCOUNT_UNKNOWN'],
    ['into an unknown institution', () => outflow(scene, { accountNumber: '8811110000000000015' }), 'CHASE_INSTITUTION_UNKNOWN'],
    ['of small change', () => into(newHolder(), '9999'), 'CHASE_AMOUNT_LIMIT'],
    ['into a merchant', () => outflow(scene, { accountNumber: newHolder('P001').account, holderName: '虚构商贸有限公司', institution: 'P001' }), 'CHASE_NEEDS_A_PERSON'],
    ['into a reserve account', () => outflow(scene, { accountNumber: newHolder().account, holderName: '虚构支付客户备付金' }), 'CHASE_NEEDS_A_PERSON'],
  ])('%s are kept, with the reason why the machine proposed nothing', async (_, flowOf, code) => {
    const { placed, request } = await ordered(scene, { holders: [newHolder()] });

    await deliver(scene, stopped(scene, request.id, { outflows: [flowOf()] }));

    expect((await outflowsOf(request.id)).map(({ notProposedCode }) => notProposedCode)).toEqual([code]);
    expect(await machineBatches(placed.id)).toEqual([]);
    expect((await requestOf(scene, request.id)).state).toBe('STOPPED');
  });

  it('end at the deepest layer of the settings and at the most accounts', async () => {
    const shallow = scene.withSettings({ stopPayment: { chase: { deepestLayer: 1 } } });
    const narrow = scene.withSettings({ stopPayment: { chase: { mostAccounts: 1 } } });
    const first = (await ordered(scene, { holders: [newHolder()] })).request;
    const second = (await ordered(scene, { holders: [newHolder()] })).request;

    await deliver(shallow, stopped(scene, first.id, { outflows: [into(newHolder())] }));
    await deliver(narrow, stopped(scene, second.id, { outflows: [into(newHolder(), '400000'), into(newHolder(), '900000')] }));

    expect((await outflowsOf(first.id)).map(({ notProposedCode }) => notProposedCode)).toEqual(['CHASE_LAYER_LIMIT']);
    expect((await outflowsOf(second.id)).map(({ notProposedCode }) => notProposedCode)).toEqual(['CHASE_BATCH_LIMIT', null]);
  });

  it('are not proposed again by a second stop that lists the same transactions, even when a person had returned them', async () => {
    const { placed, request } = await ordered(scene, { holders: [newHolder()] });
    const flows = [into(newHolder('B002'))];
    await deliver(scene, stopped(scene, request.id, { outflows: flows }));
    const seen = await requestOf(scene, request.id);
    const again = succeeded(await requestSecondStop(scene.by(callers.officer), { idempotencyKey: newId(), requestId: seen.id, version: seen.version, reason: '尚未立案' }));
    succeeded(await approve(scene, again));
    const [second] = await requestsOf(scene, again);

    await deliver(scene, stopped(scene, second?.id ?? '', { outflows: flows }));

    expect(await machineBatches(placed.id)).toHaveLength(1);
    expect(await outflowsOf(second?.id ?? '')).toEqual([expect.objectContaining({ notProposedCode: 'CHASE_ALREADY_COVERED', proposedRequestId: expect.any(String) as string })]);
  });

  it('are sealed in their rows', async () => {
    const { request } = await ordered(scene, { holders: [newHolder()] });
    const holder = newHolder('B002');

    await deliver(scene, stopped(scene, request.id, { outflows: [into(holder)] }));

    expect(await countOf(scene, `select count(*) from stop_payment_outflow o where request_id = $1 and position($2 in o::text) + position($3 in o::text) = 0`, [request.id, holder.account, holder.name])).toBe(1);
  });
});
