import { newId } from '@lianfang/database';
import { buildSubgraph, isErrorCode, openContext } from '@lianfang/subgraph';
import { attackDocuments, callers, entityDocument, entityTypes, everythingOf, injections, people, watchedDoors } from '@lianfang/testing';
import { clockCaller, type Caller } from '@lianfang/vocabulary';
import { graphql, type GraphQLSchema } from 'graphql';
import { standOn } from './action-context';
import { BankAccount } from './bank-account/bank-account.entity';
import { defaultInstitutionSettings } from './settings';
import { subgraphParts } from './subgraph';
import { openBankBench, type BankBench } from './testing/bank-bench';

let bench: BankBench;
let schema: GraphQLSchema;
/** An order at B002 that was stopped, and its account. */
let ours: Readonly<Record<'StopPaymentOrder' | 'BankAccount', string>>;
/** What no other institution and no other region may ever read. */
let words: readonly string[];
let statements: string[] = [];

beforeAll(async () => {
  bench = await openBankBench();
  standOn(bench.desk);
  schema = buildSubgraph(subgraphParts);
  bench.chosen.set('B002', { ...defaultInstitutionSettings, straightThrough: true });
  const account = await bench.openMuleAccount('B002');
  const order = await bench.receive(account);
  await bench.work();
  const [answered] = await bench.database.worker.asCaller(clockCaller('banks'), (manager) => manager.find(BankAccount));
  ours = { StopPaymentOrder: order.id, BankAccount: answered?.id ?? '' };
  words = [...Object.values(ours), account.number, account.number.slice(-4), order.caseId, people.holder.name, people.victim.name];
});
afterAll(() => bench?.database.drop());

/** What somebody is told, as the answer would be written; and how many statements it took. */
async function told(caller: Caller, source: string, variableValues: Readonly<Record<string, unknown>> = {}): Promise<{ text: string; statements: number; codes: string[] }> {
  statements = [];
  const database = watchedDoors(bench.database.runtime, (statement) => void statements.push(statement));
  const { context, close } = openContext({ caller, clock: bench.clock, requestId: newId(), database });
  const { data, errors } = await graphql({ schema, source, variableValues: withOwnKey(variableValues), contextValue: context });
  await close();
  const text = JSON.stringify({ data, errors: errors?.map(({ message, path, extensions }) => ({ message, path, code: extensions['code'] })) });
  return { text, statements: statements.length, codes: (errors ?? []).map(({ extensions }) => String(extensions['code'])) };
}

