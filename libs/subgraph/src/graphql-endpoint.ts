import type { IncomingMessage } from 'node:http';
import { HeaderMap, type ApolloServer, type BaseContext } from '@apollo/server';
import { GraphQLError, type GraphQLFormattedError } from 'graphql';
import { errorCodes, isErrorCode, requestError } from './error-codes';
import { detailsOf, incident } from './format-error';
import { readJson } from './http-body';
import { errorAnswer, type HttpAnswer } from './http-answer';
import type { Log } from './log';
import { laneOf } from './urgent-operations';
import type { Leave, WaitingLine } from './waiting-line';

/** The context of one request and the end of its life. */
export interface Opened<Context extends BaseContext> {
  readonly context: Context;
  /** The proven caller's id. */
  readonly caller?: string;
  close?(): Promise<void>;
}

/** The parts of a request's body that decide before Apollo Server sees it. */
export interface Asked {
  readonly query?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
  readonly extensions?: unknown;
}

/** What answers `/graphql`. */
export interface EndpointParts<Context extends BaseContext> {
  readonly apollo: ApolloServer<Context>;
  /** Proves the caller before the body is read. A GraphQLError it throws is the answer. */
  readonly open: (request: IncomingMessage, requestId: string) => Promise<Opened<Context>>;
  /** A look at the document before it costs anything; a GraphQLError it throws is the answer. */
  readonly admit?: (asked: Asked, context: Context) => void;
  /** The data of a document that is known from before, without Apollo Server; nothing when Apollo Server must answer. */
  readonly recall?: (asked: Asked, context: Context) => Promise<object | undefined>;
  /** Where requests wait for their turn. */
  readonly turns: WaitingLine;
  readonly log: Log;
  readonly bodyBytes: number;
  readonly answerMilliseconds: number;
}

/** The headers that Apollo Server gave to whole answers, by what the caller accepts: the same for every document. */
const negotiated = new Map<string, Readonly<Record<string, string>>>();

/** Most kinds of `Accept` remembered; there are a handful of clients. */
const MOST_ACCEPTS = 50;

/** The headers that Apollo Server may see; nobody's identity is in them. */
const passed = ['accept', 'content-type'] as const;

/** Answers one GraphQL request over HTTP, whatever happens. */
export async function answerGraphql<Context extends BaseContext>(parts: EndpointParts<Context>, request: IncomingMessage, requestId: string): Promise<HttpAnswer> {
  const { accept } = request.headers;
  try {
    // Not even GET for queries: it would put variables, and with them identifiers, into an address that proxies and browsers write down.
    if (request.method !== 'POST') throw requestError('METHOD_NOT_ALLOWED', 'Use POST with a JSON body.');
    const opened = await parts.open(request, requestId);
    return await withinTime(parts.answerMilliseconds, execute(parts, request, opened));
  } catch (error) {
    if (!(error instanceof GraphQLError) || !isErrorCode(error.extensions['code'])) return errorAnswer(500, incident(parts.log, error), accept);
    const { code } = error.extensions;
    return errorAnswer(errorCodes[code], { message: error.message, extensions: { code, ...detailsOf(error.extensions) } }, accept);
  }
}

async function execute<Context extends BaseContext>(parts: EndpointParts<Context>, request: IncomingMessage, opened: Opened<Context>): Promise<HttpAnswer> {
  const { apollo, admit, recall, bodyBytes, turns } = parts;
  let leave: Leave | undefined;
  try {
    const body = await readJson(request, bodyBytes);
    // No extension is served; a persisted query by hash (APQ) would otherwise answer 200.
    if (typeof body['extensions'] === 'object') delete body['extensions'];
    admit?.(body, opened.context);
    leave = await turns.enter({ lane: laneOf(body['query']), caller: opened.caller ?? '', isGone: () => request.socket.destroyed });
    const { accept = '' } = request.headers;
    const usual = recall && negotiated.get(accept);
    const data = usual && (await recall(body, opened.context));
    if (data) return { status: 200, headers: usual, body: `{"data":${JSON.stringify(data)}}\n`, codes: [] };
    const headers = new HeaderMap();
    for (const name of passed) {
      const value = request.headers[name];
      if (typeof value === 'string') headers.set(name, value);
    }
    const answer = await apollo.executeHTTPGraphQLRequest({
      httpGraphQLRequest: { method: 'POST', headers, search: '', body },
      context: () => Promise.resolve(opened.context),
    });
    if (answer.body.kind !== 'complete') throw requestError('NOT_ACCEPTABLE', 'Answers in parts (@defer, @stream) are not served.');
    const text = answer.body.string;
    const codes = codesIn(text);
    if (recall && codes.length === 0 && negotiated.size < MOST_ACCEPTS) negotiated.set(accept, Object.fromEntries(answer.headers));
    return { status: statusOf(answer.status ?? 200, codes, request.headers.accept), headers: Object.fromEntries(answer.headers), body: text, codes };
  } finally {
    leave?.();
    await opened.close?.();
  }
}

/** Codes of documents that are well-formed requests and wrong GraphQL. */
const wrongDocument: ReadonlySet<string> = new Set(['GRAPHQL_PARSE_FAILED', 'GRAPHQL_VALIDATION_FAILED', 'BAD_USER_INPUT']);

/** Who asks for `application/json` alone reads a wrong document's errors under 200 (GraphQL over HTTP, 6.4.1). */
function statusOf(status: number, codes: readonly string[], accept: string | undefined): number {
  const isElder = accept?.includes('application/json') && !accept.includes('application/graphql-response+json');
  return status === 400 && isElder && codes.every((code) => wrongDocument.has(code)) ? 200 : status;
}

/** The codes of an answer that begins with errors; Apollo Server writes them first. */
function codesIn(text: string): string[] {
  if (!text.startsWith('{"errors"')) return [];
  const { errors = [] } = JSON.parse(text) as { errors?: GraphQLFormattedError[] };
  return [...new Set(errors.map((error) => String(error.extensions?.['code'])))];
}

async function withinTime(milliseconds: number, work: Promise<HttpAnswer>): Promise<HttpAnswer> {
  const late = Promise.withResolvers<never>();
  const timer = setTimeout(() => late.reject(requestError('TIMEOUT', `No answer within ${milliseconds} ms.`)), milliseconds);
  try {
    return await Promise.race([work, late.promise]);
  } finally {
    clearTimeout(timer);
  }
}
