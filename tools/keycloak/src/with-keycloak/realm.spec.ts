import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { demoClient, demoPassword, portalClient, subjectOf } from '@lianfang/identity';
import { root } from '@lianfang/setup';
import { eventually } from '@lianfang/testing';
import { readKeycloakUnderTest, type KeycloakUnderTest } from '../config';
import { Administrator } from '../provider/administrator';
import { textOf } from '../provider/browser';
import { oneTimeCode } from '../provider/one-time-code';
import { RelyingParty } from '../provider/relying-party';
import { WRONG_PASSWORDS } from '../realm/limits';
import { SESSIONS_PER_PERSON } from '../realm/log-in';
import { realmFiles } from '../realm/realm';

/* What the realm asks of Keycloak and the development provider does not do; on the Keycloak of npm run test:keycloak. */

let keycloak: KeycloakUnderTest;
let administrator: Administrator;
let client: RelyingParty;

beforeAll(async () => {
  const found = readKeycloakUnderTest();
  if (found === undefined) throw new Error('These specs need a running Keycloak: start them with npm run test:keycloak.');
  keycloak = found;
  administrator = await Administrator.logIn(keycloak);
  client = new RelyingParty({ issuer: `${keycloak.url}/realms/lianfang`, portalOrigin: keycloak.portalOrigin });
});

const secret = 'code-of-an-invented-person';
const oneTimeCredential = {
  type: 'otp',
  secretData: JSON.stringify({ value: secret }),
  credentialData: JSON.stringify({ subType: 'totp', digits: 6, counter: 0, period: 30, algorithm: 'HmacSHA1' }),
};

describe('lock-out', () => {
  const username = 'officer2.chaoyang';
  afterAll(() => administrator.ask('DELETE', `attack-detection/brute-force/users/${subjectOf(username)}`));

  it('an account is locked after five wrong passwords, also for the right one, until an administrator opens it', async () => {
    for (let attempt = 0; attempt < WRONG_PASSWORDS; attempt += 1) expect(await client.passwordGrant(username, `guess ${attempt}`)).toMatchObject({ error: 'invalid_grant' });
    // Keycloak counts behind the answer.
    await eventually(async () => ((await (await administrator.ask('GET', `attack-detection/brute-force/users/${subjectOf(username)}`)).json()) as { disabled: boolean }).disabled, { what: 'the lock' });

    const locked = await client.passwordGrant(username);
    await administrator.ask('DELETE', `attack-detection/brute-force/users/${subjectOf(username)}`);
    const opened = await client.passwordGrant(username);

    expect(locked).toMatchObject({ error: 'invalid_grant' });
    expect(opened.status).toBe(200);
  });
});

describe('passwords', () => {
  it.each([
    ['shorter than twelve characters', 'short-pass'],
    ['the user name', 'officer2.chaoyang'],
  ])('may not be %s', async (_, value) => {
    const response = await administrator.ask('PUT', `users/${subjectOf('officer2.chaoyang')}/reset-password`, { type: 'password', value, temporary: false });

    expect(response.status).toBe(400);
  });
});

const wholeSecond = (): number => Math.floor(Date.now() / 1000);

describe('sessions', () => {
  it('a person has three log-ins at most: the fourth ends the oldest and no other', async () => {
    const logIns = [await client.logIn('leader.suzhou')];
    // Keycloak knows the age of a log-in in whole seconds: the first is the oldest once another second has begun.
    const second = wholeSecond();
    await eventually(() => wholeSecond() > second, { what: 'the next second' });
    for (let count = 0; count < SESSIONS_PER_PERSON; count += 1) logIns.push(await client.logIn('leader.suzhou'));

    const refreshed = [];
    for (const { refresh_token } of logIns) refreshed.push((await client.refresh(refresh_token, portalClient)).status);

    expect(refreshed).toEqual([400, 200, 200, 200]);
  });

  it('no token outlives its session: offline tokens are not to be had', async () => {
    const form = { grant_type: 'password', client_id: demoClient.clientId, username: 'leader.suzhou', password: demoPassword, scope: 'openid offline_access' };

    expect((await client.token(form)).refresh_token).toBeUndefined();
  });
});

