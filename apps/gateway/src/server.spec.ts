import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import type { Database } from '@lianfang/database';
import { PageArguments, buildSubgraph, connectionOf, openLog, openMetrics, pageOf, printSubgraph, publicError, readPage, startSubgraph, type FieldPermissions, type RequestContext, type RunningServer } from '@lianfang/subgraph';
import { hostileBodies, sendHostile } from '@lianfang/testing';
import { isRole, setClock } from '@lianfang/vocabulary';
import { auditServer } from 'graphql-http';
import { parse } from 'graphql';
import { Arg, Args, Ctx, Directive, Field, FieldResolver, ID, ObjectType, Query, Resolver, Root } from 'type-graphql';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { startGateway } from './server';
import { fillSupergraph } from './supergraph';

@ObjectType({ description: 'A case.' })
@Directive('@key(fields: "id")')
class PoliceCase {
  @Field(() => ID, { description: 'Opaque.' }) id: string;
  @Field(() => String, { description: 'What happened.' }) title: string;
  @Field(() => String, { nullable: true, description: 'For leaders.' }) secret: string | null;
}

const PoliceCaseConnection = connectionOf(PoliceCase);
const aCase = (id: string): PoliceCase => Object.assign(new PoliceCase(), { id, title: `case ${id}`, secret: 'hidden' });

@Resolver(() => PoliceCase)
class PoliceCaseResolver {
  @Query(() => PoliceCaseConnection, { description: 'Cases.' })
  cases(@Args(() => PageArguments) page: PageArguments) {
    const { first, after } = readPage(page, z.tuple([z.number()]));
    return pageOf(Array.from({ length: first }, (_, place) => aCase(String(place))), { first, after }, ({ id }) => [Number(id)]);
  }

  @Query(() => String, { nullable: true, description: 'Who the subgraph takes the caller for.' })
  whoami(@Ctx() { caller }: RequestContext): string {
    return caller.roles.join();
  }

  @Query(() => String, { nullable: true, description: 'Breaks.' })
  broken(@Arg('how', () => String, { description: 'How.' }) how: string): string {
    if (how === 'forbidden') throw publicError('FORBIDDEN', 'No.');
    throw new Error('select * from secret at postgres://inner:5432/police');
  }
}

const banksResolver = (() => {
  @ObjectType('PoliceCase', { description: 'A case, seen from the banks.' })
  @Directive('@key(fields: "id")')
  class CaseAtBanks {
    @Field(() => ID, { description: 'Opaque.' }) id: string;
    @Field(() => String, { nullable: true, description: 'What is held.' }) held: string | null;
  }
  @Resolver(() => CaseAtBanks)
  class BanksResolver {
    @Query(() => String, { nullable: true, description: 'A word from the banks.' })
    bankWord(): string {
      return 'word';
    }

    @FieldResolver(() => String, { nullable: true, description: 'What is held.' })
    held(@Root() { id }: CaseAtBanks): string {
      return `held for ${id}`;
    }
  }
  return { resolver: BanksResolver, type: CaseAtBanks, found: (id: string) => Object.assign(new CaseAtBanks(), { id }) };
})();

const fieldPermissions: FieldPermissions = { Query: { '*': 'ANYONE' }, PoliceCase: { '*': 'ANYONE', secret: ['POLICE_LEADER'] }, PageInfo: { '*': 'ANYONE' } };
const police = { resolvers: [PoliceCaseResolver] as const, orphanedTypes: [], references: { PoliceCase: ({ id }: { id: string }) => aCase(id) } };
const banks = { resolvers: [banksResolver.resolver] as const, orphanedTypes: [banksResolver.type], references: { PoliceCase: ({ id }: { id: string }) => banksResolver.found(id) } };

const noDatabase: Pick<Database, 'asCaller' | 'openReading'> = {
  asCaller: (_caller, work) => work({} as EntityManager),
  openReading: async () => ({ manager: {} as EntityManager, close: async () => undefined }),
};

const authenticate = async (authorization: string | undefined) => {
  const role = authorization?.replace('Bearer ', '') ?? '';
  if (!isRole(role)) throw Object.assign(new Error('no token'), { code: 'TOKEN_MISSING' });
  return { caller: { id: role, name: role, agency: 'police' as const, roles: [role], institution: null, unit: null, region: null, kind: 'person' as const } };
};

const silent = (app: string) => ({ log: openLog({ app, level: 'silent' }), metrics: openMetrics({ app }) });

