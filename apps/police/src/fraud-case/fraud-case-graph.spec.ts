import { AuditEntry, createAuthenticator } from '@lianfang/access';
import { newId } from '@lianfang/database';
import { buildSubgraph, openLog, openMetrics, startSubgraph, type RunningServer } from '@lianfang/subgraph';
import { aCaller, callers, inventPerson, people, startTestRealm, units, type TestRealm } from '@lianfang/testing';
import { clockCaller, type Caller } from '@lianfang/vocabulary';
import { standOn } from '../action-context';
import { subgraphParts } from '../subgraph';
import { aPhoneReport, aReport, asTyped, aTransfer } from '../testing/fraud-report';
import { openScene, succeeded, type Scene } from '../testing/stop-payment-scene';
import { acceptFraudCase, openFraudCase } from './decide-fraud-case.actions';
import type { FraudCase } from './fraud-case.entity';
import { reportFraud } from './report-fraud.actions';

let scene: Scene;
let realm: TestRealm;
let server: RunningServer;
const statements: string[] = [];

beforeAll(async () => {
  scene = await openScene();
  realm = await startTestRealm();
  standOn(scene.ground);
  server = await startSubgraph({
    name: 'police', host: '127.0.0.1', port: 0, schema: buildSubgraph(subgraphParts), database: countingDoors(), clock: scene.clock,
    authenticate: createAuthenticator({ realmUrl: realm.realmUrl, audience: realm.audience, clients: [realm.client] }),
    checks: {}, log: openLog({ app: 'police', level: 'silent' }), metrics: openMetrics({ app: 'police' }), development: false,
  });
});
afterAll(async () => {
  await server?.drain();
  await realm?.close();
  await scene?.close();
});

/** The runtime's doors; every statement of a reading is noted. */
function countingDoors(): Pick<Scene['database']['runtime'], 'asCaller' | 'openReading'> {
  const { runtime } = scene.database;
  return {
    asCaller: (caller, work) => runtime.asCaller(caller, work),
    openReading: async (caller) => {
      const reading = await runtime.openReading(caller);
      const runner = reading.manager.queryRunner;
      if (runner) {
        const query = runner.query.bind(runner) as (...asked: unknown[]) => Promise<unknown>;
        Object.assign(runner, { query: (...asked: unknown[]) => (statements.push(String(asked[0])), query(...asked)) });
      }
      return reading;
    },
  };
}

interface Answer {
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a GraphQL answer, read by the specs below as they asked it
  readonly data: any;
  readonly errors?: readonly { readonly message: string; readonly extensions: { readonly code: string } }[];
}

async function ask(caller: Caller, query: string, variables: object = {}): Promise<Answer> {
  const answer = await fetch(`http://127.0.0.1:${server.port}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${realm.tokenFor(caller)}` },
    body: JSON.stringify({ query, variables }),
  });
  return (await answer.json()) as Answer;
}

let seed = 5_000;
const report = async (by: Caller = callers.officer, over: Parameters<typeof aReport>[0] = {}): Promise<FraudCase> =>
  succeeded(await reportFraud(scene.by(by), aReport({ reporter: asTyped(inventPerson((seed += 1))), transfers: [aTransfer(inventPerson((seed += 1)))], ...over })));
const idOf = (edge: { node: { id: string } }): string => edge.node.id;

