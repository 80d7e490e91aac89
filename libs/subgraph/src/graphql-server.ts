import { randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { performance } from 'node:perf_hooks';
import type { BaseContext } from '@apollo/server';
import { graphiqlPage, graphiqlPolicy } from './graphiql';
import { answerGraphql, type EndpointParts } from './graphql-endpoint';
import { allow, errorAnswer, send, textAnswer, type HttpAnswer } from './http-answer';
import { tellable } from './format-error';
import { withoutSearching, type Log } from './log';
import type { Metrics } from './metrics';
import { askReadiness, type Check } from './readiness';
import { WaitingLine, type LineLimits } from './waiting-line';

/** Bounds of one server. */
export interface ServerLimits extends LineLimits {
  /** Largest body, in bytes. */
  readonly bodyBytes: number;
  /** Longest time for one answer, in milliseconds. */
  readonly answerMilliseconds: number;
  /** Requests open at the same time, whatever they wait for; one more is told to come back in a second before anything of it is read. */
  readonly inFlight: number;
  /** How long `drain` waits for the answers under way, in milliseconds. */
  readonly drainMilliseconds: number;
}

const usualLimits: ServerLimits = { bodyBytes: 1_048_576, answerMilliseconds: 30_000, inFlight: 2_000, drainMilliseconds: 10_000, atOnce: 64, reserved: 16, shortest: 50, longest: 500, workMilliseconds: 2_000 };

/** What a GraphQL server on `node:http` is made from. */
export interface GraphqlServerParts<Context extends BaseContext> extends Omit<EndpointParts<Context>, 'bodyBytes' | 'answerMilliseconds' | 'turns'> {
  /** What the page at `/` calls it. */
  readonly name: string;
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  readonly checks: Readonly<Record<string, Check>>;
  readonly metrics: Metrics;
  /** GraphiQL is served in development only. */
  readonly development: boolean;
  /** Origins of browsers that may call; none by default. */
  readonly origins?: readonly string[];
  /** The id that joins the log lines of several processes; a fresh one by default. */
  readonly requestIdOf?: (request: IncomingMessage) => string;
  readonly limits?: Partial<ServerLimits>;
}

/** A server that listens. */
export interface RunningServer {
  readonly url: string;
  readonly port: number;
  /** Takes no new requests, finishes those under way within the limit, and stops. Safe to call twice. */
  drain(): Promise<void>;
}

/** Starts the server and answers when it listens. */
export async function startGraphqlServer<Context extends BaseContext>(parts: GraphqlServerParts<Context>): Promise<RunningServer> {
  const limits = { ...usualLimits, ...parts.limits };
  const state: ServerState = { draining: false, inFlight: 0 };
  const turns = new WaitingLine(limits);
  parts.metrics.watchLine(() => turns.fill());
  const answering: Answering<Context> = { ...parts, ...limits, turns, lines: withoutSearching(parts.log) };
  const server = createServer({ requestTimeout: 20_000, headersTimeout: 10_000, keepAliveTimeout: 65_000 }, (request, response) => {
    void answer(answering, { request, response, state });
  });
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  server.once('error', reject).listen(parts.port, parts.host, () => resolve());
  await promise;
  const { port } = server.address() as AddressInfo;
  const url = `http://${parts.host}:${port}`;
  parts.log.info({ event: 'server.listening', url });

  let drained: Promise<void> | undefined;
  const drain = async (): Promise<void> => {
    state.draining = true;
    parts.log.info({ event: 'server.draining' });
    await closeWithin(server, limits.drainMilliseconds);
    await parts.apollo.stop();
    parts.log.info({ event: 'server.stopped' });
  };
  return { url, port, drain: () => (drained ??= drain()) };
}

async function closeWithin(server: Server, milliseconds: number): Promise<void> {
  const { promise, resolve } = Promise.withResolvers<void>();
  server.close(() => resolve());
  server.closeIdleConnections();
  const timer = setTimeout(() => server.closeAllConnections(), milliseconds);
  await promise;
  clearTimeout(timer);
}

interface ServerState {
  draining: boolean;
  inFlight: number;
}

interface Exchange {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly state: ServerState;
}

interface Answering<Context extends BaseContext> extends Omit<GraphqlServerParts<Context>, 'limits'>, ServerLimits {
  readonly turns: WaitingLine;
  /** For the line of each request. */
  readonly lines: Log;
}

async function answer<Context extends BaseContext>(parts: Answering<Context>, exchange: Exchange): Promise<void> {
  const { request, response, state } = exchange;
  try {
    const path = (request.url ?? '/').split('?', 1)[0] ?? '/';
    const found = path === '/graphql' ? await graphql(parts, exchange) : await page(parts, path, state.draining);
    // Also for what was under way when draining began: a connection kept alive would hold the server open.
    if (state.draining) response.setHeader('connection', 'close');
    send(response, found);
  } catch (error) {
    // Only a broken connection or a defect of this file comes here: the endpoint itself turns every error into an answer.
    parts.log.error({ event: 'request.lost', ...tellable(error) });
    response.destroy();
  }
}

async function graphql<Context extends BaseContext>(parts: Answering<Context>, { request, response, state }: Exchange): Promise<HttpAnswer> {
  for (const [name, value] of allowedOrigin(parts.origins ?? [], request)) response.setHeader(name, value);
  if (request.method === 'OPTIONS') return { status: 204, headers: { allow }, body: '', codes: [] };
  if (parts.development && request.method === 'GET' && request.headers.accept?.includes('text/html')) {
    return { status: 200, headers: { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': graphiqlPolicy }, body: await graphiqlPage(parts.name), codes: [] };
  }
  if (state.inFlight >= parts.inFlight) {
    return errorAnswer(503, { message: 'Too many requests at once; come back in a second.', extensions: { code: 'UNAVAILABLE' } }, request.headers.accept);
  }
  state.inFlight += 1;
  try {
    return await measured(parts, request);
  } finally {
    state.inFlight -= 1;
  }
}

/** The statuses of whoever comes while there are too many. */
const turnedAway: ReadonlySet<number> = new Set([429, 503]);

/** Answers, counts and tells: one line per request, with ids and codes. */
async function measured<Context extends BaseContext>(parts: Answering<Context>, request: IncomingMessage): Promise<HttpAnswer> {
  const requestId = parts.requestIdOf?.(request) ?? randomUUID();
  const began = performance.now();
  parts.metrics.started();
  const answered = await answerGraphql(parts, request, requestId);
  const milliseconds = performance.now() - began;
  parts.metrics.finished({ status: answered.status, seconds: milliseconds / 1_000, codes: answered.codes });
  // Who is turned away is counted, not told line by line: there are thousands a second, and each line costs what would answer somebody.
  const level = turnedAway.has(answered.status) ? 'debug' : 'info';
  parts.lines[level]({ event: 'request.answered', requestId, status: answered.status, milliseconds: Math.round(milliseconds * 10) / 10, codes: answered.codes });
  return answered;
}

/** The CORS headers for a browser of a configured origin; none for any other, so that its browser refuses. */
function allowedOrigin(origins: readonly string[], request: IncomingMessage): readonly (readonly [string, string])[] {
  const { origin } = request.headers;
  if (origin === undefined || !origins.includes(origin)) return origins.length > 0 ? [['vary', 'origin']] : [];
  return [
    ['access-control-allow-origin', origin],
    ['vary', 'origin'],
    ['access-control-allow-methods', 'POST'],
    ['access-control-allow-headers', 'authorization, content-type'],
    ['access-control-max-age', '600'],
  ];
}

async function page<Context extends BaseContext>({ name, checks, metrics, development }: Answering<Context>, path: string, draining: boolean): Promise<HttpAnswer> {
  switch (path) {
    case '/':
      return textAnswer(200, `${name}\nGraphQL: POST /graphql${development ? ' (in a browser: GraphiQL)' : ''}\nState: /livez /readyz /metrics\n`);
    case '/livez':
      return textAnswer(200, 'alive\n');
    case '/readyz': {
      const { ready, failing } = draining ? { ready: false, failing: { server: 'draining' } } : await askReadiness(checks);
      return textAnswer(ready ? 200 : 503, `${JSON.stringify({ ready, failing })}\n`, 'application/json');
    }
    case '/metrics':
      return textAnswer(200, await metrics.text(), metrics.contentType);
    default:
      return errorAnswer(404, { message: 'Nothing is here.', extensions: { code: 'NOT_FOUND' } });
  }
}
