import { newId } from '@lianfang/database';
import { OutboxMessage } from '@lianfang/exchange';
import { callers, people } from '@lianfang/testing';
import { HOUR, type Caller } from '@lianfang/vocabulary';
import { FraudCase } from '../fraud-case/fraud-case.entity';
import { Notice } from '../notice/notice.entity';
import { approve, asMachine, countOf, deliver, notExecuted, outflow, propose, released, requestOf, requestsOf, stopped, tick } from '../testing/bank-answers';
import { newHolder, NOON, openScene, placeCase, refusalsOf, succeeded, type PlacedCase, type Scene } from '../testing/stop-payment-scene';
import { orderStopPaymentRelease } from './order-stop-payment-release.actions';
import { correctStopPayment, requestSecondStop } from './repeat-stop-payment.actions';
import { retryStopPaymentBatch } from './repeat-stop-payment-batch.actions';
import { requestProtectiveHold, type RequestProtectiveHold } from './request-protective-hold.actions';
import type { StopPaymentBatch } from './stop-payment-batch.entity';
import type { StopPaymentRequest } from './stop-payment-request.entity';

let scene: Scene;
beforeAll(async () => void (scene = await openScene()));
beforeEach(() => scene.clock.set(NOON));
afterAll(() => scene?.close());

const ask = ({ id }: Pick<PlacedCase, 'id'>, over: Partial<RequestProtectiveHold> = {}, caller: Caller = callers.officer) =>
  requestProtectiveHold(scene.by(caller), { idempotencyKey: newId(), caseId: id, askedByHolder: true, ...over });

const only = async (batch: StopPaymentBatch): Promise<StopPaymentRequest> => {
  const [request] = await requestsOf(scene, batch);
  if (!request) throw new Error('the batch has no request');
  return request;
};

/** A hold that the second person approved, of a victim with an account of its own. */
async function approvedHold(over: Partial<FraudCase> = {}): Promise<{ placed: PlacedCase; batch: StopPaymentBatch; request: StopPaymentRequest }> {
  const victim = newHolder('B002');
  const placed = await placeCase(scene, { victim, over, holders: [newHolder()] });
  const batch = succeeded(await approve(scene, succeeded(await ask(placed))));
  return { placed, batch, request: await only(batch) };
}

const orderOf = (id: string) => asMachine(scene, (manager) => manager.findOneByOrFail(OutboxMessage, { subject: id }));
const noticesOf = (id: string) => asMachine(scene, (manager) => manager.find(Notice, { where: { requestId: id }, order: { id: 'ASC' } }));

