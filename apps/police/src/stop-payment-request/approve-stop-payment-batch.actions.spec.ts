import { newId } from '@lianfang/database';
import { OutboxMessage } from '@lianfang/exchange';
import { callers } from '@lianfang/testing';
import { isRefused, stopPaymentOrdered } from '@lianfang/vocabulary';
import { approve, asMachine, countOf, ordered, propose, proposed, requestOf, requestsOf } from '../testing/bank-answers';
import { newHolder, openScene, refusalsOf, succeeded, type Scene } from '../testing/stop-payment-scene';
import { approveStopPaymentBatch } from './approve-stop-payment-batch.actions';
import { cancelStopPaymentRequest } from './cancel-stop-payment-request.actions';
import { returnStopPaymentBatch } from './return-stop-payment-batch.actions';

let scene: Scene;
beforeAll(async () => void (scene = await openScene()));
afterAll(() => scene?.close());

const fiveHolders = () => [newHolder('B001'), newHolder('B002'), newHolder('B003'), newHolder('B001'), newHolder('B002')];
const ordersOf = (ids: readonly string[]) => asMachine(scene, (manager) => manager.createQueryBuilder(OutboxMessage, 'message').where('message.subject = any(:ids)', { ids }).getMany());
const otherLeader = { ...callers.leader, id: newId() };

