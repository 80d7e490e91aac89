import { createHash, randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createRemoteJWKSet, decodeProtectedHeader, jwtVerify } from 'jose';
import { demoAccounts, demoPassword, subjectOf } from './accounts';
import { readConfig } from './config';
import { IdentityServer } from './identity-server';

const portal = 'http://127.0.0.1:4000';
let folder: string;
let identity: IdentityServer;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lianfang-identity-'));
  identity = await IdentityServer.start({ ...readConfig({ PORT: '0' }), dataFolder: folder });
});

afterAll(async () => {
  await identity.stop();
  await rm(folder, { recursive: true });
});

const endpoint = (name: string) => `${identity.config.issuer}/protocol/openid-connect/${name}`;

async function requestToken(form: Record<string, string>): Promise<{ status: number; body: Record<string, string> }> {
  const response = await fetch(endpoint('token'), { method: 'POST', body: new URLSearchParams(form), headers: { origin: portal } });
  return { status: response.status, body: (await response.json()) as Record<string, string> };
}

const passwordGrant = (username: string, password = demoPassword) => requestToken({ grant_type: 'password', client_id: 'demo', username, password });

async function verify(token: string | undefined) {
  const { payload } = await jwtVerify(token ?? '', createRemoteJWKSet(new URL(endpoint('certs'))), { issuer: identity.config.issuer, audience: 'lianfang-api' });
  return payload;
}

/** A browser without a window: keeps cookies and follows nothing by itself. */
class Visitor {
  readonly #cookies = new Map<string, string>();

  async visit(url: string, form?: Record<string, string>): Promise<Response> {
    const headers = { cookie: [...this.#cookies].map(([name, value]) => `${name}=${value}`).join('; ') };
    const target = new URL(url, identity.config.issuer);
    const response = await fetch(target, { headers, redirect: 'manual', ...(form ? { method: 'POST', body: new URLSearchParams(form) } : {}) });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = '', value = ''] = (cookie.split(';')[0] ?? '').split(/=(.*)/s);
      this.#cookies.set(name, value);
    }
    return response;
  }

  /** Visits and follows redirects as long as they stay with the provider; returns the first address outside, or the last page. */
  async follow(url: string, form?: Record<string, string>): Promise<{ left?: URL; response: Response }> {
    const response = await this.visit(url, form);
    const location = response.headers.get('location');
    if (location === null) return { response };
    const next = new URL(location, identity.config.issuer);
    return next.origin === new URL(identity.config.issuer).origin ? this.follow(next.href) : { left: next, response };
  }
}

const verifier = randomBytes(32).toString('base64url');

function loginUrl(changes: Record<string, string | undefined> = {}): string {
  const query = {
    client_id: 'portal',
    response_type: 'code',
    response_mode: 'fragment',
    scope: 'openid',
    redirect_uri: `${portal}/`,
    state: 'state-1',
    nonce: 'nonce-1',
    code_challenge: createHash('sha256').update(verifier).digest('base64url'),
    code_challenge_method: 'S256',
    ...changes,
  };
  const given = Object.entries(query).filter((entry): entry is [string, string] => entry[1] !== undefined);
  return `${endpoint('auth')}?${new URLSearchParams(given)}`;
}

async function logIn(username: string, password = demoPassword) {
  const visitor = new Visitor();
  const start = await visitor.visit(loginUrl());
  const form = start.headers.get('location') ?? '';
  return { visitor, form, end: await visitor.follow(form, { username, password }) };
}

async function exchangeCode(left: URL | undefined) {
  const code = new URLSearchParams(left?.hash.slice(1)).get('code') ?? '';
  return requestToken({ grant_type: 'authorization_code', client_id: 'portal', code, redirect_uri: `${portal}/`, code_verifier: verifier });
}

describe('the layout of Keycloak', () => {
  it('is announced by the discovery document', async () => {
    const discovery = (await (await fetch(`${identity.config.issuer}/.well-known/openid-configuration`)).json()) as Record<string, string>;

    expect(discovery).toMatchObject({
      issuer: identity.config.issuer,
      authorization_endpoint: endpoint('auth'),
      token_endpoint: endpoint('token'),
      jwks_uri: endpoint('certs'),
      userinfo_endpoint: endpoint('userinfo'),
      end_session_endpoint: endpoint('logout'),
      revocation_endpoint: endpoint('revoke'),
    });
  });

  it('publishes no private part of a key', async () => {
    const { keys } = (await (await fetch(endpoint('certs'))).json()) as { keys: Record<string, string>[] };

    expect(keys.map((key) => Object.keys(key).sort())).toEqual([['alg', 'e', 'kid', 'kty', 'n', 'use']]);
  });

  it('knows nothing outside the realm', async () => {
    const response = await fetch(new URL('/realms/other/.well-known/openid-configuration', identity.config.issuer));

    expect(response.status).toBe(404);
  });
});

