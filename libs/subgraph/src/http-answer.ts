import type { ServerResponse } from 'node:http';
import type { GraphQLFormattedError } from 'graphql';

/** An HTTP answer before it is sent. */
export interface HttpAnswer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
  /** Codes of the errors inside, for metrics and log. */
  readonly codes: readonly string[];
}

/** A text answer, as in `/livez`. */
export const textAnswer = (status: number, body: string, contentType = 'text/plain; charset=utf-8'): HttpAnswer => ({
  status,
  headers: { 'content-type': contentType },
  body,
  codes: [],
});

/** The media type of a GraphQL answer that the caller asked for; `application/json` is the elder one. */
export const graphqlMediaType = (accept: string | undefined): string =>
  accept?.includes('application/graphql-response+json') ? 'application/graphql-response+json; charset=utf-8' : 'application/json; charset=utf-8';

/** The methods of `/graphql`, as the `Allow` header names them. */
export const allow = 'POST, OPTIONS';

const told: Readonly<Record<number, Readonly<Record<string, string>>>> = { 401: { 'www-authenticate': 'Bearer' }, 405: { allow }, 429: { 'retry-after': '1' }, 503: { 'retry-after': '1' } };

/** A GraphQL answer that holds one error and no data. */
export function errorAnswer(status: number, error: GraphQLFormattedError, accept?: string): HttpAnswer {
  return {
    status,
    headers: { 'content-type': graphqlMediaType(accept), ...told[status] },
    body: JSON.stringify({ errors: [error] }),
    codes: [String(error.extensions?.['code'])],
  };
}

/** Sends an answer. Nothing we say may be stored on the way or read as another type. */
export function send(response: ServerResponse, { status, headers, body }: HttpAnswer): void {
  // Text would be gone through twice, for its length and for its bytes.
  const bytes = Buffer.from(body);
  response.writeHead(status, {
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
    'content-length': bytes.length,
  });
  response.end(response.req.method === 'HEAD' ? undefined : bytes);
}
