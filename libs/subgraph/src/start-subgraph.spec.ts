import type { Database } from '@lianfang/database';
import { Refused, moneyOf, setClock, type Caller, type Refusal as Refusing, type Role } from '@lianfang/vocabulary';
import { hostileBodies, sendHostile } from '@lianfang/testing';
import { Arg, Args, Ctx, Directive, Field, ID, Mutation, ObjectType, Query, Resolver } from 'type-graphql';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import {
  ActionAvailability, Disclosure, Instant, Money, PageArguments, buildSubgraph, connectionOf, openLog, openMetrics, pageOf, printSubgraph, readPage, resultOf, startSubgraph,
  type FieldPermissions, type RequestContext, type RunningServer,
} from './index';

@ObjectType({ description: 'A thing that was found.' })
@Directive('@key(fields: "id")')
class FoundThing {
  @Field(() => ID, { description: 'Opaque.' }) id: string;
  @Field(() => Instant, { description: 'When.' }) foundAt: Date;
  @Field(() => Money, { description: 'What it is worth.' }) worth: Money | ReturnType<typeof moneyOf>;
  @Field(() => Disclosure, { description: 'Who lost it.' }) owner: Disclosure;
  @Field(() => String, { nullable: true, description: 'For leaders.' }) secret: string | null;
  @Field(() => [ActionAvailability], { description: 'What may be done.' }) actions: { action: string; refusal: Refusing | null }[];
}

const FoundThingConnection = connectionOf(FoundThing);
const KeepThingResult = resultOf('KeepThingResult', () => FoundThing);

const aThing = (id: string): FoundThing =>
  Object.assign(new FoundThing(), {
    id,
    foundAt: new Date('2026-01-31T08:00:00Z'),
    worth: moneyOf(9_007_199_254_740_993n),
    owner: { masked: '***', look: async ({ task, caseId }: { task: string; caseId: string }, { caller }: RequestContext) => `${caller.id} ${task} ${caseId}` },
    secret: 'behind the door',
    actions: [{ action: 'KEEP', refusal: { code: 'REASON_REQUIRED', law: null, path: null, parameters: {} } }],
  });

const batches: string[][] = [];
async function loadThings(ids: readonly string[]): Promise<readonly (FoundThing | null)[]> {
  batches.push([...ids]);
  return ids.map((id) => (id === 'missing' ? null : aThing(id)));
}

@Resolver(() => FoundThing)
class FoundThingResolver {
  @Query(() => FoundThingConnection, { description: 'Things, eldest first.' })
  foundThings(@Args(() => PageArguments) page: PageArguments) {
    const { after, first } = readPage(page, z.tuple([z.number()]));
    const start = after ? after[0] + 1 : 0;
    const rows = [0, 1, 2, 3, 4].filter((place) => place >= start).slice(0, first + 1);
    const found = pageOf(rows, { first, after }, (place) => [place]);
    return { ...found, edges: found.edges.map(({ node, cursor }) => ({ node: aThing(String(node)), cursor })) };
  }

  @Query(() => FoundThing, { nullable: true, description: 'One.' })
  async foundThing(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() context: RequestContext) {
    await context.manager();
    return context.loader(loadThings).load(id);
  }

  @Query(() => String, { nullable: true, description: 'Breaks.' })
  broken(): string {
    throw Object.assign(new Error('select secret from owner where phone = 13800000000 at postgres://inner:5432'), { code: '23505', query: 'select' });
  }

  @Mutation(() => KeepThingResult, { description: 'Keeps a thing.' })
  keepThing(@Arg('id', () => ID, { description: 'Its id.' }) id: string, @Ctx() context: RequestContext) {
    return context.act(async () => (id === 'no' ? Refused.because('LEVEL_TOO_LOW', { path: 'id', law: 'DL-02', parameters: { level: 'CITY', levelZh: '地市级' } }) : aThing(id)));
  }
}