describe('a protective hold', () => {
  it('protects every account from which the victim paid, whole, without a transfer to match and outside the two stops', async () => {
    const { request } = await approvedHold();

    expect(request).toMatchObject({ kind: 'PROTECTIVE_HOLD', state: 'ORDERED', institution: 'B002', wholeAccount: true, factFen: null, transferredAt: null });
    const order = JSON.parse((await orderOf(request.id)).content?.open() ?? 'null') as unknown;
    expect(order).toMatchObject({ kind: 'PROTECTIVE_HOLD', hold: { whole: true }, facts: { holderName: request.holderNameSealed?.open(), amount: null, transferredAt: null }, payer: null });
    expect(await countOf(scene, 'select count(*) from account_stop where id = $1', [request.id])).toBe(0);
  });

  it('may name an account from which nothing was paid; the holder is the payer of the case', async () => {
    const placed = await placeCase(scene, { victim: people.victim });
    const other = newHolder('P001');

    const request = await only(succeeded(await ask(placed, { accounts: [{ accountNumber: other.account }], reason: '手机被远程控制，其他账户也有风险' })));

    expect(request).toMatchObject({ institution: 'P001', payeeKind: 'PAYMENT_ACCOUNT', institutionSource: 'PREFIX' });
    expect(request.holderNameSealed?.open()).toBe(people.victim.name);
  });

  it('needs the second person, of the level of a stop', async () => {
    const batch = succeeded(await ask(await placeCase(scene, { victim: newHolder() })));

    expect(refusalsOf(await approve(scene, batch, {}, { ...callers.leader, id: callers.officer.id }))).toEqual(['SAME_PERSON']);
    succeeded(await approve(scene, batch));
  });

  it('is stopped by the bank, tells the holder so in its own words, and is neither chased nor readied for a freeze', async () => {
    const { request } = await approvedHold();

    await deliver(scene, stopped(scene, request.id, { outflows: [outflow(scene, { accountNumber: newHolder('B003').account })] }));
    scene.clock.advance(25 * HOUR);
    await tick(scene);

    expect(await requestOf(scene, request.id)).toMatchObject({ state: 'STOPPED', heldFen: 2_000_000n });
    const notices = await noticesOf(request.id);
    expect(notices.map(({ kind, storedLines }) => [kind, storedLines.map(({ code }) => code)])).toEqual([['MEASURE_TAKEN', ['PROTECTIVE_HOLD_TAKEN', 'PROTECTIVE_HOLD_REMEDY']]]);
    expect(await countOf(scene, 'select count(*) from stop_payment_request where parent_request_id = $1', [request.id])).toBe(0);
  });

  it.each(['phoneControlled', 'callsForwarded', 'screenShared'] as const)('says that the phone is no way to tell the holder when the case says %s', async (flag) => {
    const { request } = await approvedHold({ [flag]: true });

    await deliver(scene, stopped(scene, request.id));

    expect((await noticesOf(request.id))[0]?.storedLines.map(({ code }) => code)).toContain('NOT_BY_PHONE');
  });

  it('ends at the holder’s wish, or after 48 hours, and may then be asked for again', async () => {
    const { placed, request } = await approvedHold();
    await deliver(scene, stopped(scene, request.id));
    expect(refusalsOf(await ask(placed))).toEqual(['PROTECTIVE_HOLD_STANDS at accounts.0']);

    const { version } = await requestOf(scene, request.id);
    succeeded(await orderStopPaymentRelease(scene.by(callers.leader), { idempotencyKey: newId(), requestId: request.id, version, reason: 'WITHDRAWN_BY_VICTIM' }));
    await deliver(scene, released(scene, request.id, 'POLICE'));
    expect(await requestOf(scene, request.id)).toMatchObject({ state: 'RELEASED', releaseReason: 'WITHDRAWN_BY_VICTIM' });

    const again = await only(succeeded(await approve(scene, succeeded(await ask(placed)))));
    await deliver(scene, stopped(scene, again.id));
    scene.clock.advance(48 * HOUR);
    await tick(scene);
    await deliver(scene, released(scene, again.id, 'EXPIRY'));
    expect((await requestOf(scene, again.id)).state).toBe('EXPIRED');
    succeeded(await ask(placed));
  });

  it.each(['intakeOfficer', 'officer', 'dutyOfficer', 'leaderElsewhere'] as const)('is not released by %s, whatever the holder is said to wish: whoever holds the phone may be the fraudster', async (who) => {
    const { request } = await approvedHold();
    await deliver(scene, stopped(scene, request.id));
    const { version } = await requestOf(scene, request.id);

    const outcome = await orderStopPaymentRelease(scene.by(callers[who]), { idempotencyKey: newId(), requestId: request.id, version, reason: 'WITHDRAWN_BY_VICTIM' });

    expect(refusalsOf(outcome)).toEqual([who === 'leaderElsewhere' ? 'NOT_FOUND at requestId' : 'NOT_ALLOWED']);
    expect(await requestOf(scene, request.id)).toMatchObject({ state: 'STOPPED', version });
  });

  it('is neither corrected, nor followed by a second, nor retried: it is asked for anew', async () => {
    const { placed, batch, request } = await approvedHold();
    await deliver(scene, notExecuted(scene, request.id, { reason: 'TECHNICAL' }));
    const { version } = await requestOf(scene, request.id);
    const step = { idempotencyKey: newId(), requestId: request.id, version };

    expect(refusalsOf(await correctStopPayment(scene.by(callers.officer), { ...step, changes: {} }))).toEqual(['PROTECTIVE_HOLD_ANEW at requestId']);
    expect(refusalsOf(await requestSecondStop(scene.by(callers.officer), { ...step, idempotencyKey: newId(), reason: '仍有风险' }))).toEqual(['PROTECTIVE_HOLD_ANEW at requestId']);
    expect(refusalsOf(await retryStopPaymentBatch(scene.by(callers.officer), { idempotencyKey: newId(), batchId: batch.id }))).toEqual(['NOTHING_TO_RETRY at batchId']);
    succeeded(await ask(placed));
  });

  it('leaves a stop of the same account in its own place', async () => {
    const placed = await placeCase(scene, { victim: newHolder() });
    const account = newHolder('B001').account;
    succeeded(await ask(placed, { accounts: [{ accountNumber: account }] }));

    succeeded(await propose(scene, placed.id, { items: [{ payee: { kind: 'BANK_CARD', accountNumber: account, nameUnknown: true, amount: '1', transferredAt: '2026-05-06 11:00' } }] }));
  });
});

