import type { IncomingMessage } from 'node:http';
import { prove, requestError, type Authenticate } from '@lianfang/subgraph';
import type { AdmittedDocument } from './query-limits';
import type { GatewayContext } from './forward-identity';

/**
 * Opens a request's context: the caller is proven by the token here, and by each subgraph again from the same token.
 * Without a token nothing is served, except in development the schema itself, which GraphiQL reads before anyone has signed in.
 */
export async function openGatewayContext(parts: { authenticate: Authenticate; development: boolean }, request: IncomingMessage, requestId: string): Promise<GatewayContext> {
  const { authorization } = request.headers;
  if (parts.development && authorization === undefined) return { caller: null, authorization, requestId };
  return { caller: await prove(parts.authenticate, request), authorization, requestId };
}

/** Refuses a document that needs a caller when there is none. */
export function requireCaller({ caller }: GatewayContext, document: AdmittedDocument | undefined): void {
  if (caller === null && !document?.isIntrospection) throw requestError('UNAUTHENTICATED', 'The request carries no token that holds; sign in again.', { reason: 'TOKEN_MISSING' });
}
