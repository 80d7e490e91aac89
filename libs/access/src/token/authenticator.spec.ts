import { createHmac, generateKeyPairSync, sign } from 'node:crypto';
import { callers, eventually, startTestRealm, type TestRealm, type TokenOverrides } from '@lianfang/testing';
import { createAuthenticator, NotAuthenticated, type Authenticator } from '../index';

let realm: TestRealm;
let authenticate: Authenticator;

beforeAll(async () => {
  realm = await startTestRealm();
});
afterAll(() => realm?.close());
beforeEach(() => {
  authenticate = newAuthenticator();
});

const newAuthenticator = (over: { now?: () => number; maxCacheEntries?: number; issuer?: string } = {}): Authenticator =>
  createAuthenticator({ realmUrl: realm.realmUrl, audience: realm.audience, clients: ['portal', 'demo'], ...over });
const bearer = (overrides?: TokenOverrides): string => `Bearer ${realm.tokenFor(callers.officer, overrides)}`;
const now = (): number => Math.floor(Date.now() / 1000);

/** The code with which an authorization is refused, or ACCEPTED. */
const outcomeOf = async (authorization: string | undefined, by: Authenticator = authenticate): Promise<string> => {
  try {
    await by(authorization);
    return 'ACCEPTED';
  } catch (error) {
    if (!(error instanceof NotAuthenticated)) throw error;
    return error.code;
  }
};

test('a good token gives its caller, the token to forward and its expiry', async () => {
  const authorization = bearer();

  const { caller, token, expiresAt } = await authenticate(authorization);

  expect(caller).toEqual(callers.officer);
  expect(`Bearer ${token}`).toBe(authorization);
  expect(expiresAt.getTime()).toBeGreaterThan(Date.now());
});

test.each([
  ['no header', undefined, 'TOKEN_MISSING'],
  ['another scheme', 'Basic YTpi', 'TOKEN_MISSING'],
  ['two tokens', 'Bearer a.b.c, Bearer d.e.f', 'TOKEN_MISSING'],
  ['no JWS', 'Bearer abc', 'TOKEN_MALFORMED'],
  ['four parts', 'Bearer a.b.c.d', 'TOKEN_MALFORMED'],
  ['no JSON', 'Bearer abc.abc.abc', 'TOKEN_MALFORMED'],
  ['9 kB', `Bearer ${'a'.repeat(9000)}.b.c`, 'TOKEN_MALFORMED'],
])('refuses what is no token: %s', async (_, authorization, code) => {
  expect(await outcomeOf(authorization)).toBe(code);
});

test.each<[string, TokenOverrides, string]>([
  ['without exp', { claims: { exp: undefined } }, 'TOKEN_TIMES_MISSING'],
  ['with exp as text', { claims: { exp: '9999999999' } }, 'TOKEN_TIMES_MISSING'],
  ['without iat', { claims: { iat: undefined } }, 'TOKEN_TIMES_MISSING'],
  ['expired', { claims: { iat: now() - 300, exp: now() - 1 } }, 'TOKEN_EXPIRED'],
  ['valid only later (nbf)', { claims: { nbf: now() + 60 } }, 'TOKEN_NOT_YET_VALID'],
  ['issued in the future', { claims: { iat: now() + 60, exp: now() + 120 } }, 'TOKEN_NOT_YET_VALID'],
  ['that lives an hour', { claims: { exp: now() + 3600 } }, 'TOKEN_LIFE_TOO_LONG'],
  ['of another issuer', { claims: { iss: 'http://127.0.0.1/realms/lianfang' } }, 'TOKEN_ISSUER'],
  ['for another audience', { claims: { aud: ['account'] } }, 'TOKEN_AUDIENCE'],
  ['without audience', { claims: { aud: undefined } }, 'TOKEN_AUDIENCE'],
  ['of another client', { claims: { azp: 'admin-cli' } }, 'TOKEN_CLIENT'],
  ['without client', { claims: { azp: undefined } }, 'TOKEN_CLIENT'],
  ['that is an id token', { claims: { typ: 'ID' } }, 'TOKEN_TYPE'],
  ['that is a refresh token', { claims: { typ: 'Refresh' } }, 'TOKEN_TYPE'],
  ['that names another algorithm', { header: { alg: 'PS256' } }, 'TOKEN_ALGORITHM'],
  ['without kid', { header: { kid: undefined } }, 'TOKEN_HEADER'],
  ['with a path as kid', { header: { kid: '../../dev/null\u0000' } }, 'TOKEN_HEADER'],
  ['with jku', { header: { jku: 'http://127.0.0.1:1/keys' } }, 'TOKEN_HEADER'],
  ['with x5u', { header: { x5u: 'http://127.0.0.1:1/cert' } }, 'TOKEN_HEADER'],
  ['with its own jwk', { header: { jwk: { kty: 'RSA' } } }, 'TOKEN_HEADER'],
  ['with a certificate of its own', { header: { x5c: ['AAAA'] } }, 'TOKEN_HEADER'],
  ['with a list as kid', { header: { kid: ['a', 'b'] } }, 'TOKEN_HEADER'],
  ['with SQL as kid', { header: { kid: "' or '1'='1" } }, 'TOKEN_HEADER'],
  ['with a property of every object as kid', { header: { kid: '__proto__' } }, 'TOKEN_KEY_UNKNOWN'],
  ['with crit', { header: { crit: ['b64'], b64: false } }, 'TOKEN_HEADER'],
  ['with a kid that nobody has', { header: { kid: 'unknown' } }, 'TOKEN_KEY_UNKNOWN'],
])('refuses a token %s, though signed by the realm', async (_, overrides, code) => {
  expect(await outcomeOf(bearer(overrides))).toBe(code);
});

