import { AuditEntry } from '@lianfang/access';
import { newId } from '@lianfang/database';
import { buildSubgraph, openContext } from '@lianfang/subgraph';
import { aCaller, callers, people } from '@lianfang/testing';
import { MINUTE, clockCaller, type Caller } from '@lianfang/vocabulary';
import { graphql, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { subgraphParts } from '../subgraph';
import { openBankBench, transferredAt, type BankBench } from '../testing/bank-bench';
import type { StopPaymentOrder } from './stop-payment-order.entity';

let bench: BankBench;
let schema: GraphQLSchema;

beforeAll(async () => {
  bench = await openBankBench();
  schema = buildSubgraph(subgraphParts);
});
afterAll(() => bench?.database.drop());

/** Asks the banks' subgraph in somebody's name. */
async function ask(caller: Caller, source: string, variableValues: Record<string, unknown> = {}): Promise<ExecutionResult<Record<string, never>>> {
  const { context, close } = openContext({ caller, clock: bench.clock, requestId: newId(), database: bench.database.runtime });
  try {
    return JSON.parse(JSON.stringify(await graphql({ schema, source, contextValue: context, variableValues }))) as ExecutionResult<Record<string, never>>;
  } finally {
    await close();
  }
}

const liaison = callers.liaisonOfB003;
const byId = 'query ($id: ID!) { order: stopPaymentOrder(id: $id) { id state accountNumber { masked } holderName { masked } payerName { masked } actions { action refusal { code } } } }';
const lookAtName = 'query ($id: ID!, $caseId: ID!, $task: LookTask!) { order: stopPaymentOrder(id: $id) { holderName { full(task: $task, caseId: $caseId) } } }';
const claim = 'mutation ($input: StopPaymentOrderInput!) { outcome: claimStopPaymentOrder(input: $input) { __typename ... on StopPaymentOrder { claimedByName version } ... on Refusals { refusals { code sentence } } } }';

const received = async (): Promise<StopPaymentOrder> => bench.receive(await bench.openMuleAccount('B003'));
const looksAt = (id: string) => bench.database.worker.asCaller(clockCaller('banks'), (manager) => manager.findBy(AuditEntry, { thingId: id }));

describe('the inbox of a bank', () => {
  it('lists what waits, most urgent first, page by page, and each institution sees only its own', async () => {
    const first = await received();
    bench.clock.advance(MINUTE);
    const second = await received();
    await bench.receive(await bench.openMuleAccount('B002'));
    const page = 'query ($after: String) { stopPaymentInbox(first: 1, after: $after) { edges { node { id institution } } pageInfo { hasNextPage endCursor } } stopPaymentInboxCount { waiting unclaimed } }';

    const one = await ask(liaison, page);
    const two = await ask(liaison, page, { after: one.data?.['stopPaymentInbox']?.['pageInfo']?.['endCursor'] });

    expect(one.data).toMatchObject({ stopPaymentInbox: { edges: [{ node: { id: first.id, institution: 'B003' } }], pageInfo: { hasNextPage: true } }, stopPaymentInboxCount: { waiting: 2, unclaimed: 2 } });
    expect(two.data).toMatchObject({ stopPaymentInbox: { edges: [{ node: { id: second.id } }], pageInfo: { hasNextPage: false } } });
  });

  it('gives the next order that nobody holds', async () => {
    const { data } = await ask(liaison, '{ nextStopPaymentOrder { id version } }');
    const next = data?.['nextStopPaymentOrder'] as unknown as { id: string; version: number };

    const { data: claimed } = await ask(liaison, claim, { input: { ...next, idempotencyKey: newId() } });
    const { data: after } = await ask(liaison, '{ nextStopPaymentOrder { id } stopPaymentInboxCount { waiting unclaimed } }');

    expect(claimed).toMatchObject({ outcome: { __typename: 'StopPaymentOrder', claimedByName: liaison.name } });
    expect(after?.['nextStopPaymentOrder']?.['id']).not.toBe(next.id);
    expect(after).toMatchObject({ stopPaymentInboxCount: { waiting: 2, unclaimed: 1 } });
  });

  it('refuses a page of none, of too many, and a cursor of another list', async () => {
    for (const source of ['{ stopPaymentInbox(first: 0) { edges { cursor } } }', '{ stopPaymentInbox(first: 101) { edges { cursor } } }', '{ stopPaymentInbox(after: "e30") { edges { cursor } } }']) {
      expect((await ask(liaison, source)).errors?.[0]?.extensions?.['code']).toBe('BAD_USER_INPUT');
    }
  });

  it('refuses a state that does not exist, and finds orders by case and state', async () => {
    const order = await received();
    const source = 'query ($filter: StopPaymentOrderFilter) { stopPaymentOrders(filter: $filter) { edges { node { id } } } }';

    expect((await ask(liaison, source, { filter: { states: ['STOPED'] } })).errors?.[0]?.message).toContain('"STOPED" does not exist in "StopPaymentOrderState"');
    const { data } = await ask(liaison, source, { filter: { states: ['RECEIVED'], caseNumber: order.caseNumber } });
    expect(data?.['stopPaymentOrders']?.['edges'][0]).toMatchObject({ node: { id: order.id } });
  });
});

describe('an order on the screen', () => {
  it('is masked, and says what may be done and why not', async () => {
    const order = await received();

    const { data } = await ask(liaison, byId, { id: order.id });

    expect(JSON.stringify(data)).not.toContain(people.holder.name);
    expect(data).toMatchObject({
      order: {
        state: 'RECEIVED',
        holderName: { masked: expect.stringContaining('*') },
        actions: expect.arrayContaining([
          { action: 'CLAIM', refusal: null },
          { action: 'DECLINE', refusal: { code: 'NOT_CLAIMED_BY_YOU' } },
        ]),
      },
    });
  });

  it('opens a name only for the liaison who holds it and for its own case, and records each look', async () => {
    const order = await received();
    const look = (caller: Caller, over: object = {}) => ask(caller, lookAtName, { id: order.id, caseId: order.caseId, task: 'STOP_PAYMENT', ...over });

    const before = await look(liaison);
    await ask(liaison, claim, { input: { id: order.id, version: order.version, idempotencyKey: newId() } });
    const [held, otherCase, otherTask, colleague] = [await look(liaison), await look(liaison, { caseId: newId() }), await look(liaison, { task: 'INQUIRY' }), await look(callers.auditorOfB001)];

    expect([before, otherCase, otherTask].map(({ data }) => data?.['order']?.['holderName']?.['full'])).toEqual([null, null, null]);
    expect(held.data?.['order']?.['holderName']?.['full']).toBe(people.holder.name);
    expect(colleague.data?.['order']).toBeNull();
    const kinds = (await looksAt(order.id)).map(({ kind }) => kind).filter((kind) => kind !== 'TRANSITION');
    expect(kinds.sort()).toEqual(['LOOK', 'REFUSED_LOOK', 'REFUSED_LOOK', 'REFUSED_LOOK']);
  });

  it('opens a name to the unit that asked alone, of all the police who see the order', async () => {
    const order = await received();
    const looking = [callers.officer, callers.dutyOfficer, callers.leader, callers.officerOfStation, callers.intakeOfficer, callers.dutyOfficerOfCity, callers.leaderOfProvince];
    const look = 'query ($id: ID!, $caseId: ID!) { _entities(representations: [{ __typename: "StopPaymentOrder", id: $id }]) { ... on StopPaymentOrder { holderName { full(task: STOP_PAYMENT, caseId: $caseId) } } } }';

    const shown = await Promise.all(looking.map(async (caller) => (await ask(caller, look, { id: order.id, caseId: order.caseId })).data?.['_entities']));

    expect(callers.officer.unit).toBe(order.askerUnit);
    expect(shown).toEqual([people.holder.name, people.holder.name, people.holder.name, null, null, null, null].map((full) => [{ holderName: { full } }]));
  });

  it('is shown to an auditor masked and never in full', async () => {
    const order = await received();
    const auditor = aCaller('AUDITOR', { agency: 'banks', number: 77 });

    const { data } = await ask(auditor, lookAtName, { id: order.id, caseId: order.caseId, task: 'STOP_PAYMENT' });

    expect(data?.['order']?.['holderName']).toEqual({ full: null });
  });

  it.each([
    ['a coordinator', callers.coordinator],
    ['a system administrator', aCaller('SYSTEM_ADMINISTRATOR', { agency: 'banks' })],
  ])('is nothing that %s may ask for', async (_who, caller) => {
    const order = await received();

    const { errors } = await ask(caller, byId, { id: order.id });

    expect(errors?.[0]?.extensions?.['code']).toBe('FORBIDDEN');
  });

  it('is reached by the police who asked through federation, and by nobody of another region', async () => {
    const order = await received();
    const source = 'query ($id: ID!) { _entities(representations: [{ __typename: "StopPaymentOrder", id: $id }]) { ... on StopPaymentOrder { id state } } }';
    const asker = { ...callers.officer, region: '990101' };

    expect((await ask(asker, source, { id: order.id })).data).toEqual({ _entities: [{ id: order.id, state: 'RECEIVED' }] });
    expect((await ask(callers.officerElsewhere, source, { id: order.id })).data).toEqual({ _entities: [null] });
    expect((await ask(callers.liaison, source, { id: order.id })).data).toEqual({ _entities: [null] });
  });

  it('refuses what was typed with a sentence in either language', async () => {
    const order = await received();
    bench.clock.set(new Date(transferredAt.getTime() + 20 * MINUTE));
    const source = 'mutation ($input: DeclineStopPaymentInput!) { outcome: declineStopPayment(input: $input) { ... on Refusals { refusals { code zh: sentence en: sentence(language: EN) } } } }';

    const { data } = await ask(liaison, source, { input: { id: order.id, version: order.version, idempotencyKey: newId(), reason: 'FUNDS_MOVED' } });

    expect(data?.['outcome']?.['refusals'][0]).toMatchObject({ code: 'NOT_CLAIMED_BY_YOU', zh: expect.stringContaining('领取'), en: expect.stringContaining('Claim') });
  });
});
