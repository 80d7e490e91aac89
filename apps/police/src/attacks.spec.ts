import { newId } from '@lianfang/database';
import { buildSubgraph, isErrorCode, openContext } from '@lianfang/subgraph';
import { attackDocuments, callers, entityDocument, entityTypes, everythingOf, injections, people, watchedDoors } from '@lianfang/testing';
import type { Caller } from '@lianfang/vocabulary';
import { graphql, type GraphQLSchema } from 'graphql';
import { standOn } from './action-context';
import { fileAppeal } from './appeal/file-appeal.actions';
import { subgraphParts } from './subgraph';
import { deliver, ordered, outflow, stopped } from './testing/bank-answers';
import { newHolder, openScene, succeeded, type Scene } from './testing/stop-payment-scene';

let scene: Scene;
let schema: GraphQLSchema;
/** Everything of one case of the bureau, by what its id is called. */
let ours: Readonly<Record<'FraudCase' | 'StopPaymentRequest' | 'StopPaymentBatch' | 'Appeal', string>>;
/** What nobody of another region may ever read. */
let words: readonly string[];
let statements: string[] = [];

beforeAll(async () => {
  scene = await openScene();
  standOn(scene.ground);
  schema = buildSubgraph(subgraphParts);
  const [holder, next] = [newHolder(), newHolder('B002')];
  const { placed, batch, request } = await ordered(scene, { holders: [holder] });
  await deliver(scene, stopped(scene, request.id, { outflows: [outflow(scene, { accountNumber: next.account, holderName: next.name })] }));
  const appeal = succeeded(await fileAppeal(scene.by(callers.officer), {
    idempotencyKey: newId(), requestId: request.id, appellantName: '虚构商行', appellantPhone: '13800000000', reason: '这是正常货款。', materials: [{ title: '销货单', sha256: 'a'.repeat(64) }],
  }));
  ours = { FraudCase: placed.id, StopPaymentRequest: request.id, StopPaymentBatch: batch.id, Appeal: appeal.id };
  words = [...Object.values(ours), placed.caseNumber, appeal.number, holder.account, holder.account.slice(-4), next.account, next.name, people.victim.account, callers.leader.name, '虚构商行'];
});
afterAll(() => scene?.close());

/** What somebody is told, as the answer would be written; and how many statements it took. */
async function told(caller: Caller, source: string, variableValues: Readonly<Record<string, unknown>> = {}): Promise<{ text: string; statements: number; codes: string[] }> {
  statements = [];
  const database = watchedDoors(scene.database.runtime, (statement) => void statements.push(statement));
  const { context, close } = openContext({ caller, clock: scene.clock, requestId: newId(), database });
  const { data, errors } = await graphql({ schema, source, variableValues: withOwnKey(variableValues), contextValue: context });
  await close();
  const text = JSON.stringify({ data, errors: errors?.map(({ message, path, extensions }) => ({ message, path, code: extensions['code'] })) });
  return { text, statements: statements.length, codes: (errors ?? []).map(({ extensions }) => String(extensions['code'])) };
}

/** Every mutation under a key of its own: two of one key would only show that the key is known. */
const withOwnKey = (variables: Readonly<Record<string, unknown>>): Record<string, unknown> =>
  'idempotencyKey' in Object(variables['input']) ? { ...variables, input: { ...(variables['input'] as object), idempotencyKey: newId() } } : { ...variables };

const strangers: readonly Caller[] = [callers.officerElsewhere, callers.leaderElsewhere, callers.liaison];
const everyStranger = strangers.map((caller) => [`${caller.roles.join()} of ${caller.unit ?? caller.institution ?? caller.agency}`, caller] as const);
const leaksOf = (text: string): string[] => words.filter((word) => text.includes(word));

/** What a mutation needs, so that it comes as far as looking for the thing. */
const given = {
  reason: '核查后决定。', receipt: 'HANDED_OVER', documentNumber: '虚公（刑）立字〔2026〕71号', decision: 'UPHELD', appellantName: '虚构商行', appellantPhone: '13800000000',
};
const everyKind = ['FraudCase', 'StopPaymentRequest', 'StopPaymentBatch', 'Appeal'] as const;

