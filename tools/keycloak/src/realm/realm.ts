import { defaultRole, realm } from '@lianfang/identity';
import { realmClients } from './clients';
import { limits } from './limits';
import { logInSettings } from './log-in';
import { realmGroups, realmRoles, realmUsers } from './people';
import { clientScopes, scopeNames } from './scopes';

/** The demo realm has invented people and a client that takes passwords; the production realm has neither. */
export type RealmKind = 'demo' | 'production';

/** Where each realm file stands, below the repository's folder. */
export const realmFiles: Readonly<Record<RealmKind, string>> = {
  demo: 'tools/keycloak/lianfang-realm.json',
  production: 'tools/keycloak/lianfang-realm.production.json',
};

/** The realm as Keycloak imports it: made from the same accounts and clients as the development identity provider. */
export const buildRealm = (kind: RealmKind) => ({
  realm,
  displayName: '联防',
  enabled: true,
  sslRequired: 'external',
  registrationAllowed: false,
  resetPasswordAllowed: false,
  rememberMe: false,
  loginWithEmailAllowed: false,
  duplicateEmailsAllowed: true,
  editUsernameAllowed: false,
  internationalizationEnabled: true,
  supportedLocales: ['zh-Hans', 'en'],
  defaultLocale: 'zh-Hans',
  defaultSignatureAlgorithm: 'RS256',
  ...limits(kind),
  ...logInSettings(kind),
  roles: { realm: realmRoles() },
  defaultRole: { name: defaultRole },
  clientScopes,
  defaultDefaultClientScopes: scopeNames,
  defaultOptionalClientScopes: [],
  clients: realmClients(kind),
  groups: realmGroups(kind),
  users: realmUsers(kind),
  components: { 'org.keycloak.userprofile.UserProfileProvider': [{ providerId: 'declarative-user-profile', config: { 'kc.user.profile.config': [JSON.stringify(userProfile)] } }] },
});

/** A realm file's text. */
export const realmText = (kind: RealmKind): string => `${JSON.stringify(buildRealm(kind), null, 2)}\n`;

const byAdministrators = { view: ['admin', 'user'], edit: ['admin'] };

/** What is kept of a person: the name typed at log-in and the name on the screen. Keycloak insists on a place for a mail address; nobody needs one. */
const userProfile = {
  attributes: [
    { name: 'username', permissions: byAdministrators, validations: { length: { min: 3, max: 80 } } },
    { name: 'firstName', displayName: '${fullName}', permissions: byAdministrators, validations: { length: { max: 80 } } },
    { name: 'email', permissions: { view: ['admin'], edit: ['admin'] }, validations: { email: {} } },
  ],
};
