import { createAuthenticator, NotAuthenticated, type Authenticator } from '@lianfang/access';
import { ACCESS_TOKEN_SECONDS, apiClients, audience, demoAccounts, demoPassword, portalClient, regionOf, serviceAccounts, serviceUsername, subjectOf } from '@lianfang/identity';
import { eventually } from '@lianfang/testing';
import { decodeJwt, decodeProtectedHeader } from 'jose';
import { startProviderUnderTest, type ProviderUnderTest } from './provider/provider-under-test';
import { RelyingParty } from './provider/relying-party';

/*
 * What every identity provider of the project promises, proven with the authenticator of gateway and subgraphs.
 * npm test runs this on the development identity provider, npm run test:keycloak on a real Keycloak.
 */

let provider: ProviderUnderTest;
let client: RelyingParty;
let authenticate: Authenticator;

beforeAll(async () => {
  provider = await startProviderUnderTest();
  client = new RelyingParty(provider);
});
afterAll(() => provider?.stop());
beforeEach(() => {
  authenticate = authenticatorAt(() => Date.now());
});

const authenticatorAt = (now: () => number): Authenticator =>
  createAuthenticator({ realmUrl: provider.issuer, audience, clients: apiClients.map(({ clientId }) => clientId), now });

/** The caller that a token proves, or the code with which it is refused. */
async function outcomeOf(token: string | undefined, by = authenticate) {
  try {
    return (await by(`Bearer ${token}`)).caller;
  } catch (error) {
    if (!(error instanceof NotAuthenticated)) throw error;
    return error.code;
  }
}

/** What gateway and subgraphs must take a demo account for. */
function callerOf(username: string) {
  const { name, agency, roles, institution = null, unit = null } = demoAccounts.find((account) => account.username === username) ?? demoAccounts[0] ?? raise();
  return { id: subjectOf(username), name, agency, roles, institution, unit, region: regionOf({ unit: unit ?? undefined }), kind: 'person' };
}

const raise = (): never => {
  throw new Error('there are no demo accounts');
};

