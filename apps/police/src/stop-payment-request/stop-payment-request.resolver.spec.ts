import { newId } from '@lianfang/database';
import { buildSubgraph, openContext } from '@lianfang/subgraph';
import { callers } from '@lianfang/testing';
import type { Caller } from '@lianfang/vocabulary';
import { graphql, type GraphQLSchema } from 'graphql';
import { standOn } from '../action-context';
import { subgraphParts } from '../subgraph';
import { countOf, deliver, ordered, outflow, proposed, stopped } from '../testing/bank-answers';
import { newHolder, openScene, placeCase, type Scene } from '../testing/stop-payment-scene';

let scene: Scene;
let schema: GraphQLSchema;
beforeAll(async () => {
  scene = await openScene();
  standOn(scene.ground);
  schema = buildSubgraph(subgraphParts);
});
afterAll(() => scene?.close());

/** Asks the graph as a caller; errors fail the spec unless they are expected. */
async function ask(caller: Caller, source: string, variableValues: Record<string, unknown> = {}) {
  const { context, close } = openContext({ caller, clock: scene.clock, requestId: newId(), database: scene.database.runtime });
  const { data, errors } = await graphql({ schema, source, variableValues, contextValue: context });
  await close();
  return { data: JSON.parse(JSON.stringify(data ?? null)) as Record<string, never> | null, codes: (errors ?? []).map(({ extensions, message }) => extensions['code'] ?? message) };
}

const proposeMutation = /* GraphQL */ `
  mutation ($input: ProposeStopPaymentsInput!) {
    proposeStopPayments(input: $input) {
      ... on StopPaymentBatch {
        id version state: decision requiredLevel operatorName
        byInstitution { institution institutionName requests { id state accountNumber { masked } holderName { masked } transferAmount { fen currency } } }
        refusedItems { position refusals { code path sentence(language: EN) } }
        actions { action refusal { code } }
      }
      ... on Refusals { refusals { code path sentence } }
    }
  }`;