/** Every mutation under a key of its own: two of one key would only show that the key is known. */
const withOwnKey = (variables: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  'idempotencyKey' in Object(variables['input']) ? { ...variables, input: { ...(variables['input'] as object), idempotencyKey: newId() } } : { ...variables };

const strangers: readonly Caller[] = [callers.liaison, callers.analyst, callers.liaisonOfP001, callers.auditorOfB001, callers.officerElsewhere];
const everyStranger = strangers.map((caller) => [`${caller.roles.join()} of ${caller.unit ?? caller.institution ?? caller.agency}`, caller] as const);
const leaksOf = (text: string): string[] => words.filter((word) => text.includes(word));

/** What a mutation needs, so that it comes as far as looking for the thing. */
const given = { businessNote: '核查后决定。' };
const everyKind = ['StopPaymentOrder', 'BankAccount'] as const;

describe.each(everyStranger)('%s', (_, stranger) => {
  it('is given nothing for the key of an entity of another institution: not its data, and not that it is there', async () => {
    const types = entityTypes(schema);
    expect([...types].sort()).toEqual([...everyKind].sort());

    for (const type of types) {
      for (const id of Object.values(ours)) {
        const [foreign, absent] = [await told(stranger, entityDocument(schema, type), { id }), newId()];
        const nothing = await told(stranger, entityDocument(schema, type), { id: absent });

        expect(leaksOf(foreign.text)).toEqual([]);
        expect({ ...foreign, text: foreign.text.replaceAll(id, 'id') }).toEqual({ ...nothing, text: nothing.text.replaceAll(absent, 'id') });
      }
    }
  }, 60_000);

  it('is told the same about a thing of another institution and about one that is not there, by every query and mutation, with as many statements', async () => {
    const absent = newId();
    const different: string[] = [];
    let looked = 0;
    for (const kind of everyKind) {
      const foreign = attackDocuments({ schema, into: ['ID'], value: ours[kind], given });
      const nothing = attackDocuments({ schema, into: ['ID'], value: absent, given });
      for (const [place, { label, source, variableValues }] of foreign.entries()) {
        const there = await told(stranger, source, variableValues);
        const notThere = await told(stranger, source, nothing[place]?.variableValues);
        if (notThere.text.includes('NOT_FOUND')) looked += 1;
        const same = there.text.replaceAll(ours[kind], 'id') === notThere.text.replaceAll(absent, 'id') && there.statements === notThere.statements;
        if (!same || leaksOf(there.text.replaceAll(ours[kind], '')).length > 0) different.push(`${label} with the id of a ${kind}: ${there.text} ${there.statements} / ${notThere.text} ${notThere.statements}`);
      }
    }

    expect(different).toEqual([]);
    // Not vacuous: they came as far as looking for it.
    if (stranger === callers.liaison) expect(looked).toBeGreaterThan(3);
  }, 120_000);

  it('reads nothing of another institution in any list', async () => {
    for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
      if (field.name.startsWith('_') || field.args.some(({ type }) => String(type).endsWith('!') && String(type) !== 'Int!')) continue;
      const { text } = await told(stranger, `{ ${field.name} ${everythingOf(schema, String(field.type).replace(/[[\]!]/g, ''))} }`);
      expect({ field: field.name, leaks: leaksOf(text) }).toEqual({ field: field.name, leaks: [] });
    }
  }, 60_000);
});

test('whose order it is reads it by every one of those keys: what strangers are refused is there', async () => {
  for (const type of everyKind) {
    const { text } = await told(callers.liaisonOfB002, entityDocument(schema, type), { id: ours[type] });
    expect(leaksOf(text)).toContain(ours[type]);
  }
});

test.each([callers.liaisonOfB002, callers.analystOfB002].map((caller) => [caller.roles.join(), caller] as const))('SQL in any text that %s may send is a value and never part of a statement', async (_, caller) => {
  const [value] = injections;
  const documents = attackDocuments({ schema, into: ['String', 'ID'], value, given });
  const [written, failed]: [string[], string[]] = [[], []];
  for (const { label, source, variableValues } of documents) {
    const { codes } = await told(caller, source, variableValues);
    if (statements.some((statement) => statement.includes('pg_sleep'))) written.push(label);
    if (!codes.every((code) => isErrorCode(code) && code !== 'INTERNAL')) failed.push(`${label}: ${codes.join()}`);
  }

  expect(documents.length).toBeGreaterThan(5);
  expect(written).toEqual([]);
  expect(failed).toEqual([]);
}, 120_000);

test('no search and no filter takes a wildcard or a quote for more than an unknown value', async () => {
  const asked = (value: string) => attackDocuments({ schema, into: ['String', 'ID'], value, only: 'query' });
  const plain = asked('unknown');
  const different: string[] = [];
  for (const value of injections) {
    for (const [place, { label, source, variableValues }] of asked(value).entries()) {
      const unknown = await told(callers.liaisonOfB002, source, plain[place]?.variableValues);
      const { text, codes } = await told(callers.liaisonOfB002, source, variableValues);
      // What cannot be such a number at all may be told to the person who typed it.
      if (text !== unknown.text && codes.join() !== 'BAD_USER_INPUT') different.push(`${label} ${value}: ${text}`);
    }
  }

  expect(different).toEqual([]);
}, 60_000);