/** Another subgraph in the same process, with a type of the same GraphQL name. */
const another = (() => {
  @ObjectType('FoundThing', { description: 'The same thing, from the other side.' })
  @Directive('@key(fields: "id", resolvable: false)')
  class Stub {
    @Field(() => ID, { description: 'Opaque.' }) id: string;
  }
  @Resolver()
  class OtherResolver {
    @Query(() => Stub, { description: 'A stub.' })
    other() {
      return { id: 'a' };
    }
  }
  return OtherResolver;
})();

const wire: FieldPermissions = Object.fromEntries(
  ['Money', 'Disclosure', 'Refusal', 'Refusals', 'RefusalParameter', 'ActionAvailability', 'PageInfo'].map((type) => [type, { '*': 'ANYONE' as const }]),
);
const fieldPermissions: FieldPermissions = {
  ...wire,
  Query: { '*': 'ANYONE' },
  Mutation: { keepThing: ['POLICE_OFFICER', 'POLICE_LEADER'] },
  FoundThing: { '*': 'ANYONE', secret: ['POLICE_LEADER'] },
};

const callerOf = (role: Role): Caller => ({ id: role, name: role, agency: 'police', roles: [role], institution: null, unit: null, region: '990101', kind: 'person' });

const readings = { open: 0, closed: 0, acts: 0 };
const database: Pick<Database, 'asCaller' | 'openReading'> = {
  async asCaller(_caller, work) {
    readings.acts += 1;
    return work({} as EntityManager);
  },
  async openReading() {
    readings.open += 1;
    return { manager: {} as EntityManager, close: async () => void (readings.closed += 1) };
  },
};

const lines: string[] = [];
let server: RunningServer;
let isMigrated = true;

beforeAll(async () => {
  server = await startSubgraph({
    name: 'police',
    host: '127.0.0.1',
    port: 0,
    schema: buildSubgraph({
      resolvers: [FoundThingResolver],
      references: { FoundThing: ({ id }, context) => context.loader(loadThings).load(id) },
      fieldPermissions,
    }),
    database,
    authenticate: async (authorization) => {
      const role = authorization?.replace('Bearer ', '') as Role | undefined;
      if (!role) throw Object.assign(new Error('TOKEN_MISSING'), { code: 'TOKEN_MISSING' });
      return { caller: callerOf(role) };
    },
    clock: setClock('2026-01-31T08:00:00Z'),
    checks: { migrations: async () => isMigrated || 'migrations are pending' },
    log: openLog({ app: 'police', to: { write: (line) => void lines.push(line) } }),
    metrics: openMetrics({ app: 'police', pool: () => ({ total: 3, idle: 2, waiting: 1 }) }),
    development: false,
    limits: { bodyBytes: 20_000 },
  });
});

afterAll(() => server.drain());

interface Answered {
  readonly status: number;
  readonly headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a spec reads answers as they are
  readonly json: any;
}

async function post(body: unknown, headers: Record<string, string> = { authorization: 'Bearer POLICE_OFFICER' }): Promise<Answered> {
  const response = await fetch(`${server.url}/graphql`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...headers },
    body: typeof body === 'string' ? body : JSON.stringify(body),
  });
  return { status: response.status, headers: response.headers, json: JSON.parse(await response.text()) };
}

const ask = async (query: string, variables?: object): Promise<Answered> => post({ query, variables });