describe('a password grant of the demo client', () => {
  it('gives an access token with the claims that Keycloak would write, for five minutes', async () => {
    const { status, body } = await passwordGrant('officer.chaoyang');

    expect(status).toBe(200);
    expect(decodeProtectedHeader(body['access_token'] ?? '')).toMatchObject({ alg: 'RS256', typ: 'JWT' });
    const claims = await verify(body['access_token']);
    expect(claims).toMatchObject({
      typ: 'Bearer',
      azp: 'demo',
      aud: 'lianfang-api',
      sub: subjectOf('officer.chaoyang'),
      preferred_username: 'officer.chaoyang',
      name: '演示民警甲',
      agency: 'police',
      unit: '110105990000',
      region: '110105',
      realm_access: { roles: ['default-roles-lianfang', 'POLICE_OFFICER'] },
    });
    expect(Number(claims.exp) - Number(claims.iat)).toBe(300);
  });

  it.each(demoAccounts.map(({ username, roles, institution }) => ({ username, roles, institution })))(
    'gives $username exactly its own roles and institution',
    async ({ username, roles, institution }) => {
      const claims = await verify((await passwordGrant(username)).body['access_token']);

      expect(claims['realm_access']).toEqual({ roles: ['default-roles-lianfang', ...roles] });
      expect(claims['institution']).toBe(institution);
    },
  );

  it('is refused with a wrong password and with an unknown name, in the same words', async () => {
    const wrong = await passwordGrant('officer.chaoyang', 'guess');
    const unknown = await passwordGrant('stranger', demoPassword);

    expect(wrong.status).toBe(400);
    expect(wrong.body).toMatchObject({ error: 'invalid_grant' });
    expect(unknown).toEqual(wrong);
  });

  it('is refused to the portal, which must send people to the login page', async () => {
    const { status } = await requestToken({ grant_type: 'password', client_id: 'portal', username: 'officer.chaoyang', password: demoPassword });

    expect(status).toBe(400);
  });

  it('opens userinfo, as a changed token does not', async () => {
    const { body } = await passwordGrant('liaison.b001');
    const ask = (token: string) => fetch(endpoint('userinfo'), { headers: { authorization: `Bearer ${token}` } });

    expect(await (await ask(body['access_token'] ?? '')).json()).toMatchObject({ preferred_username: 'liaison.b001', institution: 'B001' });
    expect((await ask(`${body['access_token']}x`)).status).toBe(401);
  });
});

describe('a refresh token', () => {
  it('is exchanged once; its second use ends the login that it came from', async () => {
    const first = await passwordGrant('duty.chaoyang');
    const refresh = (token: string | undefined) => requestToken({ grant_type: 'refresh_token', client_id: 'demo', refresh_token: token ?? '' });

    const second = await refresh(first.body['refresh_token']);
    expect(await verify(second.body['access_token'])).toMatchObject({ preferred_username: 'duty.chaoyang' });
    expect(second.body['refresh_token']).not.toBe(first.body['refresh_token']);

    expect((await refresh(first.body['refresh_token'])).body).toMatchObject({ error: 'invalid_grant' });
    expect((await refresh(second.body['refresh_token'])).body).toMatchObject({ error: 'invalid_grant' });
  });
});

describe('a service account', () => {
  it("acts for its institution with its own secret", async () => {
    const { body } = await requestToken({ grant_type: 'client_credentials', client_id: 'bank-b001-core', client_secret: 'demo-secret-b001-core' });

    expect(await verify(body['access_token'])).toMatchObject({
      azp: 'bank-b001-core',
      client_id: 'bank-b001-core',
      institution: 'B001',
      agency: 'banks',
      preferred_username: 'service-account-bank-b001-core',
      typ: 'Bearer',
    });
  });

  it('is refused with a wrong secret', async () => {
    const { status } = await requestToken({ grant_type: 'client_credentials', client_id: 'bank-b001-core', client_secret: 'guess' });

    expect(status).toBe(401);
  });
});

