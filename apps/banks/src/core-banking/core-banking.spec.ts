import { newId } from '@lianfang/database';
import { people, setClock, testDatabase, type TestDatabase } from '@lianfang/testing';
import { MINUTE, moneyOf } from '@lianfang/vocabulary';
import { CreateLedger1764000400010 } from '../migrations/1764000400010-create-ledger';
import { builtInCore } from './built-in-core';
import { accountKinds, type CoreBanking, type CoreCapabilities, type HoldCommand } from './core-banking';
import { httpCore } from './http-core';
import type { Ledger } from './ledger';
import { openLedgerAccount, setLedgerAccountStatus, type NewLedgerAccount } from './ledger-account';
import { postTransfer } from './ledger-posting';
import { startSimulatedCore, type SimulatedCore } from './simulated-core';

const noon = new Date('2026-05-01T04:00:00.000Z');
const clock = setClock(noon);
const everything: CoreCapabilities = { wholeAccount: true, limitedAmount: true, payeeKinds: accountKinds, currencies: ['CNY'] };
const yuan = (amount: number) => moneyOf(BigInt(amount) * 100n);

let database: TestDatabase;
let ledger: Ledger;
let server: SimulatedCore;

beforeAll(async () => {
  database = await testDatabase('banks', { entities: [], migrations: [CreateLedger1764000400010] });
  ledger = { database: database.worker, clock };
  server = await startSimulatedCore(builtInCore(ledger, { institution: 'B001', capabilities: everything }), 'spec-token');
});

afterAll(async () => {
  await server?.stop();
  await database?.drop();
});

beforeEach(() => clock.set(noon));

const implementations = {
  'the built-in ledger': (capabilities: CoreCapabilities) => builtInCore(ledger, { institution: 'B001', capabilities }),
  "an institution's own core over HTTP": (capabilities: CoreCapabilities) => {
    server.serve(builtInCore(ledger, { institution: 'B001', capabilities }));
    return httpCore({ institution: 'B001', url: server.url, token: 'spec-token', capabilities, timeoutMs: 5_000, attempts: 3, pauseMs: 1 });
  },
};

let accounts = 0;
const anAccount = (over: Partial<NewLedgerAccount> = {}): Promise<string> =>
  openLedgerAccount(ledger, {
    institution: 'B001', number: `99000188${String(++accounts).padStart(8, '0')}`, holderName: people.holder.name,
    openingBalance: yuan(1_000), openedAt: new Date('2026-01-01T00:00:00.000Z'), ...over,
  });

