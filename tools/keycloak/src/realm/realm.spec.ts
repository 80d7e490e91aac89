import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { roles } from '@lianfang/vocabulary';
import { apiClients, demoAccounts, demoPassword, serviceAccounts, subjectOf } from '@lianfang/identity';
import { root } from '@lianfang/setup';
import { buildRealm, realmFiles, realmText, type RealmKind } from './realm';

const kinds = Object.keys(realmFiles) as RealmKind[];

describe.each(kinds)('the %s realm', (kind) => {
  const realm = buildRealm(kind);

  // Accounts, clients or settings changed: npm run keycloak:realm writes the files anew.
  it('stands in its file as the accounts and clients of the development provider make it', () => {
    expect(readFileSync(join(root, realmFiles[kind]), 'utf8')).toBe(realmText(kind));
  });

  it('returns log-ins to whole addresses, never to a pattern', () => {
    const addresses = realm.clients.flatMap(({ redirectUris, webOrigins, attributes }) => [...redirectUris, ...webOrigins, attributes['post.logout.redirect.uris'] ?? '']);

    expect(addresses.filter((address) => address.includes('*') || address === '+')).toEqual([]);
  });

  it('gives a code only for a challenge by SHA-256', () => {
    const withCode = realm.clients.filter(({ standardFlowEnabled }) => standardFlowEnabled);

    expect(withCode.map(({ clientId, attributes }) => [clientId, attributes['pkce.code.challenge.method']])).toEqual([['portal', 'S256']]);
  });

  it('lets access end within five minutes, refreshes once, locks after wrong passwords, and ends idle log-ins', () => {
    expect(realm.accessTokenLifespan).toBeLessThanOrEqual(300);
    expect(realm).toMatchObject({ revokeRefreshToken: true, refreshTokenMaxReuse: 0, bruteForceProtected: true, failureFactor: 5, registrationAllowed: false });
    expect(realm.ssoSessionIdleTimeout).toBeLessThanOrEqual(1800);
    expect(realm.ssoSessionMaxLifespan).toBeLessThanOrEqual(36_000);
  });

  it('has the roles of the vocabulary, each with its names', () => {
    expect(realm.roles.realm.map(({ name }) => name)).toEqual([...Object.keys(roles), 'default-roles-lianfang']);
  });

  it('uses only flows and settings that it defines', () => {
    const defined = new Set(realm.authenticationFlows.map(({ alias }) => alias));
    const steps = realm.authenticationFlows.flatMap(({ authenticationExecutions }) => authenticationExecutions);

    expect([realm.browserFlow, realm.directGrantFlow, ...steps.flatMap(({ flowAlias }) => flowAlias ?? [])].filter((alias) => !defined.has(alias))).toEqual([]);
    const settings = realm.authenticatorConfig.map(({ alias }) => alias as string);
    expect(steps.flatMap(({ authenticatorConfig }) => authenticatorConfig ?? []).filter((alias) => !settings.includes(alias))).toEqual([]);
  });
});

test('the demo realm has every demo account in its group, under the subject that the development provider gives', () => {
  const { users, groups } = buildRealm('demo');
  const claimsOf = (path: string) => {
    const [, agency, workplace] = path.split('/');
    const group = groups.find(({ name }) => name === agency);
    return { ...group?.attributes, ...group?.subGroups.find(({ name }) => name === workplace)?.attributes };
  };

  expect(users).toHaveLength(demoAccounts.length + serviceAccounts.length);
  for (const { username, agency, institution, unit, roles: held } of demoAccounts) {
    const user = users.find((candidate) => candidate.username === username);
    expect(user).toMatchObject({ id: subjectOf(username), realmRoles: ['default-roles-lianfang', ...held] });
    expect(claimsOf(user?.groups[0] ?? '')).toEqual({ agency: [agency], ...(institution ? { institution: [institution] } : {}), ...(unit ? { unit: [unit], region: [unit.slice(0, 6)] } : {}) });
  }
});

test('the production realm has nobody, no password, no secret, and no client that takes a password', () => {
  const realm = buildRealm('production');

  expect(realm.users).toEqual([]);
  expect(realmText('production')).not.toContain(demoPassword);
  expect(realm.clients.filter(({ secret }) => secret !== undefined)).toEqual([]);
  expect(realm.clients.filter(({ directAccessGrantsEnabled, serviceAccountsEnabled }) => directAccessGrantsEnabled || serviceAccountsEnabled)).toEqual([]);
  expect(realm.clients.filter(({ enabled }) => enabled).map(({ clientId }) => clientId)).toEqual(apiClients.filter(({ isDemo }) => !isDemo).map(({ clientId }) => clientId));
});

test('in production everybody without a certificate gives a one-time code, and a certificate is checked for revocation', () => {
  const { authenticationFlows, authenticatorConfig } = buildRealm('production');

  const password = authenticationFlows.find(({ alias }) => alias === 'lianfang password')?.authenticationExecutions;
  expect(password?.map(({ authenticator, requirement }) => [authenticator, requirement])).toEqual([
    ['auth-username-password-form', 'REQUIRED'],
    ['auth-otp-form', 'REQUIRED'],
  ]);
  expect(authenticatorConfig.find(({ alias }) => alias === 'lianfang certificate')?.config).toMatchObject({ 'x509-cert-auth.crl-checking-enabled': 'true' });
});
