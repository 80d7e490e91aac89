import type { IncomingMessage, ServerResponse } from 'node:http';
import { createLocalJWKSet, jwtVerify } from 'jose';
import { audience, findPersonClaims } from './account-claims';
import type { IdentityConfig } from './config';
import type { Keys } from './signing-keys';

/**
 * Answers userinfo for the very access token that the API takes, as Keycloak does.
 * oidc-provider would want a second, opaque token without an audience for it.
 */
export async function answerUserinfo({ issuer }: IdentityConfig, keys: Keys, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [scheme, token = ''] = (request.headers.authorization ?? '').split(' ');
  const subject = scheme === 'Bearer' ? await verifiedSubject(token, keys, issuer) : undefined;
  const claims = subject === undefined ? undefined : findPersonClaims(subject);
  response.writeHead(claims === undefined ? 401 : 200, {
    'content-type': 'application/json',
    'cache-control': 'no-store',
    ...(claims === undefined ? { 'www-authenticate': 'Bearer error="invalid_token"' } : {}),
  });
  response.end(JSON.stringify(claims === undefined ? { error: 'invalid_token' } : { sub: subject, ...claims }));
}

async function verifiedSubject(token: string, keys: Keys, issuer: string): Promise<string | undefined> {
  const publicKeys = { keys: keys.signing.map(({ kty, n, e, kid, alg }) => ({ kty, n, e, kid, alg })) };
  const verified = await jwtVerify(token, createLocalJWKSet(publicKeys), { issuer, audience, algorithms: ['RS256'] }).catch(() => undefined);
  return verified?.payload.sub;
}
