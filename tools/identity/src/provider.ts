import Provider, { interactionPolicy, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { findPersonClaims, findServiceClaims, realm } from './account-claims';
import { ACCESS_TOKEN_SECONDS, apiResource, apiServer, scopes } from './api-resource';
import { serviceUsername, subjectOf } from './accounts';
import { apiClients, portalClient, returnAddress, type ApiClient } from './clients';
import type { IdentityConfig } from './config';
import { endPage, logoutPage, problemPage } from './pages';
import { answerPasswordGrant, passwordGrantParameters } from './password-grant';
import type { Keys } from './signing-keys';
import type { TokenStore } from './token-store';

/** Longest idle life of a login, in seconds: one working shift. */
const SESSION_SECONDS = 10 * 3600;

const protocol = '/protocol/openid-connect';

/** Path of the login form under the realm, followed by the interaction's id. */
export const loginPath = '/login-actions/authenticate';

/** What one provider is built from; the store outlives a key rotation. */
export interface ProviderParts {
  readonly config: IdentityConfig;
  readonly keys: Keys;
  readonly store: TokenStore;
}

/** oidc-provider set up to answer at Keycloak's paths with Keycloak's claims. */
export function createProvider(parts: ProviderParts): Provider {
  const provider = new Provider(parts.config.issuer, configuration(parts));
  provider.registerGrantType('password', answerPasswordGrant, passwordGrantParameters);
  return provider;
}

function configuration({ config, keys, store }: ProviderParts): Configuration {
  return {
    adapter: store.adapterFor,
    jwks: { keys: [...keys.signing] },
    cookies: { keys: [keys.cookie] },
    routes: routes(),
    clients: clients(config),
    scopes: scopes.split(' '),
    claims: { openid: ['sub'], profile: ['name', 'preferred_username', 'agency', 'institution', 'unit', 'region'], email: [] },
    conformIdTokenClaims: false,
    findAccount: (_context, subject) => findAccount(subject),
    pkce: { required: () => true },
    clientBasedCORS: (_context, origin) => config.portalOrigins.includes(origin),
    interactions: { policy: loginOnly(), url: (_context, { uid }) => `/realms/${realm}${loginPath}/${uid}` },
    loadExistingGrant: grantEverything,
    issueRefreshToken: (_context, client) => client.grantTypeAllowed('refresh_token'),
    rotateRefreshToken: true,
    extraTokenClaims: (_context, token) => ('accountId' in token ? findPersonClaims(token.accountId) : findServiceClaims(token.clientId ?? '')),
    formats: { customizers: { jwt: (_context, token, jwt) => void shapeAsKeycloak(token.clientId, jwt) } },
    features: features(),
    renderError: (context, out) => void (context.body = problemPage(out.error_description ?? out.error)),
    ttl: {
      AccessToken: ACCESS_TOKEN_SECONDS,
      ClientCredentials: ACCESS_TOKEN_SECONDS,
      AuthorizationCode: 60,
      IdToken: ACCESS_TOKEN_SECONDS,
      RefreshToken: SESSION_SECONDS,
      Interaction: 1800,
      Session: SESSION_SECONDS,
      Grant: SESSION_SECONDS,
    },
  };
}

const routes = (): Configuration['routes'] => ({
  authorization: `${protocol}/auth`,
  token: `${protocol}/token`,
  jwks: `${protocol}/certs`,
  userinfo: `${protocol}/userinfo`,
  end_session: `${protocol}/logout`,
  revocation: `${protocol}/revoke`,
});

const features = (): Configuration['features'] => ({
  devInteractions: { enabled: false },
  clientCredentials: { enabled: true },
  revocation: { enabled: true, allowedPolicy: async (_context, client, token) => token.clientId === client.clientId },
  rpInitiatedLogout: {
    enabled: true,
    logoutSource: (context, form) => void (context.body = logoutPage(form)),
    postLogoutSuccessSource: (context) => void (context.body = endPage()),
  },
  resourceIndicators: {
    enabled: true,
    defaultResource: () => apiResource,
    useGrantedResource: () => true,
    getResourceServerInfo: () => apiServer(),
  },
});

const clients = (config: IdentityConfig) => apiClients.map((client) => describeClient(client, config));

function describeClient({ clientId, secret, grants }: ApiClient, { portalOrigins }: IdentityConfig) {
  // Compared character by character: a login returns to the portal's one page and to no other address.
  const home = clientId === portalClient.clientId ? portalOrigins.map(returnAddress) : [];
  return {
    client_id: clientId,
    ...(secret === undefined ? { token_endpoint_auth_method: 'none' as const } : { client_secret: secret }),
    grant_types: [...grants],
    response_types: grants.includes('authorization_code') ? (['code'] as const) : [],
    redirect_uris: home,
    post_logout_redirect_uris: home,
  };
}

/** Our own portal needs nobody's consent: only the login is asked for. */
function loginOnly() {
  const policy = interactionPolicy.base();
  policy.remove('consent');
  return policy;
}

async function grantEverything(context: KoaContextWithOIDC) {
  const { client, session, provider } = context.oidc;
  if (client === undefined || session?.accountId === undefined) return undefined;
  const known = session.grantIdFor(client.clientId);
  const existing = known === undefined ? undefined : await provider.Grant.find(known);
  if (existing !== undefined) return existing;
  const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
  grant.addOIDCScope(scopes);
  grant.addResourceScope(apiResource, scopes);
  await grant.save();
  return grant;
}

function findAccount(subject: string) {
  const claims = findPersonClaims(subject);
  return claims && { accountId: subject, claims: () => ({ sub: subject, ...claims }) };
}

/** What Keycloak writes otherwise than oidc-provider does: `typ` in the payload, `azp` for the client, a plain JWT header. */
function shapeAsKeycloak(clientId: string | undefined, jwt: { header?: Record<string, unknown>; payload: Record<string, unknown> }): void {
  jwt.header = { ...jwt.header, typ: 'JWT' };
  const { client_id: client, ...payload } = jwt.payload;
  const isService = payload['preferred_username'] === serviceUsername(String(client));
  // A system is a person to Keycloak: its subject is the account's id, not the client's.
  jwt.payload = { ...payload, ...(isService ? { client_id: client, sub: subjectOf(serviceUsername(String(client))) } : {}), typ: 'Bearer', azp: clientId, scope: scopes };
}