describe('a protective hold is refused', () => {
  it('when the holder did not ask, before acceptance, and without an account', async () => {
    const placed = await placeCase(scene, { victim: newHolder(), holders: [] });
    const reported = await placeCase(scene, { over: { state: 'REPORTED', acceptedAt: null, acceptedById: null } });

    expect(refusalsOf(await ask(placed, { askedByHolder: false, accounts: [] }))).toEqual(['PROTECTIVE_HOLD_NOT_ASKED at askedByHolder', 'VALUE_MISSING at accounts']);
    expect(refusalsOf(await ask(placed))).toEqual(['VALUE_MISSING at accounts']);
    expect(refusalsOf(await ask(reported))).toEqual(['CASE_NOT_ACCEPTED at caseId']);
  });

  it('row by row: a payee, an account twice, an unknown institution, a masked number', async () => {
    const holder = newHolder();
    const placed = await placeCase(scene, { victim: newHolder('B003'), holders: [holder] });
    const own = newHolder().account;

    const batch = succeeded(await ask(placed, {
      accounts: [{ accountNumber: holder.account }, { accountNumber: own }, { accountNumber: own }, { accountNumber: '6200000000000001' }, { accountNumber: '9900****0001', institution: 'B001' }, { accountNumber: newHolder().account, institution: 'B9' }],
    }));

    expect(batch.refusedItems.flatMap(({ refusals }) => refusals.map(({ code, path }) => `${code} at ${path ?? ''}`))).toEqual([
      'PROTECTIVE_HOLD_OF_PAYEE at accounts.0', 'ACCOUNT_TWICE_IN_BATCH at accounts.2', 'INSTITUTION_UNKNOWN at accounts.3.institution',
      'ACCOUNT_MASKED at accounts.4.accountNumber', 'INSTITUTION_NOT_LISTED at accounts.5.institution',
    ]);
    expect(await requestsOf(scene, batch)).toHaveLength(1);
  });

  it('to who may not propose, and once for two officers at one moment', async () => {
    const placed = await placeCase(scene, { victim: newHolder() });

    expect(refusalsOf(await ask(placed, {}, callers.leader))).toEqual(['NOT_ALLOWED']);
    const outcomes = await Promise.all([ask(placed), ask(placed, {}, { ...callers.officer, id: newId() })]);
    expect(outcomes.filter((outcome) => 'refusals' in outcome).map(refusalsOf)).toEqual([['PROTECTIVE_HOLD_STANDS at accounts.0']]);
  });
});