const seen: IncomingMessage['headers'][] = [];

const startPart = (name: string, part: typeof police | typeof banks): Promise<RunningServer> =>
  startSubgraph({
    name, host: '127.0.0.1', port: 0, schema: buildSubgraph({ ...part, resolvers: [...part.resolvers], fieldPermissions }), database: noDatabase, authenticate, clock: setClock('2026-01-31T08:00:00Z'),
    checks: {}, development: false, ...silent(name),
  });

/** A subgraph that misbehaves in a chosen way. */
async function startRogue(): Promise<{ url: string; behave: (how: (request: IncomingMessage, response: ServerResponse) => void) => void; server: Server }> {
  let how = (_request: IncomingMessage, response: ServerResponse): void => void response.end();
  const server = createServer((request, response) => {
    seen.push(request.headers);
    request.resume();
    how(request, response);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { server, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`, behave: (next) => void (how = next) };
}

function compose(urls: { police: string; banks: string }): string {
  const { supergraphSdl, errors } = composeServices([
    { name: 'police', url: urls.police, typeDefs: parse(printSubgraph({ ...police, resolvers: [...police.resolvers] })) },
    { name: 'banks', url: urls.banks, typeDefs: parse(printSubgraph({ ...banks, resolvers: [...banks.resolvers] })) },
  ]);
  if (!supergraphSdl) throw new Error(String(errors));
  return supergraphSdl;
}

const startFront = (supergraph: string, development = false): Promise<RunningServer> =>
  startGateway({
    host: '127.0.0.1', port: 0, supergraph, authenticate, development, origins: ['https://portal.example'], ...silent('gateway'),
    subgraphLimits: { answerMilliseconds: 400, answerBytes: 100_000 },
  });

let policeServer: RunningServer;
let banksServer: RunningServer;
let rogue: Awaited<ReturnType<typeof startRogue>>;
let gateway: RunningServer;
let roguish: RunningServer;
let development: RunningServer;

beforeAll(async () => {
  [policeServer, banksServer, rogue] = await Promise.all([startPart('police', police), startPart('banks', banks), startRogue()]);
  const whole = compose({ police: `${policeServer.url}/graphql`, banks: `${banksServer.url}/graphql` });
  gateway = await startFront(whole);
  development = await startFront(whole, true);
  roguish = await startFront(compose({ police: `${policeServer.url}/graphql`, banks: rogue.url }));
});

afterAll(async () => {
  rogue?.server.closeAllConnections();
  rogue?.server.close();
  await Promise.all([gateway, roguish, development, policeServer, banksServer].map((one) => one?.drain()));
});

interface Answered {
  readonly status: number;
  readonly headers: Headers;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- a spec reads answers as they are
  readonly json: any;
}

const signedIn = { authorization: 'Bearer POLICE_OFFICER' };

async function post(url: string, body: unknown, headers: Record<string, string> = signedIn): Promise<Answered> {
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body: typeof body === 'string' ? body : JSON.stringify(body) });
  return { status: response.status, headers: response.headers, json: JSON.parse(await response.text()) };
}

const ask = (query: string, variables?: object): Promise<Answered> => post(gateway.url, { query, variables });
const askRoguish = (query: string): Promise<Answered> => post(roguish.url, { query });
const codeOf = ({ status, json }: Answered): string => `${status} ${json.errors?.[0]?.extensions.code}`;

describe('the gateway', () => {
  it('joins what two agencies know about one case', async () => {
    const { status, json } = await ask('{ cases(first: 2) { edges { node { id title held } } } whoami bankWord }');

    expect(status).toBe(200);
    expect(json).toEqual({
      data: {
        cases: { edges: [{ node: { id: '0', title: 'case 0', held: 'held for 0' } }, { node: { id: '1', title: 'case 1', held: 'held for 1' } }] },
        whoami: 'POLICE_OFFICER',
        bankWord: 'word',
      },
    });
  });

  it('passes a known code on, with the agency that said it, and the rest of the answer', async () => {
    const { status, json } = await ask('{ cases(first: 1) { edges { node { id secret } } } }');

    expect(status).toBe(200);
    expect(json.data.cases.edges[0].node).toEqual({ id: '0', secret: null });
    expect(json.errors[0]).toMatchObject({ path: ['cases', 'edges', 0, 'node', 'secret'], extensions: { code: 'FORBIDDEN', subgraph: 'police' } });
  });

  it('tells an incident and nothing else of what broke in an agency', async () => {
    const { json } = await ask('{ broken(how: "sql") }');

    expect(json.errors[0].extensions).toMatchObject({ code: 'INTERNAL', subgraph: 'police', incident: expect.stringMatching(/^[0-9a-f-]{36}$/) });
    expect(JSON.stringify(json)).not.toMatch(/select|postgres|127\.0\.0\.1|at /);
  });

  it('shows GraphiQL and the schema in development only', async () => {
    const html = { headers: { accept: 'text/html' } };
    // GraphiQL writes the document into its own address; the page comes back when that is loaded again.
    const page = await fetch(`${development.url}/graphql?query=%7Bwhoami%7D`, html);
    const text = await page.text();

    expect(page.headers.get('content-security-policy')).toContain("connect-src 'self'");
    expect(text.slice(-2_000)).toContain('YogaGraphiQL.renderYogaGraphiQL(');
    expect(text).not.toMatch(/<(script|link|img|iframe)[^>]+(src|href)=["']?(https?:)?\/\//);
    expect((await fetch(`${gateway.url}/graphql`, html)).status).toBe(405);
    expect((await post(development.url, { query: '{ __schema { queryType { name } } }' }, {})).json.data.__schema.queryType.name).toBe('Query');
    expect(codeOf(await post(development.url, { query: '{ whoami }' }, {}))).toBe('401 UNAUTHENTICATED');
    expect(codeOf(await ask('{ __schema { queryType { name } } }'))).toBe('400 GRAPHQL_VALIDATION_FAILED');
  });

  it('lets browsers of configured origins call and no others', async () => {
    const preflight = async (origin: string): Promise<string | null> =>
      (await fetch(`${gateway.url}/graphql`, { method: 'OPTIONS', headers: { origin, 'access-control-request-method': 'POST' } })).headers.get('access-control-allow-origin');

    expect(await preflight('https://portal.example')).toBe('https://portal.example');
    expect(await preflight('https://elsewhere.example')).toBeNull();
  });

  it('is alive and ready, whatever its subgraphs do', async () => {
    for (const path of ['/livez', '/readyz', '/metrics', '/']) expect((await fetch(roguish.url + path)).status).toBe(200);
  });
});

describe('identity at the gateway', () => {
  it('is the token and nothing else: no token, a bad token, forged headers', async () => {
    expect(codeOf(await post(gateway.url, { query: '{ whoami }' }, {}))).toBe('401 UNAUTHENTICATED');
    expect(codeOf(await post(gateway.url, { query: '{ whoami }' }, { authorization: 'Bearer nobody' }))).toBe('401 UNAUTHENTICATED');
    expect(codeOf(await post(gateway.url, { query: '{ __typename }' }, { 'x-user': 'root', 'x-roles': 'POLICE_LEADER', 'x-forwarded-user': 'root' }))).toBe('401 UNAUTHENTICATED');
    expect((await post(gateway.url, { query: '{ whoami }' }, {})).headers.get('www-authenticate')).toBe('Bearer');
  });

  it('travels on as the same token alone', async () => {
    seen.length = 0;
    rogue.behave((_request, response) => response.setHeader('content-type', 'application/json').end('{"data":{"bankWord":"rogue"}}'));

    await post(roguish.url, { query: '{ bankWord }' }, { ...signedIn, 'x-roles': 'POLICE_LEADER', 'x-user': 'root', cookie: 'a=b', forwarded: 'for=1', 'x-request-id': 'chosen' });

    const { 'x-request-id': requestId, ...headers } = seen[0] ?? {};
    expect(Object.keys(headers).sort()).toEqual(['accept', 'authorization', 'connection', 'content-length', 'content-type', 'host']);
    expect(headers.authorization).toBe(signedIn.authorization);
    expect(requestId).toMatch(/^[0-9a-f-]{36}$/);
  });

  it('is proven again by the subgraph, which gives nothing to who comes directly', async () => {
    const { status, json } = await post(policeServer.url, { query: '{ whoami }' }, { 'x-user': 'root' });

    expect(`${status} ${json.errors[0].extensions.code}`).toBe('401 UNAUTHENTICATED');
  });
});

describe('when one agency fails, the others answer', () => {
  const query = '{ cases(first: 1) { edges { node { id title held } } } }';

  const failures: Record<string, (request: IncomingMessage, response: ServerResponse) => void> = {
    'it cuts the connection': (request) => request.socket.destroy(),
    'it hangs': () => undefined,
    'it trickles': (_request, response) => {
      response.setHeader('content-type', 'application/json');
      const timer = setInterval(() => response.write(' '), 50);
      response.once('close', () => clearInterval(timer));
    },
    'it answers a web page': (_request, response) => response.setHeader('content-type', 'text/html').end('<h1>502 Bad Gateway http://10.0.0.7</h1>'),
    'it answers broken JSON': (_request, response) => response.setHeader('content-type', 'application/json').end('{"data":'),
    'it answers another shape': (_request, response) => response.setHeader('content-type', 'application/json').end('[1]'),
    'it answers text as data': (_request, response) => response.setHeader('content-type', 'application/json').end('{"data":"all"}'),
    'it answers text as errors': (_request, response) => response.setHeader('content-type', 'application/json').end('{"errors":"all"}'),
    'it answers too few entities': (_request, response) => response.setHeader('content-type', 'application/json').end('{"data":{"_entities":[]}}'),
    'it answers too much': (_request, response) => response.setHeader('content-type', 'application/json').end(JSON.stringify({ data: { _entities: [{ held: 'x'.repeat(200_000) }] } })),
    'it reaches for the prototype': (_request, response) => response.setHeader('content-type', 'application/json').end('{"data":{"_entities":[{"held":"x","__proto__":{"polluted":true}}]}}'),
    'it reaches for the prototype in disguise': (_request, response) =>
      response.setHeader('content-type', 'application/json').end('{"data":{"_entities":[{"held":"x","const\\u0072uctor":{"prototype":{"polluted":true}}}]}}'),
    'it answers an error of its own with an address': (_request, response) =>
      response.setHeader('content-type', 'application/json').end('{"errors":[{"message":"select at http://10.0.0.7","extensions":{"code":"SQL","stacktrace":["at x"]}}]}'),
  };

  it.each(Object.keys(failures).flatMap((name) => [[name, 'for the first time'], [name, 'to a document known from before']]))('%s, %s', async (name, time) => {
    const asked = `${query} # ${name} ${time}`;
    rogue.behave((_request, response) => response.setHeader('content-type', 'application/json').end('{"data":{"_entities":[{"held":"x"}]}}'));
    if (time !== 'for the first time') expect((await askRoguish(asked)).json.errors).toBeUndefined();
    rogue.behave(failures[name] ?? (() => undefined));

    const { status, json } = await askRoguish(asked);

    expect(status).toBe(200);
    expect(json.data).toEqual({ cases: { edges: [{ node: { id: '0', title: 'case 0', held: null } }] } });
    expect(json.errors).toHaveLength(1);
    expect(json.errors[0].extensions).toEqual({ code: 'SUBGRAPH_UNAVAILABLE', subgraph: 'banks' });
    expect(JSON.stringify(json)).not.toMatch(/http|10\.0\.0\.7|127\.0\.0\.1|select|at x/);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it('and a value of the wrong shape is left out with an error at its place', async () => {
    rogue.behave((_request, response) => response.setHeader('content-type', 'application/json').end('{"data":{"bankWord":{"a":1}}}'));

    const { json } = await askRoguish('{ bankWord whoami }');

    expect(json.data).toEqual({ bankWord: null, whoami: 'POLICE_OFFICER' });
    expect(json.errors[0]).toMatchObject({ path: ['bankWord'], extensions: { code: 'SUBGRAPH_UNAVAILABLE' } });
    expect(json.extensions).toBeUndefined();
  });
});

describe('a document that is known from before', () => {
  const query = 'query Twice($n: Int!) { cases(first: $n) { edges { node { id title held secret } } } whoami }';

  it.each(['application/json', 'application/graphql-response+json', '*/*'])('is answered without Apollo Server as it was with it, byte for byte (%s)', async (accept) => {
    const document = `${query.replace('secret', '')} # ${accept}`;
    const answers = [];
    for (let times = 0; times < 3; times += 1) {
      const response = await fetch(`${gateway.url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', accept, ...signedIn }, body: JSON.stringify({ query: document, variables: { n: 2 } }) });
      answers.push({ status: response.status, headers: [...response.headers].filter(([name]) => name !== 'date'), text: await response.text() });
    }

    expect(answers[0]?.text).toContain('held for 1');
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toEqual(answers[0]);
  });

  it('is answered for each caller from the agencies again, never from memory', async () => {
    const asLeader = { authorization: 'Bearer POLICE_LEADER' };
    const [first, second, third] = [await ask(query, { n: 1 }), await post(gateway.url, { query, variables: { n: 1 } }, asLeader), await ask(query, { n: 1 })];

    expect(second.json.data).toMatchObject({ whoami: 'POLICE_LEADER', cases: { edges: [{ node: { secret: 'hidden' } }] } });
    expect(first.json.data).toMatchObject({ whoami: 'POLICE_OFFICER', cases: { edges: [{ node: { secret: null } }] } });
    expect(third.json).toEqual(first.json);
    expect(codeOf(await post(gateway.url, { query, variables: { n: 1 } }, {}))).toBe('401 UNAUTHENTICATED');
  });

  it('tells wrong variables, an unknown name and a long page as before', async () => {
    for (const wrong of [{ variables: { n: 'x' } }, { variables: {} }, { variables: [] }, { variables: 'n' }, { variables: { n: 1 }, operationName: 'Other' }, { variables: { n: 1 }, operationName: '' }, { variables: { n: 101 } }, { variables: { n: 1 }, extensions: 'x' }]) {
      const unknown = await post(gateway.url, { ...wrong, query: `${query} # ${JSON.stringify(wrong)}` });
      await post(gateway.url, { query, variables: { n: 1 } });
      const known = await post(gateway.url, { ...wrong, query });

      expect(known.json.errors).toEqual(unknown.json.errors);
      expect(`${known.status} ${known.json.data}`).toBe('400 undefined');
      expect(unknown.status).toBe(400);
    }
  });

  it('asks an agency once for each answer, also when the answer holds an error', async () => {
    const document = '{ cases(first: 1) { edges { node { id held } } } bankWord }';
    rogue.behave((_request, response) => response.setHeader('content-type', 'application/json').end('{"data":{"bankWord":"word","_entities":[{"held":"x"}]}}'));
    await askRoguish(document);
    const before = seen.length;
    rogue.behave((_request, response) => response.setHeader('content-type', 'application/json').end('{"data":null,"errors":[{"message":"No.","extensions":{"code":"FORBIDDEN"}}]}'));

    const { json } = await askRoguish(document);

    expect(json.data).toEqual({ cases: { edges: [{ node: { id: '0', held: null } }] }, bankWord: null });
    expect(json.errors).toHaveLength(2);
    expect(seen.length - before).toBe(2);
  });
});

describe('a compromised agency', () => {
  const query = '{ cases(first: 1) { edges { node { id title secret held } } } whoami }';
  const answering = (entity: object, more: object = {}) => (_request: IncomingMessage, response: ServerResponse): void =>
    void response.setHeader('content-type', 'application/json').end(JSON.stringify({ data: { _entities: [entity], ...more } }));
  const answerTo = async (label: string, time: string, lie: ReturnType<typeof answering>) => {
    const asked = `${query} # ${label} ${time}`;
    rogue.behave(answering({ held: 'x' }));
    if (time !== 'for the first time') await askRoguish(asked);
    rogue.behave(lie);
    return (await askRoguish(asked)).json;
  };
  const times = ['for the first time', 'to a document known from before'];

  it.each(times)('cannot say what another agency owns, nor open what that one withholds (%s)', async (time) => {
    const { data, errors } = await answerTo('owns', time, answering({ __typename: 'PoliceCase', held: 'x', id: '7', title: 'forged', secret: 'forged', toString: 'forged' }, { whoami: 'POLICE_LEADER', cases: { edges: [] } }));

    expect(data).toEqual({ cases: { edges: [{ node: { id: '0', title: 'case 0', secret: null, held: 'x' } }] }, whoami: 'POLICE_OFFICER' });
    expect(errors.map((error: { extensions: { code: string } }) => error.extensions.code)).toEqual(['FORBIDDEN']);
  });

  it.each(times)('cannot pass another kind of thing for what was asked (%s)', async (time) => {
    const { data } = await answerTo('kind', time, answering({ __typename: 'Query', held: { __typename: 'PoliceCase', title: 'forged' } }));

    expect(data).toEqual({ cases: { edges: [{ node: { id: '0', title: 'case 0', secret: null, held: null } }] }, whoami: 'POLICE_OFFICER' });
  });

  it.each(times)('costs its own part alone when it answers 8 MB (%s)', async (time) => {
    const { data, errors } = await answerTo('size', time, answering({ held: 'x'.repeat(8_388_608) }));

    expect(data.cases.edges[0].node).toEqual({ id: '0', title: 'case 0', secret: null, held: null });
    expect(errors.map((error: { extensions: { code: string } }) => error.extensions.code).sort()).toEqual(['FORBIDDEN', 'SUBGRAPH_UNAVAILABLE']);
  });
});

describe('callers at the same time', () => {
  it('are each answered as themselves, with one document and one set of variables', async () => {
    const query = 'query Together($n: Int!) { cases(first: $n) { edges { node { id secret held } } } whoami }';
    const asking = Array.from({ length: 40 }, (_, place) => (place % 2 === 0 ? 'POLICE_LEADER' : 'POLICE_OFFICER'));

    const answers = await Promise.all(asking.map((role) => post(gateway.url, { query, variables: { n: 1 } }, { authorization: `Bearer ${role}` })));

    expect(answers.map(({ json }) => json.data.whoami)).toEqual(asking);
    expect(answers.map(({ json }) => json.data.cases.edges[0].node.secret)).toEqual(asking.map((role) => (role === 'POLICE_LEADER' ? 'hidden' : null)));
  });
});

describe('the gateway refuses', () => {
  const nested = (levels: number): string => `{ ${'cases(first: 1) { edges { node { '.repeat(1)}${'... on PoliceCase { '.repeat(levels)} id ${'}'.repeat(levels)} } } } }`;

  it('what is too deep, too wide, too aliased or too long', async () => {
    const fields = Array.from({ length: 13 }).reduce<string>((inner) => `{ a ${inner} }`, '');
    expect(codeOf(await ask(fields))).toBe('400 QUERY_TOO_COMPLEX');
    expect(codeOf(await ask(nested(100)))).toBe('400 QUERY_TOO_COMPLEX');
    expect(codeOf(await ask(`{ ${Array.from({ length: 31 }, (_, place) => `a${place}: whoami`).join(' ')} }`))).toBe('400 QUERY_TOO_COMPLEX');
    expect(codeOf(await ask(`{ cases(first: 1) { edges { ${Array.from({ length: 31 }, (_, place) => `a${place}: cursor`).join(' ')} } } }`))).toBe('400 QUERY_TOO_COMPLEX');
    expect(codeOf(await ask(`{ ${'whoami '.repeat(21)} }`))).toBe('400 QUERY_TOO_COMPLEX');
    expect(codeOf(await ask(`{ cases(first: 1) { edges { ${'cursor '.repeat(1_001)} } } }`))).toBe('400 QUERY_TOO_COMPLEX');
    expect(codeOf(await ask(`{ cases(first: 1) { edges { ${'cursor '.repeat(4_001)} } } }`))).toBe('400 GRAPHQL_PARSE_FAILED');
  });

  it('fragments that multiply, at once', async () => {
    const bomb = Array.from({ length: 30 }, (_, place) => `fragment f${place} on Query { ...f${place + 1} ...f${place + 1} }`).join(' ');
    const began = performance.now();

    expect(codeOf(await ask(`{ ...f0 } ${bomb} fragment f30 on Query { whoami }`))).toBe('400 QUERY_TOO_COMPLEX');
    expect(codeOf(await ask('{ ...f } fragment f on Query { whoami ...g } fragment g on Query { ...f }'))).toBe('400 GRAPHQL_VALIDATION_FAILED');
    expect(performance.now() - began).toBeLessThan(2_000);
  });

  it.each([[3, 'GRAPHQL_VALIDATION_FAILED'], [5, 'GRAPHQL_VALIDATION_FAILED'], [12, 'QUERY_TOO_COMPLEX']])('batches of requests of batches, %i levels deep', async (levels, code) => {
    const front = await startFront(fillSupergraph(readFileSync(join(__dirname, '../supergraph.graphql'), 'utf8'), { police: 'http://127.0.0.1:1', banks: 'http://127.0.0.1:1' }));

    const answer = await post(front.url, { query: `{ stopPaymentBatch(id: "1") { ${'requests { batch { '.repeat(levels)} id ${'} }'.repeat(levels)} } }` });
    await front.drain();

    expect(codeOf(answer)).toBe(`400 ${code}`);
    if (levels < 12) expect(answer.json.errors[0].message).toMatch(/within itself too often; ask for less/);
  });

  it('pages longer than 100, written or given as a variable', async () => {
    expect(codeOf(await ask('{ cases(first: 101) { edges { cursor } } }'))).toBe('400 QUERY_TOO_COMPLEX');
    expect(codeOf(await ask('query ($n: Int!) { cases(first: $n) { edges { cursor } } }', { n: 101 }))).toBe('400 QUERY_TOO_COMPLEX');
    expect(codeOf(await ask('query ($n: Int! = 101) { cases(first: $n) { edges { cursor } } }'))).toBe('400 QUERY_TOO_COMPLEX');
    expect((await ask('query ($n: Int!) { cases(first: $n) { edges { cursor } } }', { n: 100 })).json.data.cases.edges).toHaveLength(100);
  });

  it('names of the prototype as aliases and variables', async () => {
    expect(codeOf(await ask('{ __proto__: whoami }'))).toBe('400 BAD_REQUEST');
    expect(codeOf(await ask('{ cases(first: 1) { edges { constructor: cursor } } }'))).toBe('400 BAD_REQUEST');
    expect((await post(gateway.url, '{"query":"{ whoami }","variables":{"__proto__":{"polluted":1}}}')).json.data).toEqual({ whoami: 'POLICE_OFFICER' });
    expect(({} as { polluted?: number }).polluted).toBeUndefined();
  });

  it.each(['GET', 'HEAD', 'PUT', 'DELETE'])('%s: variables in an address would be written down on the way', async (method) => {
    for (const server of [gateway, development, policeServer]) {
      const answer = await fetch(`${server.url}/graphql?query={whoami}`, { method, headers: { ...signedIn, 'apollo-require-preflight': 'true', accept: 'application/json' } });

      expect(`${answer.status} ${answer.headers.get('allow')}`).toBe('405 POST, OPTIONS');
      expect(await answer.text()).not.toContain('POLICE_OFFICER');
    }
  });

  it('bodies that are no GraphQL request', async () => {
    expect(codeOf(await post(gateway.url, '{"query":'))).toBe('400 BAD_REQUEST');
    expect(codeOf(await post(gateway.url, '[{"query":"{ whoami }"},{"query":"{ whoami }"}]'))).toBe('400 BAD_REQUEST');
    expect(codeOf(await post(gateway.url, 'null'))).toBe('400 BAD_REQUEST');
    expect(codeOf(await post(gateway.url, '{"query":1}'))).toBe('400 BAD_REQUEST');
    expect(codeOf(await post(gateway.url, 'query=a', { ...signedIn, 'content-type': 'application/x-www-form-urlencoded' }))).toBe('415 UNSUPPORTED_MEDIA_TYPE');
    expect(codeOf(await post(gateway.url, '{"query":"{ whoami }"}', { ...signedIn, 'content-type': 'text/plain' }))).toBe('415 UNSUPPORTED_MEDIA_TYPE');
    expect(codeOf(await post(gateway.url, `{"query":"{ whoami }","pad":"${'x'.repeat(1_100_000)}"}`))).toBe('413 TOO_LARGE');
    expect((await fetch(`${gateway.url}/nothing`)).status).toBe(404);
  });
});

describe('the gateway, and a subgraph that is called directly', () => {
  it.each(hostileBodies().map((hostile) => [hostile.what, hostile] as const))('survive %s, and tell nothing of their inside', async (_, hostile) => {
    for (const { url } of [gateway, policeServer]) {
      const { answer, text } = await sendHostile(`${url}/graphql`, signedIn.authorization, hostile);

      expect(answer).toBe(hostile.answer);
      expect(text).not.toMatch(/node_modules|at \w+ \(|\.ts:|select |postgres|127\.0\.0\.1/);
      expect(text.length).toBeLessThan(50_000);
      expect(({} as { polluted?: number }).polluted).toBeUndefined();
    }
  });
});

describe('GraphQL over HTTP', () => {
  it('is kept in every MUST and every SHOULD', async () => {
    const results = await auditServer({
      // Some of its documents ask the schema about itself, which only development answers.
      url: `${development.url}/graphql`,
      fetchFn: (url: string, options?: RequestInit) => fetch(url, { ...options, headers: { ...(options?.headers as Record<string, string>), ...signedIn } }),
    });

    const broken = results.filter(({ status }) => status === 'warn' || status === 'error').map(({ name, status }) => `${status}: ${name}`);
    expect(results.length).toBeGreaterThan(50);
    expect(broken).toEqual([]);
  });
});