describe.each(everyStranger)('%s', (_, stranger) => {
  it('is given nothing for the key of an entity of another region: not its data, and not that it is there', async () => {
    const types = entityTypes(schema);
    const findable = types.filter((type): type is 'FraudCase' | 'StopPaymentRequest' => type in ours);
    expect(types.filter((type) => !findable.includes(type as 'FraudCase')).sort()).toEqual(['BankAccount', 'StopPaymentOrder']);

    for (const type of types) {
      for (const id of Object.values(ours)) {
        const [foreign, absent] = [await told(stranger, entityDocument(schema, type), { id }), newId()];
        const nothing = await told(stranger, entityDocument(schema, type), { id: absent });

        // The key of a thing that the banks keep comes back as it was given; nothing was looked up.
        expect(leaksOf(foreign.text.replaceAll(id, ''))).toEqual([]);
        expect({ ...foreign, text: foreign.text.replaceAll(id, 'id') }).toEqual({ ...nothing, text: nothing.text.replaceAll(absent, 'id') });
      }
    }
  }, 60_000);

  it('is told the same about a thing of another region and about one that is not there, by every query and mutation, with as many statements', async () => {
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
    if (stranger === callers.leaderElsewhere) expect(looked).toBeGreaterThan(5);
  }, 120_000);

  it('reads nothing of another region in any list', async () => {
    for (const field of Object.values(schema.getQueryType()?.getFields() ?? {})) {
      if (field.name.startsWith('_') || field.args.some(({ type }) => String(type).endsWith('!') && String(type) !== 'Int!')) continue;
      const { text } = await told(stranger, `{ ${field.name} ${everythingOf(schema, String(field.type).replace(/[[\]!]/g, ''))} }`);
      expect({ field: field.name, leaks: leaksOf(text) }).toEqual({ field: field.name, leaks: [] });
    }
  }, 60_000);
});

test('whose case it is reads it by every one of those keys: what strangers are refused is there', async () => {
  for (const [type, field] of [['FraudCase', 'fraudCase'], ['StopPaymentRequest', 'stopPaymentRequest'], ['StopPaymentBatch', 'stopPaymentBatch'], ['Appeal', 'appeal']] as const) {
    const { text } = await told(callers.officer, `query ($id: ID!) { ${field}(id: $id) ${everythingOf(schema, type)} }`, { id: ours[type] });
    expect(leaksOf(text)).toContain(ours[type]);
  }
  const { text } = await told(callers.officer, entityDocument(schema, 'FraudCase'), { id: ours.FraudCase });
  expect(leaksOf(text)).toEqual(expect.arrayContaining([ours.FraudCase, words[4]]));
});

test.each([callers.officer, callers.leader].map((caller) => [caller.roles.join(), caller] as const))('SQL in any text that %s may send is a value and never part of a statement', async (_, caller) => {
  const [value] = injections;
  const documents = attackDocuments({ schema, into: ['String', 'ID'], value, given });
  const [written, failed]: [string[], string[]] = [[], []];
  for (const { label, source, variableValues } of documents) {
    const { codes } = await told(caller, source, variableValues);
    if (statements.some((statement) => statement.includes('pg_sleep'))) written.push(label);
    if (!codes.every((code) => isErrorCode(code) && code !== 'INTERNAL')) failed.push(`${label}: ${codes.join()}`);
  }

  expect(documents.length).toBeGreaterThan(100);
  expect(written).toEqual([]);
  expect(failed).toEqual([]);
}, 120_000);

test('no search and no filter takes a wildcard or a quote for more than an unknown value', async () => {
  const asked = (value: string) => attackDocuments({ schema, into: ['String', 'ID'], value, only: 'query' });
  const plain = asked('unknown');
  const different: string[] = [];
  for (const value of injections) {
    for (const [place, { label, source, variableValues }] of asked(value).entries()) {
      const unknown = await told(callers.officer, source, plain[place]?.variableValues);
      const { text, codes } = await told(callers.officer, source, variableValues);
      // What cannot be such a number at all may be told to the person who typed it.
      if (text !== unknown.text && codes.join() !== 'BAD_USER_INPUT') different.push(`${label} ${value}: ${text}`);
    }
  }

  expect(different).toEqual([]);
}, 60_000);
