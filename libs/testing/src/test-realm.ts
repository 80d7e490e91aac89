import { generateKeyPair, randomUUID, sign, type KeyObject } from 'node:crypto';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { promisify } from 'node:util';
import type { Caller } from '@lianfang/vocabulary';

/** What a spec may change about a token; a claim or header set to `undefined` is left out. */
export interface TokenOverrides {
  readonly claims?: Readonly<Record<string, unknown>>;
  readonly header?: Readonly<Record<string, unknown>>;
  /** Sign with this key instead of the realm's. */
  readonly key?: KeyObject;
}

/** A realm in Keycloak's URL layout with its own keys: as much of an identity provider as verification needs. */
export interface TestRealm {
  /** As in `http://127.0.0.1:40123/realms/lianfang`; also the issuer. */
  readonly realmUrl: string;
  /** The audience and the client that `tokenFor` states. */
  readonly audience: string;
  readonly client: string;
  /** How many times the key set was fetched so far. */
  readonly fetches: () => number;
  /** An access token as Keycloak makes them: RS256, five minutes. */
  tokenFor(caller: Caller, overrides?: TokenOverrides): string;
  /** The current public key, as a verifier sees it. */
  publicKey(): KeyObject;
  /** A new signing key under a new kid; `keepOld: false` withdraws the old ones at once. */
  rotate(options?: { readonly keepOld?: boolean }): Promise<void>;
  /** What the key set's address answers instead of the keys, until called without argument. */
  answerInstead(answer?: { readonly status: number; readonly body: string }): void;
  close(): Promise<void>;
}

interface SigningKey {
  readonly kid: string;
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

const CLIENT = 'portal';
const AUDIENCE = 'lianfang-api';
/** Keycloak's life of an access token, in seconds. */
const LIFE = 300;

/** Starts a realm on a free port of the loopback. Close it in `afterAll`. */
export async function startTestRealm(): Promise<TestRealm> {
  let keys: SigningKey[] = [await newKey()];
  let instead: { status: number; body: string } | undefined;
  let fetches = 0;
  const server = createServer((request, response) => {
    if (request.url !== '/realms/lianfang/protocol/openid-connect/certs') return void response.writeHead(404).end();
    fetches += 1;
    response.writeHead(instead?.status ?? 200, { 'content-type': 'application/json' }).end(instead?.body ?? JSON.stringify({ keys: keys.map(publicJwk) }));
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const realmUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/realms/lianfang`;
  const current = (): SigningKey => {
    const key = keys.at(-1);
    if (!key) throw new Error('the test realm has no key');
    return key;
  };
  return {
    realmUrl,
    audience: AUDIENCE,
    client: CLIENT,
    fetches: () => fetches,
    tokenFor: (caller, overrides = {}) => makeToken(current(), { ...standardClaims(caller, realmUrl), ...overrides.claims }, overrides),
    publicKey: () => current().publicKey,
    rotate: async ({ keepOld = true } = {}) => {
      const next = await newKey();
      keys = keepOld ? [...keys, next] : [next];
    },
    answerInstead: (answer) => void (instead = answer),
    close: () => new Promise((resolve, reject) => {
      server.close((error) => (error ? reject(error) : resolve()));
      server.closeAllConnections();
    }),
  };
}

/** The claims that Keycloak puts into an access token of ours. */
export function standardClaims(caller: Caller, issuer: string, now = Math.floor(Date.now() / 1000)): Record<string, unknown> {
  return {
    iss: issuer,
    aud: AUDIENCE,
    azp: CLIENT,
    typ: 'Bearer',
    sub: caller.id,
    jti: randomUUID(),
    iat: now,
    exp: now + LIFE,
    name: caller.name,
    preferred_username: caller.id,
    realm_access: { roles: [...caller.roles, 'offline_access'] },
    agency: caller.agency,
    institution: caller.institution ?? undefined,
    unit: caller.unit ?? undefined,
    region: caller.region ?? undefined,
  };
}

function makeToken(key: SigningKey, claims: Record<string, unknown>, overrides: TokenOverrides): string {
  const header = { alg: 'RS256', typ: 'JWT', kid: key.kid, ...overrides.header };
  const signed = `${encode(header)}.${encode(claims)}`;
  return `${signed}.${sign('RSA-SHA256', Buffer.from(signed), overrides.key ?? key.privateKey).toString('base64url')}`;
}

const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

async function newKey(): Promise<SigningKey> {
  const { privateKey, publicKey } = await promisify(generateKeyPair)('rsa', { modulusLength: 2048 });
  return { kid: randomUUID(), privateKey, publicKey };
}

const publicJwk = ({ kid, publicKey }: SigningKey): object => ({ ...publicKey.export({ format: 'jwk' }), kid, use: 'sig', alg: 'RS256' });
