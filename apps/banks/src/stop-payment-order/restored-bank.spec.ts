import { people } from '@lianfang/testing';
import { HOUR, MINUTE, moneyOf } from '@lianfang/vocabulary';
import { Client } from 'pg';
import type { CoreBanking } from '../core-banking/core-banking';
import { postTransfer } from '../core-banking/ledger-posting';
import { openBankBench, transferredAt, type BankBench } from '../testing/bank-bench';
import type { CoreDesk } from './core-work';
import type { StopPaymentOrder } from './stop-payment-order.entity';

let bench: BankBench;
let tries = 0;

beforeAll(async () => {
  bench = await openBankBench();
});
afterAll(() => bench?.database.drop());
beforeEach(() => bench.clock.set(new Date(transferredAt.getTime() + 10 * MINUTE)));

const canPay = async (ref: string): Promise<string> =>
  (await postTransfer(bench.ledger, { reference: `try-${(tries += 1)}`, from: { ref }, to: 'CASH', amount: moneyOf(1n), kind: 'WITHDRAWAL' })).outcome;
const told = async ({ id }: StopPaymentOrder) => (await bench.posted(id)).map(({ type }) => type);

/** The records of an order go, as in a database that is set back to before them; its hold at the core system stays. */
async function forget({ id }: StopPaymentOrder): Promise<void> {
  const admin = new Client({ connectionString: bench.database.adminUrl });
  await admin.connect();
  await admin.query('delete from outbox_message where subject = $1', [id]);
  await admin.query('delete from deadline where thing_id = $1', [id]);
  await admin.query('delete from transition where thing_id = $1', [id]);
  await admin.query('delete from stop_payment_order where id = $1', [id]);
  await admin.end();
}

/** An order that the core system has held, and that the restored bank has received again. */
async function heldAndForgotten() {
  const account = await bench.openMuleAccount('B001', people.holder.name);
  const before = await bench.receive(account);
  await bench.work();
  await forget(before);
  const order = await bench.receive(account, { orderId: before.id, validUntil: new Date(bench.clock.now().getTime() + HOUR).toISOString() });
  expect([(await bench.load(order.id)).state, await canPay(account.ref)]).toEqual(['RECEIVED', 'REFUSED']);
  return { account, order };
}

/** A desk whose core system does what it is told, but dies or falls silent before it says so, once. */
function answeringLate(manner: 'DIES' | 'SILENT'): CoreDesk {
  let left = 1;
  const late = (core: CoreBanking): CoreBanking => ({
    ...core,
    release: async (orderId) => {
      const answer = await core.release(orderId);
      if ((left -= 1) < 0) return answer;
      if (manner === 'DIES') throw new Error('the process died here');
      return { outcome: 'UNCERTAIN', cause: 'no answer' };
    },
  });
  return { ...bench.desk, coreOf: (institution) => late(bench.desk.coreOf(institution)) };
}

describe('a bank restored to before an execution', () => {
  it('leaves no account held when the order is withdrawn: the stop and its end are told', async () => {
    const { account, order } = await heldAndForgotten();

    await bench.release(order.id);
    expect([(await bench.load(order.id)).state, await told(order)]).toEqual(['WITHDRAWING', []]);
    await bench.work();

    expect(await bench.load(order.id)).toMatchObject({ state: 'RELEASED', heldAmount: 3_000_000n, execution: 'STRAIGHT_THROUGH', claimedBy: null });
    expect(await told(order)).toEqual(['stop-payment.stopped.v1', 'stop-payment.released.v1']);
    expect(await canPay(account.ref)).toBe('POSTED');
  });

  it('leaves no account held when the order has expired: the stop and its end are told', async () => {
    const { account, order } = await heldAndForgotten();

    bench.clock.set(order.validUntil);
    await bench.work();

    expect(await bench.load(order.id)).toMatchObject({ state: 'EXPIRED', heldAmount: 3_000_000n });
    expect(await told(order)).toEqual(['stop-payment.stopped.v1', 'stop-payment.released.v1']);
    expect((await bench.posted(order.id)).at(-1)?.data).toMatchObject({ cause: 'EXPIRY' });
    expect(await canPay(account.ref)).toBe('POSTED');
  });

  it('holds once and goes on as before when the order is neither', async () => {
    const { account, order } = await heldAndForgotten();

    await bench.work();

    expect(await bench.load(order.id)).toMatchObject({ state: 'STOPPED', startedAt: new Date(transferredAt.getTime() + 10 * MINUTE) });
    expect(await canPay(account.ref)).toBe('REFUSED');
  });

  it.each(['DIES', 'SILENT'] as const)('asks again when the answer is lost after the core system has released (%s)', async (manner) => {
    const { account, order } = await heldAndForgotten();
    await bench.release(order.id);

    await bench.work(answeringLate(manner), () => undefined);
    expect([(await bench.load(order.id)).state, await told(order)]).toEqual(['WITHDRAWING', []]);
    bench.clock.advance(MINUTE);
    await bench.work();

    expect(await told(order)).toEqual(['stop-payment.stopped.v1', 'stop-payment.released.v1']);
    expect(await canPay(account.ref)).toBe('POSTED');
  });
});

describe('an order that nothing holds', () => {
  it('is answered as expired only once the core system has said so, and a release meanwhile changes nothing', async () => {
    const order = await bench.receive(await bench.openMuleAccount('B001'), { validUntil: bench.clock.now().toISOString() });

    await bench.work(answeringLate('SILENT'));
    expect([(await bench.load(order.id)).state, await told(order)]).toEqual(['LAPSING', []]);
    await bench.release(order.id);
    bench.clock.advance(MINUTE);
    await bench.work();

    expect(await bench.load(order.id)).toMatchObject({ state: 'NOT_EXECUTED', notExecutedReason: 'ORDER_EXPIRED', technicalCause: null });
    expect(await told(order)).toEqual(['stop-payment.not-executed.v1']);
  });

  it('is withdrawn once when the release is repeated, and never held afterwards', async () => {
    const account = await bench.openMuleAccount('B001');
    const order = await bench.receive(account);

    await bench.release(order.id);
    await bench.release(order.id);
    await bench.work();
    await bench.release(order.id);
    await bench.work();

    expect(await bench.load(order.id)).toMatchObject({ state: 'NOT_EXECUTED', notExecutedReason: 'WITHDRAWN' });
    expect(await told(order)).toEqual(['stop-payment.not-executed.v1']);
    expect(await bench.desk.coreOf('B001').hold({ orderId: order.id, ref: account.ref, extent: 'WHOLE' })).toEqual({ outcome: 'REFUSED', reason: 'RELEASED_BEFORE' });
  });
});