describe('reporting over HTTP', () => {
  const mutation = `mutation($input: ReportFraudInput!) { reportFraud(input: $input) {
    ... on FraudCase { caseNumber state version formState loss { fen currency } persons { parts name { masked } mayBeMessaged } transfers { payeeNumber { masked } } warnings { code sentence } actions { action refusal { code } } timeline { action } }
    ... on Refusals { refusals { code path sentence(language: EN) } } } }`;

  it('answers the case as it stands, personal data masked', async () => {
    const { data, errors } = await ask(callers.intakeOfficer, mutation, { input: aPhoneReport({ screenShared: true }) });

    expect(errors).toBeUndefined();
    expect(data.reportFraud).toMatchObject({
      state: 'REPORTED', version: 1, formState: 'DUE', loss: { fen: '3000000', currency: 'CNY' },
      persons: [{ parts: ['REPORTER', 'DECEIVED', 'PAYER'], name: { masked: expect.stringMatching(/^.\*+$/) }, mayBeMessaged: false }],
      timeline: expect.arrayContaining([{ action: 'REPORT' }, { action: 'FORM_DUE' }]),
    });
    expect(JSON.stringify(data)).not.toContain(people.victim.name);
  });

  it("shows an agent's document and authorisation masked, in full for the open task and to no auditor", async () => {
    const agent = inventPerson((seed += 1));
    const contact = { relation: 'AGENT', name: agent.name, phone: agent.phone, idDocument: { kind: 'CITIZEN_ID', number: agent.idNumber }, authorisation: '虚构委托书第1号' };
    const { id } = await report(callers.officer, { reporter: asTyped(inventPerson((seed += 1)), { contact }) });
    const look = (full: string) => `query($id: ID!) { fraudCase(id: $id) { persons { contactIdKind contactIdNumber { masked ${full} } contactAuthorisation { masked ${full} } } } }`;

    const { data } = await ask(callers.officer, look('full(task: ACCEPTANCE_CHECK, caseId: $id)'), { id });
    const masked = await ask(callers.policeAuditor, look('full(task: ACCEPTANCE_CHECK, caseId: $id)'), { id });

    expect(data.fraudCase.persons).toMatchObject([{ contactIdKind: 'CITIZEN_ID', contactIdNumber: { full: agent.idNumber }, contactAuthorisation: { full: '虚构委托书第1号' } }]);
    expect(masked.data.fraudCase.persons).toMatchObject([{ contactIdNumber: { masked: expect.stringContaining('*'), full: null }, contactAuthorisation: { full: null } }]);
    expect(JSON.stringify(masked.data)).not.toMatch(new RegExp(`${agent.idNumber}|委托书`));
  });

  it('answers every refusal with its path and a sentence', async () => {
    const { data } = await ask(callers.intakeOfficer, mutation, { input: aReport({ transfers: [aTransfer(people.holder, { amount: '3万' })] }) });

    expect(data.reportFraud.refusals).toEqual([{ code: 'AMOUNT_WITH_UNIT', path: 'transfers.0.amount', sentence: expect.stringContaining('plain yuan') }]);
  });

  it('is closed to banks, coordinators and administrators', async () => {
    for (const caller of [callers.liaison, callers.coordinator, callers.systemAdministrator, callers.policeAuditor]) {
      expect((await ask(caller, mutation, { input: aReport() })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
    }
  });
});

describe('the list of cases', () => {
  const listed = `query($filter: FraudCaseFilter, $first: Int!, $after: String) { fraudCases(filter: $filter, first: $first, after: $after) { edges { node { id } } pageInfo { hasNextPage endCursor } } }`;

  it('pages newest first, each case once, also those of one instant', async () => {
    const officer = aCaller('POLICE_OFFICER', { number: 901, unit: units.neighbour });
    const made = [];
    for (let count = 0; count < 5; count += 1) made.push((await report(officer)).id);

    const seen: string[] = [];
    let after: string | null = null;
    do {
      const { data }: Answer = await ask(officer, listed, { first: 2, after });
      seen.push(...data.fraudCases.edges.map(idOf));
      after = data.fraudCases.pageInfo.hasNextPage ? data.fraudCases.pageInfo.endCursor : null;
    } while (after !== null);

    expect(seen).toEqual(made.toReversed());
  });

  it('is narrowed by state, unit, crime type, time and to what is mine', async () => {
    const mine = aCaller('POLICE_OFFICER', { number: 902, unit: units.station });
    const { id } = await report(mine, { crimeType: 'T13', chainCodes: [], reportedAt: '2026-05-05 08:00' });
    const only = async (filter: object) => (await ask(mine, listed, { filter, first: 50 })).data.fraudCases.edges.map(idOf);

    expect(await only({ crimeType: 'T13' })).toEqual([id]);
    expect(await only({ mine: true })).toEqual([id]);
    expect(await only({ unitCode: units.station })).toEqual([id]);
    expect(await only({ reportedFrom: '2026-05-04T16:00:00.000Z', reportedUntil: '2026-05-05T16:00:00.000Z' })).toEqual([id]);
    expect(await only({ mine: true, state: 'ACCEPTED' })).toEqual([]);
  });

  it('shows another region nothing, not even by id', async () => {
    const { id } = await report();

    expect((await ask(callers.officerElsewhere, 'query($id: ID!) { fraudCase(id: $id) { id } }', { id })).data.fraudCase).toBeNull();
    expect((await ask(callers.officerElsewhere, listed, { first: 100 })).data.fraudCases.edges.map(idOf)).not.toContain(id);
    expect((await ask(callers.leaderOfProvince, 'query($id: ID!) { fraudCase(id: $id) { id } }', { id })).data.fraudCase).toEqual({ id });
  });

  it('needs the same number of statements for two cases as for ten', async () => {
    const officer = aCaller('POLICE_OFFICER', { number: 903, unit: units.neighbour });
    const whole = 'query($first: Int!) { fraudCases(first: $first) { edges { node { persons { name { masked } mayBeMessaged } transfers { amount { fen } payer { parts } isCorrected } leads { kind } duplicates { reason otherCase { id } } timeline { action } mergedFrom { id } actions { action } } } } }';
    for (let count = 0; count < 10; count += 1) await report(officer);
    const count = async (first: number) => {
      statements.length = 0;
      expect((await ask(officer, whole, { first })).errors).toBeUndefined();
      return statements.length;
    };

    const forTen = await count(10);
    expect(forTen).toBeGreaterThan(5);
    expect(await count(2)).toBe(forTen);
  });

  it('refuses a foreign cursor and too long a page', async () => {
    expect((await ask(callers.officer, listed, { first: 101 })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect((await ask(callers.officer, listed, { first: 1, after: 'x' })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });
});

describe('the search by a number', () => {
  const search = 'query($by: FraudCaseSearch!) { searchFraudCases(by: $by) { edges { node { id } } } }';
  const found = async (by: object, caller: Caller = callers.officer) => (await ask(caller, search, { by })).data.searchFraudCases.edges.map(idOf);

  it('finds a case by case number, account, phone and id number, however they are typed, in the own region only', async () => {
    const [victim, holder] = [inventPerson(7_001), inventPerson(7_002)];
    const { id, caseNumber } = await report(callers.officer, { reporter: asTyped(victim), transfers: [aTransfer(holder, { payerAccountNumber: victim.account })], leads: [{ kind: 'PHONE', value: '19900007703' }] });

    expect(await found({ caseNumber: caseNumber.toLowerCase() })).toEqual([id]);
    expect(await found({ accountNumber: holder.account.replace(/(\d{4})(?=\d)/g, '$1 ') })).toEqual([id]);
    expect(await found({ accountNumber: victim.account })).toEqual([id]);
    expect(await found({ phone: `+86 ${victim.phone}` })).toEqual([id]);
    expect(await found({ phone: '199 0000 7703' })).toEqual([id]);
    expect(await found({ idNumber: victim.idNumber.toLowerCase() })).toEqual([id]);
    expect(await found({ idNumber: victim.idNumber }, callers.officerElsewhere)).toEqual([]);
    expect(await found({ accountNumber: holder.account.slice(0, -1) })).toEqual([]);
  });

  it('is recorded without the value, and asks for exactly one number', async () => {
    const { phone } = inventPerson(7_010);
    await found({ phone });

    const entries = await scene.database.worker.asCaller(clockCaller('police'), (manager) => manager.findBy(AuditEntry, { kind: 'SEARCH' }));
    expect(entries.at(-1)).toMatchObject({ actorId: callers.officer.id });
    expect(entries.some(({ body }) => body.includes(phone))).toBe(false);
    expect((await ask(callers.officer, search, { by: {} })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
    expect((await ask(callers.officer, search, { by: { phone: '1', idNumber: '2' } })).errors?.[0]?.extensions.code).toBe('BAD_USER_INPUT');
  });

  it('says that a character cannot be kept, instead of failing', async () => {
    const { errors } = await ask(callers.officer, search, { by: { caseNumber: 'A\u0000' } });

    expect(errors).toMatchObject([{ message: expect.stringContaining('delete it and ask again'), extensions: { code: 'BAD_USER_INPUT', path: 'by.caseNumber' } }]);
  });

  it('is closed to auditors', async () => {
    expect((await ask(callers.policeAuditor, search, { by: { phone: '19900000001' } })).errors?.[0]?.extensions.code).toBe('FORBIDDEN');
  });
});

describe('a look at personal data', () => {
  const look = 'query($id: ID!, $caseId: ID!, $task: LookTask!) { fraudCase(id: $id) { persons { name { masked full(task: $task, caseId: $caseId) } } narrative { full(task: $task, caseId: $caseId) } } }';
  const nameSeen = async (caller: Caller, variables: object) => (await ask(caller, look, variables)).data.fraudCase.persons[0].name.full;

  it('gives the full value for the acceptance check of this very case, until the case is decided, and is recorded', async () => {
    const victim = inventPerson(7_101);
    const reported = await report(callers.officer, { reporter: asTyped(victim) });
    const other = await report();
    const task = 'ACCEPTANCE_CHECK';

    expect(await nameSeen(callers.officer, { id: reported.id, caseId: reported.id, task })).toBe(victim.name);
    expect(await nameSeen(callers.officer, { id: reported.id, caseId: other.id, task })).toBeNull();
    expect(await nameSeen(callers.officer, { id: reported.id, caseId: reported.id, task: 'STOP_PAYMENT' })).toBeNull();
    expect(await nameSeen(callers.policeAuditor, { id: reported.id, caseId: reported.id, task })).toBeNull();
    const accepted = succeeded(await acceptFraudCase(scene.by(callers.officer), { idempotencyKey: newId(), caseId: reported.id, version: 1, receipt: 'HANDED_OVER' }));
    succeeded(await openFraudCase(scene.by(callers.leader), { idempotencyKey: newId(), caseId: reported.id, version: accepted.version, documentNumber: '虚公（刑）立字〔2026〕71号' }));
    expect(await nameSeen(callers.officer, { id: reported.id, caseId: reported.id, task })).toBeNull();

    const kinds = await scene.database.worker.asCaller(clockCaller('police'), (manager) => manager.query<{ kind: string }[]>(`select distinct kind from audit_entry where kind in ('LOOK', 'REFUSED_LOOK') order by kind`));
    expect(kinds.map(({ kind }) => kind)).toEqual(['LOOK', 'REFUSED_LOOK']);
  });
});

describe('a likely duplicate of another region', () => {
  const pairs = 'query($id: ID!) { fraudCase(id: $id) { duplicates { reason unitCode unitName dutyPhone otherCase { id caseNumber } } } }';

  it('shows its unit and duty phone, and nothing else, on both sides', async () => {
    const holder = inventPerson(7_201);
    const theirs = await report(callers.officerElsewhere, { transfers: [aTransfer(holder)] });
    const ours = await report(callers.officer, { transfers: [aTransfer(holder)] });

    expect((await ask(callers.officer, pairs, { id: ours.id })).data.fraudCase.duplicates).toEqual([{ reason: 'PAYEE', unitCode: units.elsewhere, unitName: expect.any(String), dutyPhone: expect.any(String), otherCase: null }]);
    expect((await ask(callers.officerElsewhere, pairs, { id: theirs.id })).data.fraudCase.duplicates).toMatchObject([{ unitCode: units.bureau, otherCase: null }]);
  });

  it('shows the case itself inside the region', async () => {
    const holder = inventPerson(7_202);
    const first = await report(callers.officer, { transfers: [aTransfer(holder)] });
    const second = await report(callers.officer, { transfers: [aTransfer(holder)] });

    expect((await ask(callers.officer, pairs, { id: second.id })).data.fraudCase.duplicates[0].otherCase).toEqual({ id: first.id, caseNumber: first.caseNumber });
  });
});

describe('the case as a federation entity', () => {
  it('is found by its key, in the caller’s name', async () => {
    const { id } = await report();
    const entities = 'query($representations: [_Any!]!) { _entities(representations: $representations) { ... on FraudCase { id state } } }';
    const representations = [{ __typename: 'FraudCase', id }];

    expect((await ask(callers.officer, entities, { representations })).data._entities).toEqual([{ id, state: 'REPORTED' }]);
    expect((await ask(callers.officerElsewhere, entities, { representations })).data._entities).toEqual([null]);
  });
});