describe('a subgraph', () => {
  it('answers money as text, instants in UTC and refusals with their sentence', async () => {
    const { status, json } = await ask(
      '{ foundThing(id: "a") { id foundAt worth { fen currency } owner { masked full(task: STOP_PAYMENT, caseId: "c") } actions { action refusal { code sentence(language: EN) } } } }',
    );

    expect(status).toBe(200);
    expect(json).toEqual({
      data: {
        foundThing: {
          id: 'a',
          foundAt: '2026-01-31T08:00:00.000Z',
          worth: { fen: '9007199254740993', currency: 'CNY' },
          owner: { masked: '***', full: 'POLICE_OFFICER STOP_PAYMENT c' },
          actions: [{ action: 'KEEP', refusal: { code: 'REASON_REQUIRED', sentence: 'Give a reason.' } }],
        },
      },
    });
  });

  it('answers a refused action as Refusals with law, path and parameters, and a taken one as the thing', async () => {
    const query = 'mutation ($id: ID!) { keepThing(id: $id) { __typename ... on FoundThing { id } ... on Refusals { refusals { code law path parameters { name value } sentence } } } }';

    expect((await ask(query, { id: 'no' })).json.data.keepThing).toEqual({
      __typename: 'Refusals',
      refusals: [{ code: 'LEVEL_TOO_LOW', law: 'DL-02', path: 'id', parameters: [{ name: 'level', value: 'CITY' }, { name: 'levelZh', value: '地市级' }], sentence: '此事项须由地市级以上公安机关负责人审批，请转交其审批。' }],
    });
    expect((await ask(query, { id: 'yes' })).json.data.keepThing).toEqual({ __typename: 'FoundThing', id: 'yes' });
  });

  it('loads twenty references in one batch', async () => {
    batches.length = 0;
    const representations = Array.from({ length: 20 }, (_, place) => ({ __typename: 'FoundThing', id: String(place) }));

    const { json } = await ask('query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on FoundThing { id } } }', { representations });

    expect(json.data._entities).toHaveLength(20);
    expect(batches).toHaveLength(1);
  });

  it('answers null for a reference that is not there or whose id is no text', async () => {
    const representations = [{ __typename: 'FoundThing', id: 'missing' }, { __typename: 'FoundThing', id: { $ne: null } }, { __typename: 'FoundThing' }];

    const { json } = await ask('query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on FoundThing { id } } }', { representations });

    expect(json.data._entities).toEqual([null, null, null]);
  });

  it('pages by keyset cursor and refuses a cursor that it did not make', async () => {
    const query = 'query ($first: Int!, $after: String) { foundThings(first: $first, after: $after) { edges { node { id } } pageInfo { hasNextPage hasPreviousPage endCursor } } }';
    const one = (await ask(query, { first: 3 })).json.data.foundThings;
    const two = (await ask(query, { first: 3, after: one.pageInfo.endCursor })).json.data.foundThings;

    expect(one.edges.map((edge: { node: { id: string } }) => edge.node.id)).toEqual(['0', '1', '2']);
    expect(one.pageInfo.hasNextPage).toBe(true);
    expect(two.edges.map((edge: { node: { id: string } }) => edge.node.id)).toEqual(['3', '4']);
    expect(two.pageInfo).toMatchObject({ hasNextPage: false, hasPreviousPage: true });
    for (const after of ['garbage!', 'WzEsMl0', Buffer.from('["x"]').toString('base64url')]) {
      expect((await ask(query, { first: 3, after })).json.errors[0].extensions).toEqual({ code: 'BAD_USER_INPUT', path: 'after' });
    }
    for (const first of [0, 101, -1]) expect((await ask(query, { first })).json.errors[0].extensions.code).toBe('BAD_USER_INPUT');
  });

  it('opens one read transaction only when something reads, and closes it', async () => {
    Object.assign(readings, { open: 0, closed: 0 });

    await ask('{ foundThings(first: 1) { edges { cursor } } }');
    expect(readings.open).toBe(0);

    await ask('{ a: foundThing(id: "a") { id } b: foundThing(id: "b") { id } }');
    expect(readings).toMatchObject({ open: 1, closed: 1 });
  });
});