test('refuses an unsigned token (alg none)', async () => {
  const [header = '', claims = ''] = realm.tokenFor(callers.officer, { header: { alg: 'none' } }).split('.');

  expect(await outcomeOf(`Bearer ${header}.${claims}.`)).toBe('TOKEN_MALFORMED');
  expect(await outcomeOf(`Bearer ${header}.${claims}.AA`)).toBe('TOKEN_ALGORITHM');
});

test("refuses HMAC with the realm's public key as secret (key confusion)", async () => {
  const [, claims = ''] = realm.tokenFor(callers.officer).split('.');
  const header = Buffer.from(JSON.stringify({ alg: 'HS256', kid: 'any' })).toString('base64url');
  const mac = createHmac('sha256', realm.publicKey().export({ format: 'pem', type: 'spki' })).update(`${header}.${claims}`).digest('base64url');

  expect(await outcomeOf(`Bearer ${header}.${claims}.${mac}`)).toBe('TOKEN_ALGORITHM');
});

test.each(['None', 'NONE', 'nOnE', '', null, ['none'], 'HS384', 'hs256'])('refuses the algorithm %j, whatever the signature', async (alg) => {
  const [header = '', claims = ''] = realm.tokenFor(callers.officer, { header: { alg } }).split('.');

  expect(await outcomeOf(bearer({ header: { alg } }))).toMatch(/^TOKEN_(ALGORITHM|HEADER)$/);
  expect(await outcomeOf(`Bearer ${header}.${claims}.AA`)).toMatch(/^TOKEN_(ALGORITHM|HEADER)$/);
});

test('tokens of two callers that come by turns keep their callers, remembered or not', async () => {
  const [officer, leader] = [bearer(), `Bearer ${realm.tokenFor(callers.leader)}`];

  const proven = await Promise.all([officer, leader, officer, leader, officer].map(async (one) => (await authenticate(one)).caller));

  expect(proven).toEqual([callers.officer, callers.leader, callers.officer, callers.leader, callers.officer]);
});

test("refuses another key's signature under the realm's kid, and claims changed after signing", async () => {
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const [header = '', claims = '', signature = ''] = realm.tokenFor(callers.officer).split('.');
  const leader = Buffer.from(Buffer.from(claims, 'base64url').toString().replace('POLICE_OFFICER', 'POLICE_LEADER')).toString('base64url');
  const forged = sign('RSA-SHA256', Buffer.from(`${header}.${leader}`), privateKey).toString('base64url');

  expect(await outcomeOf(bearer({ key: privateKey }))).toBe('TOKEN_SIGNATURE');
  expect(await outcomeOf(`Bearer ${header}.${leader}.${signature}`)).toBe('TOKEN_SIGNATURE');
  expect(await outcomeOf(`Bearer ${header}.${leader}.${forged}`)).toBe('TOKEN_SIGNATURE');
});