describe('the graph', () => {
  it('proposes, groups by institution, and approves', async () => {
    const holders = [newHolder('B001'), newHolder('B002'), newHolder('B001')];
    const placed = await placeCase(scene, { holders });
    const items = [...placed.transferIds.map((transferId) => ({ transferId })), { payee: { kind: 'BANK_CARD', accountNumber: '9900', amount: '1', transferredAt: '2026-05-06 11:00' } }];

    const { data } = await ask(callers.officer, proposeMutation, { input: { idempotencyKey: newId(), caseId: placed.id, reason: '冒充客服', items } });

    expect(data).toMatchObject({
      proposeStopPayments: {
        requiredLevel: 'COUNTY',
        byInstitution: [{ institution: 'B001', institutionName: '虚构机构B001', requests: [{ state: 'PROPOSED', transferAmount: { fen: '3000000', currency: 'CNY' } }, {}] }, { institution: 'B002', requests: [{}] }],
        refusedItems: [{ position: 3, refusals: [{ code: 'ACCOUNT_WRONG_LENGTH', path: 'items.3.payee.accountNumber' }, { code: 'NAME_OR_UNKNOWN' }] }],
        actions: [{ action: 'APPROVE', refusal: { code: 'NOT_ALLOWED' } }, { action: 'RETURN', refusal: { code: 'NOT_ALLOWED' } }, { action: 'RETRY', refusal: { code: 'NOTHING_TO_RETRY' } }],
      },
    });
    expect(JSON.stringify(data)).not.toContain(holders[0]?.account);

    const waiting = await ask(callers.leader, '{ stopPaymentBatches(filter: { awaitingMyApproval: true }) { edges { node { id version caseId actions { action refusal { code } } } } } }');
    const batch = (waiting.data as unknown as { stopPaymentBatches: { edges: { node: { id: string; version: number; caseId: string; actions: unknown } }[] } }).stopPaymentBatches.edges.map(({ node }) => node).find(({ caseId }) => caseId === placed.id);
    expect(batch?.actions).toEqual([{ action: 'APPROVE', refusal: null }, { action: 'RETURN', refusal: null }, { action: 'RETRY', refusal: { code: 'NOT_ALLOWED' } }]);
    const approved = await ask(callers.leader, 'mutation ($input: ApproveStopPaymentBatchInput!) { approveStopPaymentBatch(input: $input) { ... on StopPaymentBatch { decision approverName requests { state order { id } } } ... on Refusals { refusals { code } } } }', {
      input: { idempotencyKey: newId(), batchId: batch?.id, version: batch?.version },
    });
    expect(approved.data).toMatchObject({ approveStopPaymentBatch: { decision: 'APPROVED', requests: [{ state: 'ORDERED' }, { state: 'ORDERED' }, { state: 'ORDERED' }] } });
  });

  it('shows a case’s requests of every kind through one interface, with clocks, answers and what may be done', async () => {
    const { placed, request } = await ordered(scene, { holders: [newHolder()] });
    const next = newHolder('B002');
    await deliver(scene, stopped(scene, request.id, { outflows: [outflow(scene, { accountNumber: next.account, holderName: next.name })] }));

    const { data, codes } = await ask(callers.officer, `query ($id: ID!) { fraudCase(id: $id) { requests { __typename id state deadlineAt actions { action refusal { code } }
      ... on StopPaymentRequest { held { fen } bankAccount { id } warnings { code } outflows { amount { fen } accountNumber { masked } notProposed { code } proposedRequest { state layer } } followers { id } batch { preparedBy } } } } }`, { id: placed.id });

    expect(codes).toEqual([]);
    expect(data).toMatchObject({ fraudCase: { requests: [
      { __typename: 'StopPaymentRequest', id: request.id, state: 'STOPPED', deadlineAt: '2026-05-08T04:00:00.000Z', held: { fen: '2000000' }, warnings: [], outflows: [{ amount: { fen: '500000' }, accountNumber: { masked: `***************${next.account.slice(-4)}` }, notProposed: null, proposedRequest: { state: 'PROPOSED', layer: 2 } }] },
      { state: 'PROPOSED', deadlineAt: null, batch: { preparedBy: 'MACHINE' } },
    ] } });
    const [first] = (data as unknown as { fraudCase: { requests: { actions: { action: string; refusal: unknown }[] }[] } }).fraudCase.requests;
    expect(first?.actions.filter(({ refusal }) => refusal === null).map(({ action }) => action)).toEqual(['RECORD_DOCUMENT', 'SECOND_STOP']);
  });

  it('opens a full number for a task on the case, and records the look', async () => {
    const holder = newHolder();
    const { placed, request } = await ordered(scene, { holders: [holder] });
    const question = 'query ($id: ID!, $caseId: ID!) { stopPaymentRequest(id: $id) { accountNumber { full(task: STOP_PAYMENT, caseId: $caseId) } } }';

    const mine = await ask(callers.officer, question, { id: request.id, caseId: placed.id });
    const other = await ask(callers.officer, question, { id: request.id, caseId: newId() });
    const auditor = await ask(callers.policeAuditor, question, { id: request.id, caseId: placed.id });

    expect(mine.data).toEqual({ stopPaymentRequest: { accountNumber: { full: holder.account } } });
    expect([other.data, auditor.data]).toEqual(Array(2).fill({ stopPaymentRequest: { accountNumber: { full: null } } }));
    expect(await countOf(scene, `select count(*) from audit_entry where thing_id = $1 and kind in ('LOOK', 'REFUSED_LOOK')`, [request.id])).toBe(3);
  });

  it('shows another region nothing, and other agencies nothing at all', async () => {
    const { request, batch } = await ordered(scene, { holders: [newHolder()] });
    const question = 'query ($id: ID!, $batch: ID!) { stopPaymentRequest(id: $id) { id } stopPaymentBatch(id: $batch) { id } }';

    expect((await ask(callers.officerElsewhere, question, { id: request.id, batch: batch.id })).data).toEqual({ stopPaymentRequest: null, stopPaymentBatch: null });
    expect(new Set((await ask(callers.liaison, question, { id: request.id, batch: batch.id })).codes)).toEqual(new Set(['FORBIDDEN']));
  });

  it('pages lists by filter, and tells notices that may be told', async () => {
    const { placed } = await proposed(scene, { holders: [newHolder(), newHolder(), newHolder()] });
    const question = 'query ($caseId: ID!, $after: String) { stopPaymentRequests(filter: { caseId: $caseId, states: [PROPOSED] }, first: 2, after: $after) { edges { node { id } } pageInfo { hasNextPage endCursor } } }';
    type Page = { stopPaymentRequests: { edges: { node: { id: string } }[]; pageInfo: { hasNextPage: boolean; endCursor: string } } };
    const { request } = await ordered(scene, { holders: [newHolder()] });
    await deliver(scene, stopped(scene, request.id));

    const one = (await ask(callers.officer, question, { caseId: placed.id })).data as unknown as Page;
    const two = (await ask(callers.officer, question, { caseId: placed.id, after: one.stopPaymentRequests.pageInfo.endCursor })).data as unknown as Page;
    const notices = await ask(callers.officer, 'query ($id: ID!) { notices(filter: { requestId: $id }) { edges { node { kind audience lines { code sentence(language: ZH) } request { id } } } } }', { id: request.id });

    const ids = [...one.stopPaymentRequests.edges, ...two.stopPaymentRequests.edges].map(({ node }) => node.id);
    expect([new Set(ids).size, one.stopPaymentRequests.pageInfo.hasNextPage, two.stopPaymentRequests.pageInfo.hasNextPage]).toEqual([3, true, false]);
    expect(notices.data).toMatchObject({ notices: { edges: [{ node: { kind: 'MEASURE_TAKEN', audience: 'AFFECTED_PERSON', lines: [{ code: 'MEASURE_TAKEN', sentence: expect.stringContaining('虚构单位990101') as string }, { code: 'MEASURE_REMEDY' }], request: { id: request.id } } }] } });
  });

  it('finds institutions and imports prefixes', async () => {
    const { data } = await ask(callers.dutyOfficer, `mutation { importInstitutionPrefixes(input: { idempotencyKey: "k", csv: "prefix,institution\\n990001,B001\\n", dryRun: true }) { ... on InstitutionPrefixImport { added changed unchanged } ... on Refusals { refusals { code } } } }`);
    const read = await ask(callers.officer, '{ findInstitution(number: "990002 0000") institutionPrefixes(institution: "P001") { prefix institution productNote } }');

    expect(data).toEqual({ importInstitutionPrefixes: { added: 0, changed: 1, unchanged: 0 } });
    expect(read.data).toEqual({ findInstitution: 'B002', institutionPrefixes: [{ prefix: '990099', institution: 'P001', productNote: '支付账户' }] });
  });
});
