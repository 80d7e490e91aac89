import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { urgentMutations } from '@lianfang/subgraph';
import { Kind, parse } from 'graphql';

it('every urgent mutation is one that the graph has', () => {
  const supergraph = parse(readFileSync(join(__dirname, '..', 'supergraph.graphql'), 'utf8'));
  const mutation = supergraph.definitions.find((one) => one.kind === Kind.OBJECT_TYPE_DEFINITION && one.name.value === 'Mutation');
  const fields = mutation?.kind === Kind.OBJECT_TYPE_DEFINITION ? (mutation.fields ?? []).map(({ name }) => name.value) : [];

  expect(Object.keys(urgentMutations).filter((name) => !fields.includes(name))).toEqual([]);
});