describe('an approval', () => {
  it('orders every request of the batch with its own message', async () => {
    const { placed, batch, requests } = await proposed(scene, { holders: fiveHolders() });

    const approved = succeeded(await approve(scene, batch, { legalDocumentNumber: '虚公（刑）止字〔2026〕12号' }));

    const messages = await ordersOf(requests.map(({ id }) => id));
    expect(approved).toMatchObject({ decision: 'APPROVED', approverId: callers.leader.id, legalDocumentNumber: '虚公（刑）止字〔2026〕12号', version: 2 });
    expect(new Set(messages.map(({ subject }) => subject)).size).toBe(5);
    expect(messages.every(({ type, urgent, partner }) => type === stopPaymentOrdered.type && urgent && partner === 'banks')).toBe(true);
    const order = stopPaymentOrdered.data.parse(JSON.parse(messages[0]?.content?.open() ?? '{}'));
    expect(order).toMatchObject({ caseNumber: placed.caseNumber, hold: { whole: true }, ordinal: 1, layer: 1, legalDocument: { number: '虚公（刑）止字〔2026〕12号', sha256: null } });
    expect(order.facts).toMatchObject({ payeeKind: 'BANK_CARD', amount: { currency: 'CNY' } });
    expect(order.asker).toMatchObject({ unit: '990101000000', dutyPhone: '0990-990101', operatorName: callers.officer.name, approverName: callers.leader.name });
    expect(new Date(order.validUntil).getTime() - new Date(order.orderedAt).getTime()).toBe(24 * 3_600_000);
    expect((await requestOf(scene, requests[0]?.id ?? '')).state).toBe('ORDERED');
  });

  it('may leave requests out: they are returned with the reason', async () => {
    const { batch, requests } = await proposed(scene, { holders: fiveHolders() });
    const [excluded] = requests;

    expect(refusalsOf(await approve(scene, batch, { exclude: [excluded?.id ?? ''] }))).toEqual(['REASON_REQUIRED at reason']);
    succeeded(await approve(scene, batch, { exclude: [excluded?.id ?? ''], reason: '凭证不清' }));

    expect((await requestsOf(scene, batch)).map(({ state }) => state).sort()).toEqual(['ORDERED', 'ORDERED', 'ORDERED', 'ORDERED', 'RETURNED']);
    expect(await ordersOf([excluded?.id ?? ''])).toEqual([]);
    expect(await countOf(scene, `select count(*) from account_stop where id = $1 and counting = 'VOID'`, [excluded?.id])).toBe(1);
  });

  it('is refused to the person who proposed (86-1)', async () => {
    const twoHats = { ...callers.officer, roles: ['POLICE_OFFICER', 'POLICE_LEADER'] as const };
    const { batch } = await proposed(scene, { holders: [newHolder()] });

    expect(refusalsOf(await approve(scene, batch, {}, twoHats))).toEqual(['SAME_PERSON']);
  });

  it.each([
    ['an officer', callers.secondOfficer, 'NOT_ALLOWED'],
    ['a leader of another province', callers.leaderElsewhere, 'NOT_FOUND at batchId'],
    ['the duty officer', callers.dutyOfficer, 'NOT_ALLOWED'],
  ])('is refused to %s', async (_, caller, refusal) => {
    const { batch } = await proposed(scene, { holders: [newHolder()] });

    expect(refusalsOf(await approve(scene, batch, {}, caller))).toEqual([refusal]);
  });

  it.each([
    ['a document number in round brackets', { legalDocumentNumber: '虚公止字(2026)1号' }, 'DOCUMENT_NUMBER_BRACKETS at legalDocumentNumber'],
    ["last year's document number", { legalDocumentNumber: '虚公止字〔2025〕1号' }, 'DOCUMENT_NUMBER_YEAR at legalDocumentNumber'],
    ['a hash that is none', { legalDocumentHash: 'abc' }, 'HASH_NOT_SHA256 at legalDocumentHash'],
    ['an unknown request to leave out', { exclude: ['no-id'], reason: '凭证不清' }, 'NOT_FOUND at exclude.0'],
    ['an old version of the batch', { version: 7 }, 'CHANGED_MEANWHILE at version'],
  ])('is refused with %s', async (_, over, refusal) => {
    const { batch } = await proposed(scene, { holders: [newHolder()] });

    expect(refusalsOf(await approve(scene, batch, over))).toEqual([refusal]);
  });

  it("is refused with another case's document number, and without one where it must be there", async () => {
    const legalDocumentNumber = '虚公止字〔2026〕99号';
    const first = await proposed(scene, { holders: [newHolder()] });
    const second = await proposed(scene, { holders: [newHolder()] });
    const strict = scene.withSettings({ stopPayment: { legalDocumentMayFollow: false } });
    succeeded(await approve(scene, first.batch, { legalDocumentNumber }));

    expect(refusalsOf(await approve(scene, second.batch, { legalDocumentNumber }))).toEqual(['DOCUMENT_NUMBER_USED at legalDocumentNumber']);
    expect(refusalsOf(await approve(strict, second.batch))).toEqual(['LEGAL_DOCUMENT_MISSING at legalDocumentNumber']);
  });

  it("is refused with another case's document number that was typed at the proposal", async () => {
    const legalDocumentNumber = '虚公止字〔2026〕98号';
    const first = await proposed(scene, { holders: [newHolder()] });
    const second = await proposed(scene, { holders: [newHolder()] });
    succeeded(await approve(scene, first.batch, { legalDocumentNumber }));
    await asMachine(scene, (manager) => manager.query('update stop_payment_request set legal_document_number = $1 where batch_id = $2', [legalDocumentNumber, second.batch.id]));

    expect(refusalsOf(await approve(scene, second.batch))).toEqual(['DOCUMENT_NUMBER_USED at legalDocumentNumber']);
  });

  it("is refused with the document number of another region's case, of which nothing else is told", async () => {
    const legalDocumentNumber = '虚公止字〔2026〕97号';
    const first = await proposed(scene, { holders: [newHolder()] });
    const elsewhere = await proposed(scene, { holders: [newHolder()], officer: callers.officerElsewhere });
    succeeded(await approve(scene, first.batch, { legalDocumentNumber }));

    const outcome = await approve(scene, elsewhere.batch, { legalDocumentNumber }, callers.leaderElsewhere);

    expect(outcome).toEqual(expect.objectContaining({ refusals: [{ code: 'DOCUMENT_NUMBER_USED', law: null, path: 'legalDocumentNumber', parameters: { number: legalDocumentNumber } }] }));
    expect((await requestsOf(scene, elsewhere.batch)).map(({ state }) => state)).toEqual(['PROPOSED']);
  });

  it('takes a document number for one case when two leaders of two regions approve at one moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const legalDocumentNumber = `虚公止字〔2026〕${500 + round}号`;
      const first = await proposed(scene, { holders: [newHolder()] });
      const elsewhere = await proposed(scene, { holders: [newHolder()], officer: callers.officerElsewhere });

      const outcomes = await Promise.all([approve(scene, first.batch, { legalDocumentNumber }), approve(scene, elsewhere.batch, { legalDocumentNumber }, callers.leaderElsewhere)]);

      expect(outcomes.filter(isRefused).map(refusalsOf)).toEqual([['DOCUMENT_NUMBER_USED at legalDocumentNumber']]);
      expect(await countOf(scene, `select count(*) from stop_payment_request where legal_document_number = $1 and ordered_at is not null`, [legalDocumentNumber])).toBe(1);
    }
  });

  it('may repeat the document number in a second batch of its case', async () => {
    const legalDocumentNumber = '虚公止字〔2026〕96号';
    const { placed, batch } = await proposed(scene, { holders: [newHolder()] });
    const holder = newHolder();
    const payee = { kind: 'BANK_CARD', accountNumber: holder.account, holderName: holder.name, amount: '30000.00', transferredAt: '2026-05-06 11:30:00' };
    const second = succeeded(await propose(scene, placed.id, { items: [{ payee }] }));
    succeeded(await approve(scene, batch, { legalDocumentNumber }));

    expect(succeeded(await approve(scene, second, { legalDocumentNumber })).decision).toBe('APPROVED');
  });

  it('is refused when the case has ended meanwhile', async () => {
    const { placed, batch } = await proposed(scene, { holders: [newHolder()] });
    await asMachine(scene, (manager) => manager.query(`update fraud_case set state = 'NOT_OPENED' where id = $1`, [placed.id]));

    expect(refusalsOf(await approve(scene, batch))).toEqual(['CASE_ENDED at caseId']);
  });

  it('is carried out once when two approvers come at one moment', async () => {
    const { batch, requests } = await proposed(scene, { holders: fiveHolders() });

    const outcomes = await Promise.all([approve(scene, batch), approve(scene, batch, {}, otherLeader)]);

    expect(outcomes.filter(isRefused).map(refusalsOf)).toEqual([['BATCH_DECIDED']]);
    expect(await ordersOf(requests.map(({ id }) => id))).toHaveLength(5);
  });

  it('is carried out once however often it is repeated', async () => {
    const { batch, requests } = await proposed(scene, { holders: [newHolder()] });
    const input = { idempotencyKey: newId(), batchId: batch.id, version: batch.version };

    const outcomes = await Promise.all(Array.from({ length: 20 }, () => approveStopPaymentBatch(scene.by(callers.leader), input)));

    expect(outcomes.every((outcome) => succeeded(outcome).decision === 'APPROVED')).toBe(true);
    expect(await ordersOf(requests.map(({ id }) => id))).toHaveLength(1);
  });

  it('never orders what was taken back at the same moment', async () => {
    for (let round = 0; round < 5; round += 1) {
      const { batch, requests } = await proposed(scene, { holders: fiveHolders() });
      const cancelled = requests[0]?.id ?? '';

      await Promise.all([approve(scene, batch), cancelStopPaymentRequest(scene.by(callers.officer), { idempotencyKey: newId(), requestId: cancelled, version: 1, reason: '填错账号' })]);

      const { state } = await requestOf(scene, cancelled);
      expect(await ordersOf([cancelled])).toHaveLength(state === 'ORDERED' ? 1 : 0);
      expect(['ORDERED', 'CANCELLED']).toContain(state);
    }
  });
});