describe('a log-in through the portal', () => {
  it('asks for name and password, returns to the portal with a code, and PKCE turns it into tokens that prove the person', async () => {
    const { browser, page, verifier } = await client.beginLogIn();
    const { left } = await browser.answer(page, { username: 'leader.chaoyang', password: demoPassword });

    const tokens = await client.exchange(left, verifier);

    expect(left?.href.split('#')[0]).toBe(client.portalPage);
    expect(new URLSearchParams(left?.hash.slice(1)).get('state')).toBe('state-1');
    expect(await outcomeOf(tokens.access_token)).toEqual(callerOf('leader.chaoyang'));
  });

  it('asks no second time in the same browser', async () => {
    const { browser } = await client.logIn('leader.chaoyang');

    const again = await client.beginLogIn({}, browser);

    expect(again.page.left?.hash).toContain('code=');
  });

  it.each([
    ['a wrong password', 'leader.chaoyang', 'guess'],
    ['a name that nobody has', 'stranger', demoPassword],
    ['the account of a system', serviceUsername('bank-b001-core'), 'demo-secret-b001-core'],
  ])('gives no code for %s, and shows the form again', async (_, username, password) => {
    const { browser, page } = await client.beginLogIn();

    const answer = await browser.answer(page, { username, password });

    expect(answer.left).toBeUndefined();
    expect(answer.html).toContain('name="password"');
  });

  it.each([
    ['another page of the portal', (portal: string) => `${portal}cases`],
    ['the portal with a query', (portal: string) => `${portal}?next=x`],
    ['another origin', () => 'https://portal.example/'],
    ['an origin that begins alike', (portal: string) => portal.replace(/\/$/, '.example/')],
  ])('never returns to %s: no address has a wildcard', async (_, address) => {
    const { page } = await client.beginLogIn({ redirect_uri: address(client.portalPage) });

    expect(page.left).toBeUndefined();
    expect(page.status).toBe(400);
  });

  it.each([
    ['without a code challenge', { code_challenge: undefined, code_challenge_method: undefined }],
    ['with a challenge in plain text', { code_challenge_method: 'plain' }],
    ['by the implicit flow', { response_type: 'token' }],
  ])('is refused %s', async (_, changes) => {
    const { page } = await client.beginLogIn(changes);

    expect(page.html).not.toContain('name="password"');
    expect(page.left?.href ?? '').not.toMatch(/[?#&](code|access_token)=/);
  });

  it('gives nothing for a code with another verifier', async () => {
    const { browser, page } = await client.beginLogIn();
    const { left } = await browser.answer(page, { username: 'leader.huqiu', password: demoPassword });

    const tokens = await client.exchange(left, 'a'.repeat(43));

    expect(tokens).toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  it('gives nothing for a code that was used, and ends what its first use gave', async () => {
    const { browser, page, verifier } = await client.beginLogIn();
    const { left } = await browser.answer(page, { username: 'leader.huqiu', password: demoPassword });
    const first = await client.exchange(left, verifier);

    const second = await client.exchange(left, verifier);

    expect(second).toMatchObject({ status: 400, error: 'invalid_grant' });
    expect(await client.refresh(first.refresh_token, portalClient)).toMatchObject({ error: 'invalid_grant' });
  });
});

describe('roles', () => {
  it.each(demoAccounts.map(({ username, roles }) => ({ username, roles })))('$username is taken for exactly who they are: $roles', async ({ username, roles }) => {
    const { access_token } = await client.passwordGrant(username);

    const expected = { 'nobody.police': 'NO_ROLE', 'two.administrators': 'ROLES_CONFLICT' }[username] ?? { ...callerOf(username), roles };
    expect(await outcomeOf(access_token)).toEqual(expected);
  });

  it.each(serviceAccounts.map(({ clientId, secret, institution, name }) => ({ clientId, secret, institution, name })))(
    'the system $clientId acts for its institution $institution with its own secret, and not with another',
    async ({ clientId, secret, institution, name }) => {
      const ask = (tried: string) => client.token({ grant_type: 'client_credentials', client_id: clientId, client_secret: tried });

      expect(await outcomeOf((await ask(secret)).access_token)).toMatchObject({ id: subjectOf(serviceUsername(clientId)), name, agency: 'banks', institution, roles: ['BANK_LIAISON'] });
      expect(await ask('guess')).toMatchObject({ status: 401, error: expect.stringMatching(/client/) });
    },
  );

  it('no client but the demo takes a password, and the demo takes no code', async () => {
    const clients = ['portal', 'admin-cli', 'account', 'bank-b001-core', 'unknown'];
    const answers = await Promise.all(clients.map((client_id) => client.token({ grant_type: 'password', client_id, username: 'officer.chaoyang', password: demoPassword })));
    const { page } = await client.beginLogIn({ client_id: 'demo' });

    expect(answers.filter(({ access_token }) => access_token !== undefined)).toEqual([]);
    expect([page.status, page.left]).toEqual([400, undefined]);
  });
});

describe('a token', () => {
  it('lives five minutes at most, is for our API alone, and says no more of a person than is needed', async () => {
    const { access_token = '' } = await client.logIn('officer.chaoyang');

    const { exp = 0, iat = 0, ...claims } = decodeJwt(access_token);

    expect(exp - iat).toBe(ACCESS_TOKEN_SECONDS);
    expect(ACCESS_TOKEN_SECONDS).toBeLessThanOrEqual(300);
    expect(claims.aud).toBe(audience);
    expect(Object.keys(claims).filter((claim) => ['email', 'email_verified', 'resource_access', 'phone_number'].includes(claim))).toEqual([]);
    expect(decodeProtectedHeader(access_token)).toMatchObject({ alg: 'RS256' });
  });

  it('of another kind opens nothing: neither the id token nor the refresh token', async () => {
    const { id_token, refresh_token } = await client.logIn('officer.chaoyang');

    expect(id_token).toBeDefined();
    expect(await outcomeOf(id_token)).toBe('TOKEN_TYPE');
    expect(await outcomeOf(refresh_token)).toMatch(/^TOKEN_(MALFORMED|ALGORITHM)$/);
  });
});

describe('a refresh', () => {
  it('gives a new access token for the same person, and a new refresh token', async () => {
    const first = await client.logIn('duty.chaoyang');

    const second = await client.refresh(first.refresh_token, portalClient);

    expect(await outcomeOf(second.access_token)).toEqual(callerOf('duty.chaoyang'));
    expect(second.access_token).not.toBe(first.access_token);
    expect(second.refresh_token).not.toBe(first.refresh_token);
  });

  it('is possible once: the second use of a stolen token ends the log-in for the thief and for the owner', async () => {
    const first = await client.passwordGrant('duty.chaoyang');
    const second = await client.refresh(first.refresh_token);

    expect(await client.refresh(first.refresh_token)).toMatchObject({ status: 400, error: 'invalid_grant' });
    expect(await client.refresh(second.refresh_token)).toMatchObject({ status: 400, error: 'invalid_grant' });
  });

  it('is refused to another client than the one that logged in', async () => {
    const { refresh_token } = await client.logIn('duty.chaoyang');

    expect(await client.refresh(refresh_token)).toMatchObject({ status: 400, error: 'invalid_grant' });
  });
});

/** How each way of ending a log-in is done; all must leave the same. */
const endings: readonly (readonly [string, (tokens: Awaited<ReturnType<RelyingParty['logIn']>>) => Promise<unknown>])[] = [
  ['a log-out in the browser', ({ browser, id_token }) => client.logOut(browser, id_token)],
  ['a refresh token given back (revocation)', ({ refresh_token }) => client.revoke(refresh_token, portalClient)],
  ['an administrator who ends all log-ins of the person (back channel)', () => provider.endLogIns('analyst.b002')],
];

describe.each(endings)('after %s', (_, end) => {
  it('nothing is refreshed any more, and access ends with the token: within five minutes, to the second', async () => {
    let now = Date.now();
    const gateway = authenticatorAt(() => now);
    const tokens = await client.logIn('analyst.b002');
    const { exp = 0, iat = 0 } = decodeJwt(tokens.access_token ?? '');
    expect(await outcomeOf(tokens.access_token, gateway)).toEqual(callerOf('analyst.b002'));

    await end(tokens);

    expect(await client.refresh(tokens.refresh_token, portalClient)).toMatchObject({ status: 400, error: 'invalid_grant' });
    now = (exp - 1) * 1000;
    expect(await outcomeOf(tokens.access_token, gateway)).toEqual(callerOf('analyst.b002'));
    now = exp * 1000;
    expect(await outcomeOf(tokens.access_token, gateway)).toBe('TOKEN_EXPIRED');
    expect(await outcomeOf(tokens.access_token, authenticatorAt(() => now))).toBe('TOKEN_EXPIRED');
    expect(exp - iat).toBeLessThanOrEqual(300);
  });

  it('the person may log in again', async () => {
    await end(await client.logIn('analyst.b002'));

    expect(await outcomeOf((await client.logIn('analyst.b002')).access_token)).toEqual(callerOf('analyst.b002'));
  });
});

describe('a log-out in the browser', () => {
  it('returns to the portal, and the next log-in asks for the password again', async () => {
    const { browser, id_token } = await client.logIn('officer.huqiu');

    const { left } = await client.logOut(browser, id_token);

    expect(left?.href).toBe(client.portalPage);
    expect((await client.beginLogIn({}, browser)).page.html).toContain('name="password"');
  });
});

describe('a new signing key', () => {
  it('signs at once, is accepted within seconds, and leaves present tokens and log-ins valid', async () => {
    const before = await client.passwordGrant('officer.chaoyang');
    expect(await outcomeOf(before.access_token)).toEqual(callerOf('officer.chaoyang'));

    await provider.rotateKeys();

    const after = await client.passwordGrant('officer.chaoyang');
    expect(decodeProtectedHeader(after.access_token ?? '').kid).not.toBe(decodeProtectedHeader(before.access_token ?? '').kid);
    await eventually(async () => typeof (await outcomeOf(after.access_token)) !== 'string', { limit: 5_000, what: 'the new key to be known' });
    expect(await outcomeOf(before.access_token)).toEqual(callerOf('officer.chaoyang'));
    expect(await outcomeOf(before.access_token, authenticatorAt(() => Date.now()))).toEqual(callerOf('officer.chaoyang'));
    expect(await outcomeOf((await client.refresh(before.refresh_token)).access_token)).toEqual(callerOf('officer.chaoyang'));
  });
});
