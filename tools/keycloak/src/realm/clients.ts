import { apiClients, portalClient, returnAddress, type ApiClient } from '@lianfang/identity';
import type { RealmKind } from './realm';
import { scopeNames } from './scopes';

/** A client as a realm file states it. */
export interface RealmClient {
  readonly clientId: string;
  readonly name: string;
  readonly enabled: boolean;
  readonly publicClient: boolean;
  readonly secret?: string;
  readonly standardFlowEnabled: boolean;
  readonly implicitFlowEnabled: false;
  readonly directAccessGrantsEnabled: boolean;
  readonly serviceAccountsEnabled: boolean;
  readonly fullScopeAllowed: boolean;
  readonly redirectUris: readonly string[];
  readonly webOrigins: readonly string[];
  readonly attributes: Readonly<Record<string, string>>;
  readonly defaultClientScopes: readonly string[];
  readonly optionalClientScopes: readonly string[];
}

/**
 * Keycloak's own clients that would open more doors into this realm: the password grant of its command line, and account pages with
 * wildcard addresses. People's accounts are kept by an administrator of the master realm.
 */
const closedClients = ['admin-cli', 'account', 'account-console', 'security-admin-console'];

/** The origins of the portal, replaced on import from the variable of that name; production must set it. */
const portalOrigins: Readonly<Record<RealmKind, readonly string[]>> = {
  demo: ['${PORTAL_ORIGIN:http://127.0.0.1:4000}', '${PORTAL_ORIGIN_BY_NAME:http://localhost:4000}'],
  production: ['${PORTAL_ORIGIN}'],
};

/** All clients of a realm: ours, and Keycloak's own that are closed. */
export const realmClients = (kind: RealmKind): RealmClient[] => [
  ...apiClients.filter(({ isDemo }) => kind === 'demo' || !isDemo).map((client) => openClient(client, kind)),
  ...closedClients.map(closedClient),
];

function openClient(client: ApiClient, kind: RealmKind): RealmClient {
  const { clientId, name, secret, grants } = client;
  const origins = client === portalClient ? portalOrigins[kind] : [];
  return {
    clientId,
    name,
    enabled: true,
    publicClient: secret === undefined,
    ...(secret === undefined ? {} : { secret }),
    standardFlowEnabled: grants.includes('authorization_code'),
    implicitFlowEnabled: false,
    directAccessGrantsEnabled: grants.includes('password'),
    serviceAccountsEnabled: grants.includes('client_credentials'),
    // The realm has no roles but the conference's, and which of them counts is decided by libs/access.
    fullScopeAllowed: true,
    redirectUris: origins.map(returnAddress),
    webOrigins: origins,
    attributes: {
      ...(origins.length > 0 ? { 'pkce.code.challenge.method': 'S256', 'post.logout.redirect.uris': origins.map(returnAddress).join('##') } : {}),
      'use.refresh.tokens': String(grants.includes('refresh_token')),
    },
    defaultClientScopes: scopeNames,
    optionalClientScopes: [],
  };
}

const closedClient = (clientId: string): RealmClient => ({
  clientId,
  name: `${clientId} (closed)`,
  enabled: false,
  publicClient: true,
  standardFlowEnabled: false,
  implicitFlowEnabled: false,
  directAccessGrantsEnabled: false,
  serviceAccountsEnabled: false,
  fullScopeAllowed: false,
  redirectUris: [],
  webOrigins: [],
  attributes: {},
  defaultClientScopes: [],
  optionalClientScopes: [],
});
