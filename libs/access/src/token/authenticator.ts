import { sha256 } from '@lianfang/database';
import type { Caller } from '@lianfang/vocabulary';
import Keycloak from 'keycloak-connect';
import { callerFromClaims } from '../caller-from-claims';
import { NotAuthenticated } from './not-authenticated';
import { RealmKeys, type RealmKey } from './realm-keys';
import { Recent } from './recent';
import { checkToken, type ParsedToken } from './token-checks';

/** Which tokens to accept. */
export interface AuthenticatorOptions {
  /** Where the realm is reached, as in `http://127.0.0.1:4080/realms/lianfang`. */
  readonly realmUrl: string;
  /** The issuer that tokens state, where it is not `realmUrl` (the browser's address of the realm). */
  readonly issuer?: string;
  readonly audience: string;
  /** Clients whose tokens are accepted (`azp`). */
  readonly clients: readonly string[];
  /** Milliseconds since 1970, real time: tokens know no moved clock. */
  readonly now?: () => number;
  /** Proven tokens remembered at most; default 10,000. */
  readonly maxCacheEntries?: number;
}

/** Who a request comes from, with the token to forward. */
export interface Authenticated {
  readonly caller: Caller;
  readonly token: string;
  readonly expiresAt: Date;
}

/** Proves the caller from an `Authorization` header. Throws `NotAuthenticated`. */
export type Authenticator = (authorization: string | undefined) => Promise<Authenticated>;

/**
 * Makes the one function by which gateway and subgraphs each prove a caller: our own checks, then keycloak-connect's grant manager
 * for the signature. Proven tokens are remembered by their SHA-256 until they expire; equal tokens that arrive together are proven once.
 */
export function createAuthenticator(options: AuthenticatorOptions): Authenticator {
  const { realmUrl, audience, clients, issuer = realmUrl, now = Date.now, maxCacheEntries = 10_000 } = options;
  const keys = new RealmKeys(`${realmUrl}/protocol/openid-connect/certs`);
  const verifySignature = signatureVerifier(realmUrl, issuer, audience);
  const proven = new Recent<Authenticated>(maxCacheEntries);
  const underway = new Map<string, Promise<Authenticated>>();

  const prove = async (token: string): Promise<Authenticated> => {
    const parsed = checkToken(token, { issuer, audience, clients }, now() / 1000);
    // No await between getting the keys and using them: the verifier must never look for a key by itself.
    await verifySignature(token, await keys.withKey(parsed.kid));
    return { caller: callerFromClaims(parsed.claims), token, expiresAt: expiryOf(parsed) };
  };

  return async (authorization) => {
    const token = bearerToken(authorization);
    const hash = sha256(token).toString('base64');
    const known = proven.find(hash, now() / 1000) ?? underway.get(hash);
    if (known) return known;
    const proving = prove(token).finally(() => underway.delete(hash));
    underway.set(hash, proving);
    const authenticated = await proving;
    proven.remember(hash, authenticated, authenticated.expiresAt.getTime() / 1000);
    return authenticated;
  };
}

const expiryOf = ({ exp }: ParsedToken): Date => new Date(exp * 1000);

function bearerToken(authorization: string | undefined): string {
  const [, token] = /^Bearer +([^\s,]+) *$/i.exec(authorization ?? '') ?? [];
  if (token === undefined) throw new NotAuthenticated('TOKEN_MISSING', 'expected the header "Authorization: Bearer <access token>"');
  return token;
}

/** What we set inside keycloak-connect, beyond its type declarations (read in 26.1.1; the token specs guard it). */
interface GrantManagerInside {
  /** Compared with `iss`. */
  realmUrl: string;
  rotation: { jwks: readonly RealmKey[]; minTimeBetweenJwksRequests: number };
}

/** keycloak-connect's grant manager and nothing else of it: its middleware opens addresses that nobody guards. */
function signatureVerifier(realmUrl: string, issuer: string, audience: string): (token: string, keys: readonly RealmKey[]) => Promise<void> {
  const [, server, realm] = /^(.+)\/realms\/([^/]+)$/.exec(realmUrl) ?? [];
  if (server === undefined || realm === undefined) throw new Error(`realmUrl: expected <server>/realms/<realm>, found ${realmUrl}`);
  const config = { realm, 'auth-server-url': server, resource: audience, 'ssl-required': 'external', 'bearer-only': true, 'confidential-port': 0, 'verify-token-audience': true };
  const { grantManager } = new Keycloak({}, config);
  const inside = grantManager as unknown as GrantManagerInside;
  inside.realmUrl = issuer;
  // It never fetches keys itself; see RealmKeys.
  inside.rotation.minTimeBetweenJwksRequests = Infinity;
  return async (token, keys) => {
    inside.rotation.jwks = keys;
    try {
      await grantManager.createGrant(JSON.stringify({ access_token: token }));
    } catch (error) {
      throw new NotAuthenticated('TOKEN_SIGNATURE', 'the signature is not the realm\'s', { cause: error });
    }
  };
}
