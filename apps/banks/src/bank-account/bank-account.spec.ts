import { buildSubgraph, openContext } from '@lianfang/subgraph';
import { aCaller, callers, people } from '@lianfang/testing';
import { clockCaller, type Caller } from '@lianfang/vocabulary';
import { accountKinds } from '../core-banking/core-banking';
import { AuditEntry } from '@lianfang/access';
import { newId } from '@lianfang/database';
import { graphql, type GraphQLSchema } from 'graphql';
import { builtInCore } from '../core-banking/built-in-core';
import type { StopPaymentOrder } from '../stop-payment-order/stop-payment-order.entity';
import { subgraphParts } from '../subgraph';
import { openBankBench, type BankBench } from '../testing/bank-bench';
import { BankAccount } from './bank-account.entity';
import { openBankAccount } from './open-bank-account';

let bench: BankBench;
let schema: GraphQLSchema;

beforeAll(async () => {
  bench = await openBankBench();
  schema = buildSubgraph(subgraphParts);
});

afterAll(() => bench?.database.drop());

/** Asks the banks' subgraph in somebody's name. */
async function ask(caller: Caller, source: string, variableValues: Record<string, unknown> = {}): Promise<Record<string, never>> {
  const { context, close } = openContext({ caller, clock: bench.clock, requestId: newId(), database: bench.database.runtime });
  try {
    const { data, errors } = await graphql({ schema, source, contextValue: context, variableValues });
    if (errors) throw errors[0];
    return JSON.parse(JSON.stringify(data)) as Record<string, never>;
  } finally {
    await close();
  }
}

const details = `id institution lastFour product number { masked } holderName { masked } holds { id state } orders { id state }`;
const byId = `query ($id: ID!) { bankAccount(id: $id) { ${details} } }`;
const byReference = `query ($id: ID!) { _entities(representations: [{ __typename: "BankAccount", id: $id }]) { ... on BankAccount { ${details} } } }`;

/** An account of B001, stopped straight through by an order of the county's police. */
async function aStoppedAccount(): Promise<{ order: StopPaymentOrder; accountId: string; number: string }> {
  const account = await bench.openMuleAccount('B001');
  const { id } = await bench.receive(account);
  await bench.work();
  const order = await bench.load(id);
  if (order.bankAccountId === null) throw new Error(`expected a stopped order, found ${order.state}`);
  return { order, accountId: order.bankAccountId, number: account.number };
}

describe('an account of a bank', () => {
  it('gets one id with the first answer, however many answers there are at one moment', async () => {
    const { institution, number } = await bench.openMuleAccount('B002');
    const account = await builtInCore(bench.ledger, { institution, capabilities: { wholeAccount: true, limitedAmount: true, payeeKinds: accountKinds, currencies: ['CNY'] } }).findAccount(number);
    if (!account) throw new Error('expected the account to be found');
    const open = () => bench.database.worker.asCaller(clockCaller('banks'), (manager) => openBankAccount(manager, account, bench.clock.now()));

    const records = await Promise.all([open(), open(), open()]);

    expect(new Set(records.map(({ id }) => id)).size).toBe(1);
    expect(records[0]?.number.open()).toBe(number);
    expect(records[0]?.holderName.open()).toBe(people.holder.name);
  });

  it('is shown masked to its own desk, with the orders that hold it', async () => {
    const { order, accountId, number } = await aStoppedAccount();

    const { bankAccount } = await ask(callers.liaison, byId, { id: accountId });

    expect(bankAccount).toEqual({
      id: accountId, institution: 'B001', lastFour: number.slice(-4), product: 'current account', number: { masked: expect.stringMatching(/^\*+\d{4}$/) },
      holderName: { masked: expect.stringContaining('*') }, holds: [{ id: order.id, state: 'STOPPED' }], orders: [{ id: order.id, state: 'STOPPED' }],
    });
  });

  it('stands without a hold after the release, and keeps its order', async () => {
    const { order, accountId } = await aStoppedAccount();
    await bench.release(order.id);
    await bench.work();

    expect(await ask(callers.liaison, byId, { id: accountId })).toMatchObject({ bankAccount: { holds: [], orders: [{ id: order.id, state: 'RELEASED' }] } });
  });

  it('is nothing to the desk of another institution', async () => {
    const { accountId } = await aStoppedAccount();

    expect(await ask(callers.liaisonOfB002, byId, { id: accountId })).toEqual({ bankAccount: null });
    expect(await ask(callers.auditorOfB001, byId, { id: accountId })).toMatchObject({ bankAccount: { id: accountId } });
  });

  it('is shown by federation to the police who asked, and to no other region', async () => {
    const { order, accountId } = await aStoppedAccount();
    const asker = aCaller('POLICE_OFFICER', { unit: order.askerUnit });

    expect(await ask(asker, byReference, { id: accountId })).toMatchObject({ _entities: [{ id: accountId, holds: [{ id: order.id }] }] });
    expect(await ask(callers.officerElsewhere, byReference, { id: accountId })).toEqual({ _entities: [null] });
  });

  it('opens its number only for the case of a stop in force, and records every look', async () => {
    const { order, accountId, number } = await aStoppedAccount();
    const look = `query ($id: ID!, $case: ID!) { bankAccount(id: $id) { number { full(task: STOP_PAYMENT, caseId: $case) } } }`;
    const full = async (caller: Caller, caseId: string) => (await ask(caller, look, { id: accountId, case: caseId }))['bankAccount'] as unknown;

    expect(await full(callers.liaison, order.caseId)).toEqual({ number: { full: number } });
    expect(await full(callers.liaison, newId())).toEqual({ number: { full: null } });
    expect(await full(callers.auditorOfB001, order.caseId)).toEqual({ number: { full: null } });
    await bench.release(order.id);
    await bench.work();
    expect(await full(callers.liaison, order.caseId)).toEqual({ number: { full: null } });

    const looks = await bench.database.worker.asCaller(clockCaller('banks'), (manager) => manager.findBy(AuditEntry, { thingId: accountId }));
    expect(looks.map(({ kind }) => kind).sort()).toEqual(['LOOK', 'REFUSED_LOOK', 'REFUSED_LOOK', 'REFUSED_LOOK']);
  });

  it('opens its number to the unit that asked alone, of all the police who see it', async () => {
    const { order, accountId, number } = await aStoppedAccount();
    const look = `query ($id: ID!, $case: ID!) { _entities(representations: [{ __typename: "BankAccount", id: $id }]) { ... on BankAccount { number { full(task: STOP_PAYMENT, caseId: $case) } } } }`;
    const looking = [callers.officer, callers.dutyOfficer, callers.leader, callers.officerOfStation, callers.intakeOfficer, callers.dutyOfficerOfCity, callers.leaderOfProvince];

    const shown = await Promise.all(looking.map(async (caller) => (await ask(caller, look, { id: accountId, case: order.caseId }))['_entities'] as unknown));

    expect(callers.officer.unit).toBe(order.askerUnit);
    expect(shown).toEqual([number, number, number, null, null, null, null].map((full) => [{ number: { full } }]));
  });

  it('is refused by the database to whoever writes for another institution', async () => {
    const record = (institution: string) => Object.assign(new BankAccount(), { id: newId(), institution, coreRef: newId(), number: Buffer.of(1), lastFour: '0001', holderName: Buffer.of(1), currency: 'CNY', product: 'x', createdAt: bench.clock.now() });

    await expect(bench.database.runtime.asCaller(callers.liaison, (manager) => manager.insert(BankAccount, record('B002')))).rejects.toThrow(/row-level security/);
  });
});