describe.each(Object.entries(implementations))('%s', (_, open) => {
  let core: CoreBanking;
  beforeEach(() => { core = open(everything); });
  const hold = (ref: string, over: Partial<HoldCommand> = {}) => core.hold({ orderId: newId(), ref, extent: 'WHOLE', ...over });
  const pay = (from: string, amount: number) => postTransfer(ledger, { reference: newId(), from: { ref: from }, to: 'CASH', amount: yuan(amount) });

  it('finds an account by its whole number and nobody by another', async () => {
    const ref = await anAccount({ number: `9900017700${accounts}`, product: 'debit card' });

    const found = await core.findAccount(`9900017700${accounts - 1}`);

    expect(found).toEqual({ ref, institution: 'B001', number: `9900017700${accounts - 1}`, holderName: people.holder.name, status: 'ACTIVE', exemptKind: null, currency: 'CNY', product: 'debit card' });
    expect(await core.findAccount('99000199999999')).toBeUndefined();
  });

  it('does not find the account of another institution', async () => {
    await anAccount({ institution: 'B002', number: `9900027700${accounts}` });

    expect(await core.findAccount(`9900027700${accounts - 1}`)).toBeUndefined();
  });

  it('makes a wholly held account receive-only', async () => {
    const ref = await anAccount();
    const payer = await anAccount();

    const outcome = await hold(ref);

    expect(outcome).toEqual({ outcome: 'HELD', executedAt: noon, held: yuan(1_000), balance: yuan(1_000) });
    expect(await pay(ref, 1)).toEqual({ outcome: 'REFUSED', reason: 'HELD' });
    expect(await postTransfer(ledger, { reference: newId(), from: { ref: payer }, to: { ref }, amount: yuan(5) })).toMatchObject({ outcome: 'POSTED' });
    expect(await core.balance(ref)).toEqual({ balance: yuan(1_005), available: yuan(0) });
  });

  it('keeps an amount and lets the rest move', async () => {
    const ref = await anAccount();

    const outcome = await hold(ref, { extent: yuan(300) });

    expect(outcome).toMatchObject({ outcome: 'HELD', held: yuan(300), balance: yuan(1_000) });
    expect(await core.balance(ref)).toEqual({ balance: yuan(1_000), available: yuan(700) });
    expect(await pay(ref, 701)).toEqual({ outcome: 'REFUSED', reason: 'HELD' });
    expect(await pay(ref, 700)).toMatchObject({ outcome: 'POSTED' });
  });

  it('holds what is still there when the money has moved on', async () => {
    const ref = await anAccount();
    await pay(ref, 900);
    const empty = await anAccount({ openingBalance: yuan(0) });

    expect(await hold(ref, { extent: yuan(300) })).toMatchObject({ outcome: 'HELD', held: yuan(100) });
    expect(await hold(empty)).toMatchObject({ outcome: 'HELD', held: yuan(0), balance: yuan(0) });
  });

  it('adds up the amounts of stacked holds, each for its own victim', async () => {
    const ref = await anAccount();
    await hold(ref, { extent: yuan(600) });

    const second = await hold(ref, { extent: yuan(600) });

    expect(second).toMatchObject({ outcome: 'HELD', held: yuan(400) });
    expect((await core.balance(ref)).available).toEqual(yuan(0));
  });

  it('opens the account when the last of its stops ends', async () => {
    const ref = await anAccount();
    const [first, second] = [newId(), newId()];
    await hold(ref, { orderId: first });
    await hold(ref, { orderId: second });

    expect(await core.release(first)).toEqual({ outcome: 'RELEASED', releasedAt: noon, stillStopped: true });
    expect(await pay(ref, 1)).toEqual({ outcome: 'REFUSED', reason: 'HELD' });
    expect(await core.release(second)).toEqual({ outcome: 'RELEASED', releasedAt: noon, stillStopped: false });
    expect(await pay(ref, 1)).toMatchObject({ outcome: 'POSTED' });
  });

  it('gives the first answer to a hold that is repeated, even after money came in and the hold has ended', async () => {
    const ref = await anAccount();
    const orderId = newId();
    const first = await hold(ref, { orderId });
    await postTransfer(ledger, { reference: newId(), from: 'CASH', to: { ref }, amount: yuan(50), kind: 'DEPOSIT' });
    await core.release(orderId);
    clock.advance(MINUTE);

    const repeat = await hold(ref, { orderId });

    expect(repeat).toEqual(first);
    expect((await core.balance(ref)).available).toEqual(yuan(1_050));
  });

  it('gives the first answer to a release that is repeated', async () => {
    const ref = await anAccount();
    const orderId = newId();
    await hold(ref, { orderId });
    const first = await core.release(orderId);
    await hold(ref);
    clock.advance(MINUTE);

    expect(await core.release(orderId)).toEqual(first);
  });

  it('holds once when one order comes many times at one moment', async () => {
    const ref = await anAccount();
    const orderId = newId();

    const outcomes = await Promise.all(Array.from({ length: 8 }, () => hold(ref, { orderId, extent: yuan(100) })));

    expect(new Set(outcomes.map((outcome) => JSON.stringify({ ...outcome, held: undefined, balance: undefined }))).size).toBe(1);
    expect((await core.balance(ref)).available).toEqual(yuan(900));
  });

  it('keeps out a hold that arrives after its release', async () => {
    const ref = await anAccount();
    const orderId = newId();

    expect(await core.release(orderId)).toEqual({ outcome: 'REFUSED', reason: 'NOT_HELD' });
    expect(await hold(ref, { orderId })).toEqual({ outcome: 'REFUSED', reason: 'RELEASED_BEFORE' });
    expect(await core.release(orderId)).toEqual({ outcome: 'REFUSED', reason: 'NOT_HELD' });
    expect((await core.balance(ref)).available).toEqual(yuan(1_000));
  });

  it('refuses an order id that already stands for another hold', async () => {
    const ref = await anAccount();
    const orderId = newId();
    await hold(ref, { orderId });

    expect(await hold(ref, { orderId, extent: yuan(1) })).toEqual({ outcome: 'REFUSED', reason: 'OTHER_CONTENT' });
    expect(await hold(await anAccount(), { orderId })).toEqual({ outcome: 'REFUSED', reason: 'OTHER_CONTENT' });
  });

  it.each([
    ['CLOSED', 'CLOSED'],
    ['FROZEN', 'ALREADY_FROZEN'],
  ] as const)('refuses to hold an account that is %s', async (status, reason) => {
    const ref = await anAccount();
    await setLedgerAccountStatus(ledger, ref, status);

    expect(await hold(ref)).toEqual({ outcome: 'REFUSED', reason });
    expect(await core.balance(ref)).toEqual({ balance: yuan(1_000), available: yuan(0) });
  });

  it('refuses to hold an exempt account, and a special settlement account only as a whole', async () => {
    const wages = await anAccount({ exemptKind: 'MIGRANT_WAGES' });
    const special = await anAccount({ exemptKind: 'SPECIAL_SETTLEMENT' });

    expect(await hold(wages, { extent: yuan(1) })).toEqual({ outcome: 'REFUSED', reason: 'EXEMPT_ACCOUNT' });
    expect(await hold(special)).toEqual({ outcome: 'REFUSED', reason: 'EXEMPT_ACCOUNT' });
    expect(await hold(special, { extent: yuan(1) })).toMatchObject({ outcome: 'HELD' });
  });

  it('refuses to hold an account that it does not keep', async () => {
    const elsewhere = await anAccount({ institution: 'B002' });

    expect(await hold(elsewhere)).toEqual({ outcome: 'REFUSED', reason: 'NOT_FOUND' });
    expect(await hold(newId())).toEqual({ outcome: 'REFUSED', reason: 'NOT_FOUND' });
    expect(await hold('no ref of ours')).toEqual({ outcome: 'REFUSED', reason: 'NOT_FOUND' });
  });

  it('refuses what its institution has declared that it cannot do', async () => {
    const ref = await anAccount();
    const wholeOnly = open({ ...everything, limitedAmount: false });

    expect(await wholeOnly.hold({ orderId: newId(), ref, extent: yuan(1) })).toEqual({ outcome: 'REFUSED', reason: 'NOT_SUPPORTED' });
    expect(await wholeOnly.hold({ orderId: newId(), ref, extent: 'WHOLE' })).toMatchObject({ outcome: 'HELD' });
    expect(await open({ ...everything, wholeAccount: false }).hold({ orderId: newId(), ref, extent: 'WHOLE' })).toEqual({ outcome: 'REFUSED', reason: 'NOT_SUPPORTED' });
  });

  it('tells the money that came in around a time, of one amount or of any', async () => {
    const [ref, payer] = [await anAccount(), await anAccount({ number: `99000166${accounts}`, holderName: people.victim.name })];
    const post = (reference: string, amount: number, minutes: number) =>
      postTransfer(ledger, { reference, from: { ref: payer }, to: { ref }, amount: yuan(amount), at: new Date(noon.getTime() + minutes * MINUTE) });
    await post('far', 30, -20);
    await post('other', 31, 1);
    await post('near', 30, 4);
    const search = { around: noon, toleranceMs: 5 * MINUTE };

    const exact = await core.incoming(ref, { ...search, amount: yuan(30) });

    expect(exact).toEqual([{
      reference: 'near', at: new Date(noon.getTime() + 4 * MINUTE), amount: yuan(30), kind: 'TRANSFER',
      counterparty: { number: `99000166${accounts - 1}`, holderName: people.victim.name, institution: 'B001' },
    }]);
    expect((await core.incoming(ref, search)).map(({ reference }) => reference)).toEqual(['other', 'near']);
    expect((await core.incoming(ref, { amount: yuan(30), around: noon, toleranceMs: 30 * MINUTE })).map(({ reference }) => reference)).toEqual(['near', 'far']);
  });

  it('tells the outflows since a time, with whom they went to, and whether there are more', async () => {
    const ref = await anAccount();
    const elsewhere = { number: '8800112233', holderName: people.secondHolder.name, institution: 'B003' };
    await postTransfer(ledger, { reference: 'before', from: { ref }, to: 'CASH', amount: yuan(1), at: new Date(noon.getTime() - 1) });
    await postTransfer(ledger, { reference: 'in', from: 'CASH', to: { ref }, amount: yuan(500), kind: 'DEPOSIT' });
    await postTransfer(ledger, { reference: 'out', from: { ref }, to: elsewhere, amount: yuan(300) });
    await postTransfer(ledger, { reference: 'cash', from: { ref }, to: 'CASH', amount: yuan(20), kind: 'WITHDRAWAL' });

    expect(await core.transactionsSince(ref, noon, 10)).toEqual({
      isTruncated: false,
      transactions: [
        { reference: 'out', at: noon, amount: yuan(300), kind: 'TRANSFER', counterparty: elsewhere },
        { reference: 'cash', at: noon, amount: yuan(20), kind: 'WITHDRAWAL', counterparty: { number: null, holderName: null, institution: null } },
      ],
    });
    expect(await core.transactionsSince(ref, noon, 1)).toMatchObject({ isTruncated: true, transactions: [{ reference: 'out' }] });
  });
});