describe('a subgraph refuses', () => {
  it('a caller without a token, whatever other headers claim', async () => {
    const { status, headers, json } = await post({ query: '{ __typename }' }, { 'x-user': 'admin', 'x-roles': 'POLICE_LEADER', cookie: 'a=b' });

    expect(status).toBe(401);
    expect(headers.get('www-authenticate')).toBe('Bearer');
    expect(json.errors[0].extensions).toEqual({ code: 'UNAUTHENTICATED', reason: 'TOKEN_MISSING' });
  });

  it('a field that the role may not read: the field is null, the rest stands', async () => {
    const { status, json } = await ask('{ foundThing(id: "a") { id secret } }');

    expect(status).toBe(200);
    expect(json.data.foundThing).toEqual({ id: 'a', secret: null });
    expect(json.errors[0].extensions.code).toBe('FORBIDDEN');
  });

  it('a mutation that the role may not call, before the action runs', async () => {
    readings.acts = 0;

    const { json } = await post({ query: 'mutation { keepThing(id: "a") { __typename } }' }, { authorization: 'Bearer AUDITOR' });

    expect(json.errors[0].extensions.code).toBe('FORBIDDEN');
    expect(readings.acts).toBe(0);
  });

  it('bodies that are no GraphQL request, each with its code and status', async () => {
    const status = async (body: string, headers: Record<string, string> = {}): Promise<string> => {
      const answered = await post(body, { authorization: 'Bearer AUDITOR', ...headers });
      return `${answered.status} ${answered.json.errors[0].extensions.code}`;
    };

    expect(await status('{')).toBe('400 BAD_REQUEST');
    expect(await status('[{"query":"{__typename}"}]')).toBe('400 BAD_REQUEST');
    expect(await status('"text"')).toBe('400 BAD_REQUEST');
    expect(await status('{}')).toBe('400 BAD_REQUEST');
    expect(await status('{"query":"{"}')).toBe('400 GRAPHQL_PARSE_FAILED');
    expect(await status('{"query":"{ nothing }"}')).toBe('400 GRAPHQL_VALIDATION_FAILED');
    expect(await status(JSON.stringify({ query: '{ a '.repeat(4_500) }))).toBe('400 GRAPHQL_PARSE_FAILED');
    expect(await status('{"query":"{ __schema { types { name } } }"}')).toBe('400 GRAPHQL_VALIDATION_FAILED');
    expect(await status('x'.repeat(20_001))).toBe('413 TOO_LARGE');
    expect(await status('{"query":"{__typename}"}', { 'content-type': 'text/plain' })).toBe('415 UNSUPPORTED_MEDIA_TYPE');
    expect(await status('{"query":"{__typename}"}', { 'content-type': 'application/json; charset=utf-16' })).toBe('415 UNSUPPORTED_MEDIA_TYPE');
    expect(await status('{"extensions":{"persistedQuery":{"version":1,"sha256Hash":"a"}}}')).toBe('400 BAD_REQUEST');
  });

  it('to say what broke: an incident id, no SQL, no address, no value, neither in the answer nor in the log', async () => {
    lines.length = 0;

    const { json } = await ask('{ broken }');

    const { code, incident } = json.errors[0].extensions;
    expect(code).toBe('INTERNAL');
    expect(JSON.stringify(json)).not.toMatch(/select|postgres|138000|at /);
    const line = lines.find((one) => one.includes(incident));
    expect(line).toContain('"errorCode":"23505"');
    expect(line).not.toMatch(/13800000000|postgres:/);
  });

  it('to repeat a wrong value', async () => {
    const { json } = await ask('query ($first: Int!) { foundThings(first: $first) { edges { cursor } } }', { first: '6222000000000000000' });

    expect(json.errors[0].extensions.code).toBe('BAD_USER_INPUT');
    expect(JSON.stringify(json)).not.toContain('6222');
  });
});

