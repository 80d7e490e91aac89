import fc from 'fast-check';
import { newId } from '@lianfang/database';
import { setClock, testDatabase, type TestDatabase } from '@lianfang/testing';
import { clockCaller, moneyOf } from '@lianfang/vocabulary';
import { CreateLedger1764000400010 } from '../migrations/1764000400010-create-ledger';
import { builtInCore } from './built-in-core';
import { accountKinds, type CoreBanking } from './core-banking';
import type { Ledger } from './ledger';
import { openLedgerAccount } from './ledger-account';
import { postTransfer, type Side } from './ledger-posting';

const clock = setClock('2026-05-01T04:00:00.000Z');
let database: TestDatabase;
let ledger: Ledger;
let core: CoreBanking;

beforeAll(async () => {
  database = await testDatabase('banks', { entities: [], migrations: [CreateLedger1764000400010] });
  ledger = { database: database.worker, clock };
  core = builtInCore(ledger, { institution: 'B001', capabilities: { wholeAccount: true, limitedAmount: true, payeeKinds: accountKinds, currencies: ['CNY'] } });
});

afterAll(() => database?.drop());

const query = (sql: string, parameters: unknown[] = []) => database.worker.asCaller(clockCaller('banks'), (manager) => manager.query(sql, parameters));
let numbers = 0;
const anAccount = (fen: bigint): Promise<string> =>
  openLedgerAccount(ledger, { institution: 'B001', number: `99000155${String(++numbers).padStart(6, '0')}`, holderName: '丁虚构二', openingBalance: moneyOf(fen), openedAt: clock.now() });

const figures = async (refs: readonly string[]) =>
  (await query(
    `select account.id, account.balance::text as balance, coalesce(sum(entry.amount), 0)::text as statement,
            coalesce((array_agg(entry.balance_after order by entry.position desc))[1], 0)::text as last
     from ledger.account left join ledger.entry on entry.account_id = account.id
     where account.id = any($1::uuid[]) group by account.id`,
    [refs],
  )) as { id: string; balance: string; statement: string; last: string }[];

/** What can befall three accounts; numbers choose among them and among four orders. */
const step = fc.oneof(
  fc.record({ kind: fc.constant('move' as const), from: fc.nat(3), to: fc.nat(3), fen: fc.bigInt(1n, 600n) }),
  fc.record({ kind: fc.constant('hold' as const), account: fc.nat(2), order: fc.nat(3), fen: fc.option(fc.bigInt(1n, 700n)) }),
  fc.record({ kind: fc.constant('release' as const), order: fc.nat(3) }),
);
type Step = typeof step extends fc.Arbitrary<infer S> ? S : never;

/** The rule in a few lines, to compare the ledger with: the first hold of an order counts, its release ends it for ever, amounts add up. */
class Model {
  readonly holds = new Map<number, { account: number; fen: bigint | null } | 'OVER'>();

  hold(order: number, account: number, fen: bigint | null): void {
    if (!this.holds.has(order)) this.holds.set(order, { account, fen });
  }

  release(order: number): void {
    this.holds.set(order, 'OVER');
  }

  available(account: number, balance: bigint): bigint {
    const mine = [...this.holds.values()].flatMap((hold) => (hold !== 'OVER' && hold.account === account ? [hold.fen] : []));
    const kept = mine.reduce((sum: bigint, fen) => sum + (fen ?? 0n), 0n);
    return mine.includes(null) || kept > balance ? 0n : balance - kept;
  }
}