describe('a login through the portal', () => {
  it('returns to the portal, with a code that PKCE turns into tokens', async () => {
    const { end } = await logIn('leader.chaoyang');

    expect(end.left?.href).toContain(`${portal}/#`);
    expect(new URLSearchParams(end.left?.hash.slice(1)).get('state')).toBe('state-1');
    const { body } = await exchangeCode(end.left);
    expect(await verify(body['access_token'])).toMatchObject({ azp: 'portal', preferred_username: 'leader.chaoyang', aud: 'lianfang-api' });
    expect(body).toHaveProperty('refresh_token');
    expect(body).toHaveProperty('id_token');
  });

  it('asks no second time while the session lasts', async () => {
    const { visitor } = await logIn('leader.chaoyang');

    const again = await visitor.follow(loginUrl());

    expect(again.left?.hash).toContain('code=');
  });

  it('shows the form again after a wrong password, with what was typed escaped', async () => {
    const { end } = await logIn('"><script>alert(1)</script>', 'guess');

    expect(end.response.status).toBe(401);
    const html = await end.response.text();
    expect(html).toContain('用户名或密码不正确');
    expect(html).not.toContain('<script');
  });

  it('lists every demo account on the login page', async () => {
    const visitor = new Visitor();

    const { response } = await visitor.follow(loginUrl());

    const html = await response.text();
    expect(demoAccounts.filter(({ username }) => !html.includes(username))).toEqual([]);
  });

  it('logs in a demo account by one click', async () => {
    const visitor = new Visitor();
    const form = (await visitor.visit(loginUrl())).headers.get('location') ?? '';

    const { left } = await visitor.follow(form, { demo: 'analyst.b003' });

    expect(await verify((await exchangeCode(left)).body['access_token'])).toMatchObject({ preferred_username: 'analyst.b003' });
  });

  it.each(['http://127.0.0.1.evil.example/', `${portal}/cases`, `${portal}/?next=http://evil.example`])('never returns to %s', async (address) => {
    const { left, response } = await new Visitor().follow(loginUrl({ redirect_uri: address }));

    expect(left).toBeUndefined();
    expect(response.status).toBe(400);
  });

  it('is refused without a code challenge', async () => {
    const { left } = await new Visitor().follow(loginUrl({ code_challenge: undefined, code_challenge_method: undefined }));

    expect(left?.hash).toContain('error=invalid_request');
  });

  it('refuses the code without its verifier', async () => {
    const { end } = await logIn('leader.huqiu');
    const code = new URLSearchParams(end.left?.hash.slice(1)).get('code') ?? '';

    const { body } = await requestToken({ grant_type: 'authorization_code', client_id: 'portal', code, redirect_uri: `${portal}/` });

    expect(body['error']).toMatch(/^invalid_/);
  });

  it('ends with a logout that the person confirms', async () => {
    const { visitor } = await logIn('officer.huqiu');
    const asked = await visitor.visit(`${endpoint('logout')}?client_id=portal&post_logout_redirect_uri=${encodeURIComponent(`${portal}/`)}`);
    const html = await asked.text();
    const xsrf = /name="xsrf" value="([^"]+)"/.exec(html)?.[1] ?? '';

    const { left } = await visitor.follow(`${endpoint('logout')}/confirm`, { xsrf, logout: 'yes' });

    expect(left?.href).toBe(`${portal}/`);
    expect((await visitor.visit(loginUrl())).headers.get('location')).toContain('/login-actions/authenticate/');
  });
});

describe('the signing key', () => {
  it('outlives a restart: a token of the first run verifies in the second', async () => {
    const { body } = await passwordGrant('officer.chaoyang');
    const { port } = identity.config;
    await identity.stop();
    identity = await IdentityServer.start({ ...identity.config, port });

    expect(await verify(body['access_token'])).toMatchObject({ preferred_username: 'officer.chaoyang' });
  });

  it('changes by a rotation that leaves present tokens and logins valid', async () => {
    const before = await passwordGrant('officer.chaoyang');

    await identity.rotateKeys();

    const after = await passwordGrant('officer.chaoyang');
    const kid = (token: string | undefined) => decodeProtectedHeader(token ?? '').kid;
    expect(kid(after.body['access_token'])).not.toBe(kid(before.body['access_token']));
    expect(await verify(before.body['access_token'])).toBeDefined();
    expect(await verify(after.body['access_token'])).toBeDefined();
    const refreshed = await requestToken({ grant_type: 'refresh_token', client_id: 'demo', refresh_token: before.body['refresh_token'] ?? '' });
    expect(refreshed.status).toBe(200);
  });
});

describe('the start', () => {
  it('is refused in production, because the password is public', () => {
    expect(() => readConfig({ NODE_ENV: 'production' })).toThrow(/refuses to run with NODE_ENV=production/);
  });
});
