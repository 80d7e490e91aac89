import { Kind, buildSchema, getIntrospectionQuery, parse, validate, type DocumentNode } from 'graphql';
import { startApollo } from './apollo';
import { startGraphqlServer } from './graphql-server';
import { openLog } from './log';
import { openMetrics } from './metrics';
import { MOST_NODES, estimateNodes, nodeLimit } from './node-limit';

const schema = buildSchema(`
  type Query { case: Case! cases(first: Int! = 20): Cases! batch: Batch _entities(representations: [String!]!): [Entity]! }
  union Entity = Case | Request
  type Cases { edges: [CaseEdge!]! pageInfo: PageInfo! }
  type CaseEdge { node: Case! cursor: String! }
  type PageInfo { hasNextPage: Boolean! }
  type Case { id: ID! title: String! codes: [String!]! requests: [Request!]! }
  type Batch { id: ID! requests: [Request!]! }
  type Request { id: ID! batch: Batch case: Case followers: [Request!]! order: Order amount: Money }
  type Order { id: ID! request: Request }
  type Money { fen: String! }
`);

function nodesOf(text: string): number {
  const document: DocumentNode = parse(text);
  const fragments = new Map(document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [])));
  const operation = document.definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  if (!operation) throw new Error('the document has an operation');
  return estimateNodes({ getSchema: () => schema, getFragment: (name) => fragments.get(name) }, operation).nodes;
}

const refusals = (text: string): string[] => validate(schema, parse(text), [nodeLimit]).map(({ message }) => message);
const attack = (levels: number): string => `{ batch { requests { ${'batch { requests { '.repeat(levels - 1)} id ${'} }'.repeat(levels)} }`;

describe('the estimate of a document', () => {
  it('counts a page by its rows, written, usual or as a variable, and its edges once', () => {
    expect(nodesOf('{ cases(first: 3) { edges { node { id } } } }')).toBe(9);
    expect(nodesOf('{ cases { edges { node { id } } } }')).toBe(60);
    expect(nodesOf('query ($n: Int! = 1) { cases(first: $n) { edges { node { id } } } }')).toBe(300);
  });

  it('counts an unpaged list of things by a fixed length, values not at all', () => {
    expect(nodesOf('{ case { codes requests { id amount { fen } } } }')).toBe(41);
  });

  it('counts entities as the longest page, and nothing that asks the schema', () => {
    expect(nodesOf('{ _entities(representations: []) { ... on Case { id } } }')).toBe(100);
    expect(nodesOf('{ __schema { types { fields { type { fields { name } } } } } }')).toBe(0);
  });

  it('counts every use of a fragment and every alias', () => {
    expect(nodesOf('{ case { ...f } b: case { ...f ... { requests { id } } } } fragment f on Case { requests { id } }')).toBe(62);
    expect(refusals(`{ ...f0 } ${Array.from({ length: 40 }, (_, at) => `fragment f${at} on Query { ...f${at + 1} ...f${at + 1} }`).join(' ')} fragment f40 on Query { case { id } }`)).toHaveLength(1);
  });

  it('ends for a fragment within itself, which validation refuses', () => {
    expect(nodesOf('{ case { ...f } } fragment f on Case { requests { case { ...f } } }')).toBe(41);
  });

  it('never falls when a field is added', () => {
    const fields = ['id', 'batch { id }', 'case { id }', 'followers { id }', 'order { request { id } }', 'amount { fen }'];
    for (let chosen = 0; chosen < 2 ** fields.length; chosen += 1) {
      const asked = fields.filter((_, at) => chosen & (1 << at));
      const less = nodesOf(`{ batch { requests { __typename ${asked.join(' ')} } } }`);
      for (const field of fields) expect(nodesOf(`{ batch { requests { __typename ${asked.join(' ')} ${field} } } }`)).toBeGreaterThanOrEqual(less);
    }
  });
});

describe('the node limit', () => {
  it.each([3, 5, 12])('refuses batches of requests of batches, %i levels deep', (levels) => {
    expect(refusals(attack(levels))).toEqual([expect.stringMatching(/within itself too often; ask for less/)]);
  });

  it('refuses the same through fragments', () => {
    expect(refusals('{ batch { ...a } } fragment a on Batch { requests { batch { ...b } } } fragment b on Batch { requests { batch { id } } }')).toHaveLength(1);
  });

  it('allows a page of cases with requests and orders, and a batch from its request', () => {
    expect(refusals('{ cases(first: 20) { edges { node { id requests { id amount { fen } order { id } } } } pageInfo { hasNextPage } } }')).toEqual([]);
    expect(refusals('{ batch { requests { id batch { id requests { __typename } } } } }')).toHaveLength(1);
    expect(refusals('{ batch { requests { id batch { id } } } }')).toEqual([]);
  });

  it('allows what GraphiQL asks of the schema', () => {
    expect(refusals(getIntrospectionQuery())).toEqual([]);
  });

  it('counts a list that leads back to its own type as long as both may be, so that one batch of them is refused', () => {
    expect(nodesOf(attack(2))).toBeGreaterThan(200 * 200);
    expect(refusals(attack(2))).toEqual([expect.stringContaining(`at most ${MOST_NODES} by estimate; ask for less`)]);
    expect(refusals('{ cases(first: 100) { edges { node { requests { batch { requests { id } } } } } } }')).toEqual([expect.stringContaining(`at most ${MOST_NODES} by estimate; ask for less`)]);
  });

  it('refuses lists within lists within pages', () => {
    expect(refusals('{ cases(first: 20) { edges { node { requests { followers { followers { id } } } } } } }')).toEqual([]);
    expect(refusals('{ cases(first: 100) { edges { node { requests { followers { followers { id } } } } } } }')).toHaveLength(1);
  });

  it('allows five layers of followers and no more', () => {
    const chain = (count: number): string => `{ request { ${'followers { id '.repeat(count)}${'}'.repeat(count)} } }`;
    const one = buildSchema('type Query { request: Request } type Request { id: ID! followers: [Request!]! }');
    expect(validate(one, parse(chain(5)), [nodeLimit])).toEqual([]);
    expect(validate(one, parse(chain(6)), [nodeLimit])).toHaveLength(1);
  });
});

describe('a subgraph asked directly', () => {
  it.each([3, 5, 12])('answers 400 to the attack at %i levels', async (levels) => {
    const log = openLog({ app: 'spec', level: 'silent' });
    const server = await startGraphqlServer({
      name: 'spec', host: '127.0.0.1', port: 0, apollo: await startApollo({ serves: { schema }, log, development: false }),
      open: async () => ({ context: {} }), checks: {}, log, metrics: openMetrics({ app: 'spec' }), development: false,
    });

    const answer = await fetch(`${server.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json' }, body: JSON.stringify({ query: attack(levels) }) });

    const told: unknown = await answer.json();
    await server.drain();

    expect(answer.status).toBe(400);
    expect(told).toMatchObject({ errors: [{ extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }] });
  });
});