test('a refusal never quotes the token', async () => {
  const [header = '', claims = ''] = realm.tokenFor(callers.officer).split('.');

  const error = await authenticate(`Bearer ${header}.${claims}.AAAA`).catch((reason: unknown) => reason);

  expect(error).toBeInstanceOf(NotAuthenticated);
  expect(String((error as Error).stack) + String((error as Error).cause)).not.toContain(claims.slice(0, 40));
});

test('one token is proven once, also when it comes many times together', async () => {
  const before = realm.fetches();
  const authorization = bearer();

  const outcomes = await Promise.all(Array.from({ length: 50 }, () => authenticate(authorization)));

  expect(new Set(outcomes).size).toBe(1);
  expect(realm.fetches()).toBe(before + 1);
  expect(await authenticate(authorization)).toBe(outcomes[0]);
});

test('a remembered token is refused once it expires', async () => {
  let moved = 0;
  const later = newAuthenticator({ now: () => Date.now() + moved });
  const authorization = bearer();
  expect(await outcomeOf(authorization, later)).toBe('ACCEPTED');

  moved = 301_000;

  expect(await outcomeOf(authorization, later)).toBe('TOKEN_EXPIRED');
});

test('a full memory forgets the least recently used token and proves it again', async () => {
  const small = newAuthenticator({ maxCacheEntries: 2 });
  const [first, second, third] = [bearer(), bearer(), bearer()] as const;
  const proven = await small(first);
  await small(second);
  await small(third);

  const again = await small(first);

  expect(again).not.toBe(proven);
  expect(again).toEqual(proven);
});

test('a rotated key is accepted within seconds, and the old one while it is listed', async () => {
  const old = bearer();
  expect(await outcomeOf(bearer())).toBe('ACCEPTED');

  await realm.rotate();

  await eventually(async () => (await outcomeOf(bearer())) === 'ACCEPTED', { limit: 3_000 });
  expect(await outcomeOf(old)).toBe('ACCEPTED');
});

test('made-up kids do not cause a fetch each', async () => {
  expect(await outcomeOf(bearer())).toBe('ACCEPTED');
  const before = realm.fetches();

  for (let number = 0; number < 200; number += 1) expect(await outcomeOf(bearer({ header: { kid: `made-up-${number}` } }))).toBe('TOKEN_KEY_UNKNOWN');

  expect(realm.fetches() - before).toBeLessThanOrEqual(2);
});

test.each([
  ['does not answer with a key set', { status: 200, body: '<html>' }],
  ['answers 500', { status: 500, body: '' }],
])('an identity provider that %s is named as unreachable and ends no process; known keys stay good', async (_, answer) => {
  const knowing = newAuthenticator();
  expect(await outcomeOf(bearer(), knowing)).toBe('ACCEPTED');
  realm.answerInstead(answer);

  expect(await outcomeOf(bearer())).toBe('IDENTITY_UNREACHABLE');
  expect(await outcomeOf(bearer(), knowing)).toBe('ACCEPTED');

  realm.answerInstead();
  await eventually(async () => (await outcomeOf(bearer())) === 'ACCEPTED');
});

test('a good token is not called bad while the key set cannot be had, however often it comes', async () => {
  realm.answerInstead({ status: 500, body: '' });
  const fresh = newAuthenticator();

  for (let time = 0; time < 5; time += 1) expect(await outcomeOf(bearer(), fresh)).toBe('IDENTITY_UNREACHABLE');

  realm.answerInstead();
  await eventually(async () => (await outcomeOf(bearer(), fresh)) === 'ACCEPTED');
});

test("the browser's address of the realm may be the issuer", async () => {
  const issuer = 'https://login.example/realms/lianfang';
  const behindProxy = newAuthenticator({ issuer });

  expect(await outcomeOf(bearer({ claims: { iss: issuer } }), behindProxy)).toBe('ACCEPTED');
  expect(await outcomeOf(bearer(), behindProxy)).toBe('TOKEN_ISSUER');
});
