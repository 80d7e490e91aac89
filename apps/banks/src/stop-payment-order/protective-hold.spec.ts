import { clockCaller, HOUR, MINUTE, moneyOf } from '@lianfang/vocabulary';
import { postTransfer } from '../core-banking/ledger-posting';
import { openBankBench, transferredAt, type BankBench } from '../testing/bank-bench';
import { matchOwnAccount } from './four-facts.rules';

let bench: BankBench;
beforeAll(async () => void (bench = await openBankBench()));
afterAll(() => bench?.database.drop());
afterEach(() => bench.clock.set(new Date(transferredAt.getTime() + 10 * MINUTE)));

const own = { kind: 'PROTECTIVE_HOLD', payer: null, facts: { amount: null, transferredAt: null } } as const;
const withdraw = async (ref: string, reference: string): Promise<string> => (await postTransfer(bench.ledger, { reference, from: { ref }, to: 'CASH', amount: moneyOf(1n), kind: 'WITHDRAWAL' })).outcome;

describe('a protective hold at the bank', () => {
  it('matches holder and account, holds the whole balance, tells no outflows, and ends with its release', async () => {
    const account = await bench.openMuleAccount('B001');
    const order = await bench.receive(account, own);

    await bench.work();

    expect(await bench.load(order.id)).toMatchObject({ state: 'STOPPED', kind: 'PROTECTIVE_HOLD', heldAmount: 3_000_000n, facts: { account: 'MATCH', holderName: 'MATCH', amount: 'UNKNOWN', time: 'UNKNOWN' } });
    expect(await withdraw(account.ref, 'own-1')).not.toBe('POSTED');
    expect(await bench.posted(order.id)).toMatchObject([{ type: 'stop-payment.stopped.v1', data: { outflows: [], outflowsTruncated: false } }]);
    bench.clock.advance(48 * HOUR);
    await bench.fire('BEGIN_EXPIRY', order.id);
    await bench.work();
    expect((await bench.load(order.id)).state).toBe('EXPIRED');
    expect(await withdraw(account.ref, 'own-2')).toBe('POSTED');
  });

  it('is declined when the account is another person’s', async () => {
    const order = await bench.receive(await bench.openMuleAccount('B001'), { ...own, facts: { ...own.facts, holderName: '另一人' } });

    await bench.work();

    expect(await bench.load(order.id)).toMatchObject({ state: 'NOT_EXECUTED', notExecutedReason: 'MISMATCH_NAME' });
  });

  it('has no facts of a transfer, which a stop must have, also for the database', async () => {
    const order = await bench.receive(await bench.openMuleAccount('B002'));

    await expect(bench.database.worker.asCaller(clockCaller('banks'), (manager) => manager.query('update stop_payment_order set fact_amount = null where id = $1', [order.id]))).rejects.toThrow('stop_payment_order_stop_facts');
  });
});

test('of an own account only holder and number are compared', () => {
  expect(matchOwnAccount('虚构名', { holderName: '虚构名' })).toMatchObject({ account: 'MATCH', holderName: 'MATCH', amount: 'UNKNOWN' });
  expect(matchOwnAccount('虚构名', { holderName: '别名' }).holderName).toBe('MISMATCH');
  expect(matchOwnAccount('虚构名', undefined)).toMatchObject({ account: 'MISMATCH', holderName: 'UNKNOWN' });
});
