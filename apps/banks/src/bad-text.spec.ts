import { newId } from '@lianfang/database';
import { buildSubgraph, isErrorCode, openContext } from '@lianfang/subgraph';
import { badTextDocuments, callers } from '@lianfang/testing';
import type { Caller } from '@lianfang/vocabulary';
import { graphql, type GraphQLSchema } from 'graphql';
import { standOn } from './action-context';
import { subgraphParts } from './subgraph';
import { openBankBench, type BankBench } from './testing/bank-bench';

let scene: BankBench;
let schema: GraphQLSchema;
beforeAll(async () => {
  scene = await openBankBench();
  standOn(scene.desk);
  schema = buildSubgraph(subgraphParts);
});
afterAll(() => scene?.database.drop());

/** The errors of an answer that no client could understand: those without a code of the closed list. */
async function failures(caller: Caller, source: string, variableValues: Readonly<Record<string, unknown>>): Promise<string[]> {
  const { context, close } = openContext({ caller, clock: scene.clock, requestId: newId(), database: scene.database.runtime });
  const { errors = [] } = await graphql({ schema, source, variableValues, contextValue: context });
  await close();
  return errors.filter(({ extensions }) => !isErrorCode(extensions['code']) || extensions['code'] === 'INTERNAL').map(({ message }) => message.slice(0, 200));
}

test.each([callers.liaison, callers.analyst].map((caller) => [caller.roles.join(), caller] as const))(
  'no text that %s may send anywhere makes the subgraph fail: NUL, half a character, 100 kB',
  async (_, caller) => {
    const documents = badTextDocuments(schema);
    const failed: string[] = [];
    for (const { label, source, variableValues } of documents) {
      for (const message of await failures(caller, source, variableValues)) failed.push(`${label}: ${message}`);
    }

    expect(documents.length).toBeGreaterThan(20);
    expect(failed).toEqual([]);
  },
  60_000,
);
