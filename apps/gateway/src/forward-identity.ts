import type { Caller } from '@lianfang/vocabulary';
import type { Outcome } from './known-operations';

/** What the gateway knows of one request. */
export interface GatewayContext {
  /** Proven by the token; null only in development, for a document that asks nothing but the schema. */
  readonly caller: Caller | null;
  /** The `Authorization` header as it came. */
  readonly authorization: string | undefined;
  readonly requestId: string;
  /** What came of the plan, when it has been run already and Apollo Server has to tell it. */
  outcome?: Outcome;
}

/**
 * The headers of a request to a subgraph, all of them: nothing else that came from outside travels on.
 * The subgraph proves the same token again; the request id only joins the log lines.
 */
export function identityHeaders({ authorization, requestId }: GatewayContext): Record<string, string> {
  const headers: Record<string, string> = { 'content-type': 'application/json', accept: 'application/json', 'x-request-id': requestId };
  if (authorization !== undefined) headers['authorization'] = authorization;
  return headers;
}