describe('a batch that is not approved', () => {
  it('is returned with a reason, and its accounts may be proposed again', async () => {
    const holder = newHolder();
    const { batch } = await proposed(scene, { holders: [holder] });
    const returned = (reason: string) => returnStopPaymentBatch(scene.by(callers.leader), { idempotencyKey: newId(), batchId: batch.id, version: batch.version, reason });

    expect(refusalsOf(await returned(' '))).toEqual(['REASON_REQUIRED at reason']);
    expect(succeeded(await returned('请补充凭证')).decision).toBe('RETURNED');
    expect(refusalsOf(await approve(scene, batch))).toEqual(['BATCH_DECIDED']);
    await proposed(scene, { holders: [holder] });
    await proposed(scene, { holders: [holder] });
  });

  it('is over when its last request is taken back', async () => {
    const { batch, requests } = await proposed(scene, { holders: [newHolder()] });

    const cancelled = succeeded(await cancelStopPaymentRequest(scene.by(callers.officer), { idempotencyKey: newId(), requestId: requests[0]?.id ?? '', version: 1, reason: '填错账号' }));

    expect(cancelled.state).toBe('CANCELLED');
    expect(refusalsOf(await approve(scene, batch))).toEqual(['BATCH_DECIDED']);
  });

  it('cannot be taken back once it is ordered', async () => {
    const { request } = await ordered(scene, { holders: [newHolder()] });

    const outcome = await cancelStopPaymentRequest(scene.by(callers.officer), { idempotencyKey: newId(), requestId: request.id, version: request.version, reason: '填错账号' });

    expect(refusalsOf(outcome)).toEqual(['WRONG_STATE']);
  });
});

test('the database itself refuses an approval by the operator, and an order without its time', async () => {
  const { batch, requests } = await proposed(scene, { holders: [newHolder()] });
  const run = (sql: string, id: string | undefined) => asMachine(scene, (manager) => manager.query(sql, [id]));

  await expect(run(`update stop_payment_batch set decision = 'APPROVED', decided_at = now(), approver_id = operator_id where id = $1`, batch.id)).rejects.toThrow(/two_persons/);
  await expect(run(`update stop_payment_request set state = 'ORDERED' where id = $1`, requests[0]?.id)).rejects.toThrow(/stop_payment_request_ordered/);
  await expect(run(`update stop_payment_request set state = 'FROZEN', ordered_at = now() where id = $1`, requests[0]?.id)).rejects.toThrow(/stop_payment_request_state/);
});