describe('a subgraph that is called directly', () => {
  // Bodies of the usual size: this spec's server takes only 20 kB.
  it.each(hostileBodies().filter(({ body }) => body.length < 20_000).map((hostile) => [hostile.what, hostile] as const))('survives %s, and tells nothing of its inside', async (_, hostile) => {
    const { answer, text } = await sendHostile(`${server.url}/graphql`, 'Bearer POLICE_OFFICER', hostile);

    expect(answer).toBe(hostile.answer);
    expect(text).not.toMatch(/node_modules|at \w+ \(|\.ts:|select |postgres/);
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it('takes the caller from the token alone, whatever other headers claim', async () => {
    const forged = { authorization: 'Bearer AUDITOR', 'x-user': 'POLICE_LEADER', 'x-roles': 'POLICE_LEADER', 'x-forwarded-user': 'POLICE_LEADER', 'x-hasura-role': 'admin', forwarded: 'for=127.0.0.1', cookie: 'role=POLICE_LEADER' };

    const { json } = await post({ query: '{ foundThing(id: "a") { secret owner { full(task: STOP_PAYMENT, caseId: "c") } } }' }, forged);

    expect(json.data.foundThing).toEqual({ secret: null, owner: { full: 'AUDITOR STOP_PAYMENT c' } });
    expect(json.errors[0].extensions.code).toBe('FORBIDDEN');
  });

  it('answers callers at the same moment each as themselves, with one document and one set of variables', async () => {
    const asking = Array.from({ length: 40 }, (_, place) => (place % 2 === 0 ? 'POLICE_LEADER' : 'AUDITOR'));

    const answers = await Promise.all(asking.map((role) => post({ query: 'query ($id: ID!) { foundThing(id: $id) { secret owner { full(task: STOP_PAYMENT, caseId: "c") } } }', variables: { id: 'a' } }, { authorization: `Bearer ${role}` })));

    expect(answers.map(({ json }) => json.data.foundThing.owner.full)).toEqual(asking.map((role) => `${role} STOP_PAYMENT c`));
    expect(answers.map(({ json }) => json.data.foundThing.secret)).toEqual(asking.map((role) => (role === 'POLICE_LEADER' ? 'behind the door' : null)));
  });

  it('takes an alias of the prototype for a name, and withholds what stands under it', async () => {
    const { json } = await ask('{ foundThing(id: "a") { __proto__: secret constructor: id } }');

    expect(json.errors[0].extensions.code).toBe('FORBIDDEN');
    expect(JSON.stringify(json.data)).toBe('{"foundThing":{"__proto__":null,"constructor":"a"}}');
  });
});

describe('a subgraph does not start', () => {
  it('when a field has no row in the permissions table', () => {
    const incomplete: FieldPermissions = { ...fieldPermissions, FoundThing: { id: 'ANYONE', '*': 'ANYONE' }, Money: { fen: 'ANYONE' }, Mutation: {} };

    expect(() => buildSubgraph({ resolvers: [FoundThingResolver], fieldPermissions: incomplete })).toThrow('no row for 2 field(s): Money.currency, Mutation.keepThing.');
  });
});

describe('two subgraphs in one process', () => {
  it('keep their types apart', () => {
    const mine = printSubgraph({ resolvers: [FoundThingResolver] });
    const theirs = printSubgraph({ resolvers: [another] });

    expect(mine).toContain('foundAt: Instant!');
    expect(theirs).not.toContain('foundAt');
    expect(theirs).toContain('type FoundThing @key(fields: "id", resolvable: false)');
  });
});

describe('an operator', () => {
  it('sees life, readiness with the failing check, and metrics with the pool', async () => {
    const text = async (path: string): Promise<string> => {
      const response = await fetch(server.url + path);
      return `${response.status} ${await response.text()}`;
    };

    expect(await text('/livez')).toBe('200 alive\n');
    expect(await text('/readyz')).toBe('200 {"ready":true,"failing":{}}\n');
    isMigrated = false;
    expect(await text('/readyz')).toBe('503 {"ready":false,"failing":{"migrations":"migrations are pending"}}\n');
    isMigrated = true;
    expect(await text('/metrics')).toMatch(/lianfang_errors_total\{code="FORBIDDEN",app="police"\} \d[\s\S]*lianfang_database_connections\{state="waiting",app="police"\} 1/);
    expect(await text('/elsewhere')).toMatch(/^404 /);
  });
});
