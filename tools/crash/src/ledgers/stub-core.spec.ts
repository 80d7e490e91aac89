import { CoreLedger } from './core-ledger';
import { startStubCore, type StubCore } from './stub-core';

let ledger: CoreLedger;
let core: StubCore;

beforeEach(async () => {
  ledger = new CoreLedger();
  ledger.open([{ ref: 'account-1', number: '1', holderName: 'nobody', fen: 100, paidAt: new Date('2026-11-23T04:00:00Z') }]);
  core = await startStubCore(ledger);
});
afterEach(() => core.stop());

const ask = async (path: string, question: object, token = core.token): Promise<unknown> => {
  const response = await fetch(`${core.url}v1/${path}`, { method: 'POST', headers: { authorization: `Bearer ${token}` }, body: JSON.stringify(question) });
  return response.status === 200 ? response.json() : response.status;
};
const hold = (orderId: string): Promise<unknown> => ask('holds/place', { orderId, ref: 'account-1', hold: { whole: true } });
const kinds = (): string[] => ledger.facts.map(({ kind }) => kind);

describe('the stub core', () => {
  it('holds and releases once per instruction, and gives a repeat its first answer', async () => {
    const first = await hold('one');

    expect(await hold('one')).toEqual(first);
    const released = await ask('holds/release', { orderId: 'one' });
    expect(await ask('holds/release', { orderId: 'one' })).toEqual(released);
    expect(await hold('one')).toEqual(first);
    expect(kinds()).toEqual(['HELD', 'RELEASED']);
  });

  it('holds twice for two instructions: whoever repeats an order under another number is found out', async () => {
    await hold('one');
    await hold('two');

    expect(kinds()).toEqual(['HELD', 'HELD']);
  });

  it('keeps a hold out whose release came first', async () => {
    expect(await ask('holds/release', { orderId: 'one' })).toEqual({ outcome: 'REFUSED', reason: 'NOT_HELD' });
    expect(await hold('one')).toEqual({ outcome: 'REFUSED', reason: 'RELEASED_BEFORE' });
    expect(kinds()).toEqual([]);
  });

  it('finds its account and the one payment into it', async () => {
    expect(await ask('accounts/find', { number: '1' })).toMatchObject({ account: { ref: 'account-1', holderName: 'nobody' } });
    const search = { ref: 'account-1', around: '2026-11-23T04:00:30Z', toleranceMs: 60_000 };
    expect(await ask('accounts/incoming', { ...search, amount: { fen: '100', currency: 'CNY' } })).toMatchObject({ transactions: [{ kind: 'DEPOSIT' }] });
    expect(await ask('accounts/incoming', { ...search, amount: { fen: '101', currency: 'CNY' } })).toEqual({ transactions: [] });
  });

  it('answers nobody without its token', async () => {
    expect(await ask('accounts/find', { number: '1' }, 'another')).toBe(401);
  });
});
