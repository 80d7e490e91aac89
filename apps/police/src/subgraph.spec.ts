import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { printSubgraph, undescribed } from '@lianfang/subgraph';
import { buildSchema } from 'graphql';
import { subgraphParts } from './subgraph';

const committed = readFileSync(join(__dirname, '..', 'schema.graphql'), 'utf8');

// The gateway's supergraph is composed from the committed file: after a change of types run `npm run supergraph`.
test('the committed schema is what the code serves', () => {
  expect(printSubgraph(subgraphParts)).toBe(committed);
});

test('every type, field and argument says what it holds', () => {
  expect(undescribed(buildSchema(committed.replace(/^extend schema[^\n]*\n/, ''), { assumeValidSDL: true }))).toEqual([]);
});
