import { readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { buildSchema, isNonNullType } from 'graphql';
import { composeSupergraph } from './compose';
import { readSchemas, supergraphFile } from './files';

const root = resolve(__dirname, '..', '..', '..');
const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable"])\n';

describe('the supergraph', () => {
  it('is current: it equals what the committed schemas compose to (else run `npm run supergraph` and commit both)', () => {
    const committed = readFileSync(join(root, supergraphFile), 'utf8');

    expect(committed).toBe(composeSupergraph(readSchemas(root)));
  });

  it.each(readSchemas(root).map(({ name, schema }) => [name, schema]))('loses nothing of the other agencies when %s do not answer: their root fields may be null (ADR 0004)', (_, schema) => {
    const query = buildSchema(schema, { assumeValidSDL: true }).getQueryType()?.getFields() ?? {};

    const binding = Object.values(query).filter(({ type }) => isNonNullType(type)).map(({ name }) => name);

    expect(Object.keys(query)).not.toEqual([]);
    expect(binding).toEqual([]);
  });

  it('names the agencies by placeholder, never by address', () => {
    const police = { name: 'police', schema: `${link} type Query { cases: [FraudCase!]! } type FraudCase @key(fields: "id") { id: ID! }` };
    const banks = { name: 'banks', schema: `${link} type Query { orders: Int! } type FraudCase @key(fields: "id") { id: ID! held: String }` };

    const supergraph = composeSupergraph([police, banks]);

    expect(supergraph).toContain('@join__graph(name: "police", url: "{police}")');
    expect(supergraph).toBe(composeSupergraph([banks, police]));
  });

  it('is refused with every reason when two schemas do not fit', () => {
    const police = { name: 'police', schema: `${link} type Query { amount: Int! }` };
    const banks = { name: 'banks', schema: `${link} type Query { amount: String! }` };

    expect(() => composeSupergraph([police, banks])).toThrow(/do not compose:\n.*amount/s);
  });
});