describe('a one-time code', () => {
  const username = 'code.demo';
  beforeAll(async () => {
    const password = { type: 'password', value: demoPassword, temporary: false };
    expect((await administrator.ask('POST', 'users', { username, firstName: '演示口令员', enabled: true, credentials: [password, oneTimeCredential] })).status).toBe(201);
  });
  afterAll(async () => {
    const [found] = (await (await administrator.ask('GET', `users?exact=true&username=${username}`)).json()) as { id: string }[];
    await administrator.ask('DELETE', `users/${found?.id}`);
  });

  it('is asked for after the password, and only the right one opens the way', async () => {
    const { browser, page, verifier } = await client.beginLogIn();
    const asked = await browser.answer(page, { username, password: demoPassword });
    const wrong = await browser.answer(asked, { otp: '000000' });

    const { left } = await browser.answer(wrong, { otp: oneTimeCode(secret, Date.now()) });

    expect(asked.html).toContain('name="otp"');
    expect(wrong.left).toBeUndefined();
    expect((await client.exchange(left, verifier)).access_token).toBeDefined();
  });

  it('is needed for the password grant too', async () => {
    expect(await client.passwordGrant(username)).toMatchObject({ error: 'invalid_grant' });
  });
});

describe('clients', () => {
  it('none that is open has a pattern as an address, and Keycloak\'s own that would are closed', async () => {
    const clients = (await (await administrator.ask('GET', 'clients')).json()) as { clientId: string; enabled: boolean; redirectUris?: string[]; webOrigins?: string[] }[];

    const open = clients.filter(({ enabled }) => enabled);
    expect(open.filter(({ redirectUris = [], webOrigins = [] }) => [...redirectUris, ...webOrigins].some((address) => /[*+]/.test(address)))).toEqual([]);
    expect(clients.filter(({ enabled }) => !enabled).map(({ clientId }) => clientId).sort()).toEqual(['account', 'account-console', 'admin-cli', 'security-admin-console']);
  });

  it('nobody makes one without an administrator', async () => {
    const response = await fetch(`${keycloak.url}/realms/lianfang/clients-registrations/default`, { method: 'POST', body: '{"clientId":"mine"}', headers: { 'content-type': 'application/json' } });

    expect([401, 403]).toContain(response.status);
  });
});

describe('the production realm', () => {
  const name = 'lianfang-production-check';
  beforeAll(async () => {
    const text = readFileSync(join(root, realmFiles.production), 'utf8').replaceAll('${PORTAL_ORIGIN}', keycloak.portalOrigin).replaceAll('default-roles-lianfang', `default-roles-${name}`);
    const created = await administrator.askServer('POST', 'realms', { ...(JSON.parse(text) as object), realm: name });
    expect([created.status, await created.text()]).toEqual([201, '']);
  });
  afterAll(() => administrator.askServer('DELETE', `realms/${name}`));

  it('is one that Keycloak takes, and a person without a certificate sets up a one-time code before anything else', async () => {
    const password = 'Strong-Enough-1';
    const user = { username: 'first.day', firstName: '演示新员', enabled: true, credentials: [{ type: 'password', value: password, temporary: false }] };
    expect((await administrator.askServer('POST', `realms/${name}/users`, user)).status).toBe(201);
    const production = new RelyingParty({ issuer: `${keycloak.url}/realms/${name}`, portalOrigin: keycloak.portalOrigin });
    const { browser, page } = await production.beginLogIn();

    const next = await browser.answer(page, { username: 'first.day', password });

    expect(next.left).toBeUndefined();
    expect(next.html).toContain('name="totpSecret"');
  });

  it('refuses the demo\'s password to anybody', async () => {
    const created = await administrator.askServer('POST', `realms/${name}/users`, { username: 'second.day', enabled: true, credentials: [{ type: 'password', value: demoPassword, temporary: false }] });

    expect(created.status).toBe(400);
  });
});

test('the log-in page speaks Chinese first', async () => {
  const { page } = await client.beginLogIn();

  expect(textOf(page.html)).toContain('登录');
});