describe('the ledger', () => {
  it('conserves money, never lets a balance fall below what is held, and always sums to its statement', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 25 }), async (steps) => {
        const refs = await Promise.all([1_000n, 500n, 0n].map(anAccount));
        const orders = Array.from({ length: 4 }, newId);
        const model = new Model();
        let outside = 0n;
        for (const taken of steps) outside += await take(taken, { refs, orders, model });

        const rows = await figures(refs);
        expect(rows.reduce((sum, row) => sum + BigInt(row.balance), outside)).toBe(1_500n);
        for (const row of rows) expect([row.statement, row.last]).toEqual([row.balance, row.balance]);
        for (const [index, ref] of refs.entries()) {
          const { balance, available } = await core.balance(ref);
          expect(available.fen).toBe(model.available(index, balance.fen));
        }
      }),
      { numRuns: 40 },
    );
  });

  it('leaves the same amount blocked in whatever order holds, releases and their repeats arrive', async () => {
    const deliveries = fc.shuffledSubarray(['hold', 'hold', 'release', 'release'], { minLength: 1 });
    await fc.assert(
      fc.asyncProperty(deliveries, async (arrivals) => {
        const ref = await anAccount(1_000n);
        const orderId = newId();

        await Promise.all(arrivals.map((arrival) => (arrival === 'hold' ? core.hold({ orderId, ref, extent: moneyOf(400n) }) : core.release(orderId))));

        const { available } = await core.balance(ref);
        expect(available.fen).toBe(arrivals.includes('release') ? 1_000n : 600n);
      }),
      { numRuns: 30 },
    );
  });

  it('moves money between many at once without losing or minting a fen', async () => {
    const refs = await Promise.all([10_000n, 10_000n, 10_000n].map(anAccount));
    const pick = (index: number): string => refs[index % 3] ?? '';

    await Promise.all(Array.from({ length: 60 }, (_, index) =>
      postTransfer(ledger, { reference: newId(), from: { ref: pick(index) }, to: { ref: pick(index * 2 + 1) }, amount: moneyOf(BigInt(index + 1)) })));

    const rows = await figures(refs);
    expect(rows.reduce((sum, row) => sum + BigInt(row.balance), 0n)).toBe(30_000n);
    for (const row of rows) expect(row.statement).toBe(row.balance);
  });

  it('lets a hold or a withdrawal through when both come at one moment, never both', async () => {
    const outcomes = await Promise.all(Array.from({ length: 12 }, async () => {
      const ref = await anAccount(100n);
      const [held, withdrawn] = await Promise.all([
        core.hold({ orderId: newId(), ref, extent: moneyOf(100n) }),
        postTransfer(ledger, { reference: newId(), from: { ref }, to: 'CASH', amount: moneyOf(100n), kind: 'WITHDRAWAL' }),
      ]);
      if (held.outcome !== 'HELD') throw new Error('expected a hold');
      return { kept: held.held.fen, moved: withdrawn.outcome === 'POSTED' ? 100n : 0n };
    }));

    for (const { kept, moved } of outcomes) expect(kept + moved).toBe(100n);
  });

  it('posts a movement once under its reference', async () => {
    const [from, to] = [await anAccount(100n), await anAccount(0n)];
    const posting = { reference: 'R-1', from: { ref: from }, to: { ref: to }, amount: moneyOf(30n) };

    expect(await postTransfer(ledger, posting)).toEqual({ outcome: 'POSTED', isRepeat: false });
    expect(await postTransfer(ledger, posting)).toEqual({ outcome: 'POSTED', isRepeat: true });
    expect((await core.balance(from)).balance).toEqual(moneyOf(70n));
  });

  it.each([
    ['more than there is', { fen: 101n }, 'INSUFFICIENT'],
    ['another currency', { currency: 'USD' }, 'OTHER_CURRENCY'],
  ])('refuses to move %s', async (_, over, reason) => {
    const ref = await anAccount(100n);

    expect(await postTransfer(ledger, { reference: newId(), from: { ref }, to: 'CASH', amount: { ...moneyOf(1n), ...over } })).toEqual({ outcome: 'REFUSED', reason });
  });

  it('refuses in the database what the code refuses', async () => {
    const ref = await anAccount(100n);

    await expect(query('update ledger.account set balance = -1 where id = $1', [ref])).rejects.toThrow(/account_balance_not_negative/);
    await expect(query('insert into ledger.hold (id, order_id, account_id) values ($1, $2, $3)', [newId(), newId(), ref])).rejects.toThrow(/hold_placed_whole/);
    await expect(query('delete from ledger.entry')).rejects.toThrow(/permission denied/);
  });

  it('keeps number and name as ciphertext, and shows the runtime login nothing', async () => {
    const ref = await anAccount(1n);

    const [row] = (await query('select number_sealed, number_index, holder_name_sealed from ledger.account where id = $1', [ref])) as [Record<string, Buffer>];
    for (const bytes of Object.values(row)) for (const plain of ['99000155', '虚构']) expect(bytes.includes(Buffer.from(plain))).toBe(false);
    await expect(database.runtime.asCaller(clockCaller('banks'), (manager) => manager.query('select * from ledger.account'))).rejects.toThrow(/permission denied for schema ledger/);
  });
});

/** Takes one step on ledger and model; returns how much left the three accounts. */
async function take(taken: Step, { refs, orders, model }: { refs: string[]; orders: string[]; model: Model }): Promise<bigint> {
  const orderId = 'order' in taken ? (orders[taken.order] ?? '') : '';
  switch (taken.kind) {
    case 'hold':
      await core.hold({ orderId, ref: refs[taken.account] ?? '', extent: taken.fen === null ? 'WHOLE' : moneyOf(taken.fen) });
      model.hold(taken.order, taken.account, taken.fen);
      return 0n;
    case 'release':
      await core.release(orderId);
      model.release(taken.order);
      return 0n;
    default: {
      const sideOf = (index: number): Side => (index === 3 ? 'CASH' : { ref: refs[index] ?? '' });
      if (taken.from === 3 && taken.to === 3) return 0n;
      const { outcome } = await postTransfer(ledger, { reference: newId(), from: sideOf(taken.from), to: sideOf(taken.to), amount: moneyOf(taken.fen) });
      if (outcome === 'REFUSED') return 0n;
      return (taken.to === 3 ? taken.fen : 0n) - (taken.from === 3 ? taken.fen : 0n);
    }
  }
}
