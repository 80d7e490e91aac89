import Provider, { interactionPolicy, type Configuration, type KoaContextWithOIDC } from 'oidc-provider';
import { findPersonClaims, findServiceClaims, realm } from './account-claims';
import { serviceAccounts } from './accounts';
import { ACCESS_TOKEN_SECONDS, apiResource, apiServer, scopes } from './api-resource';
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
  allowAnyPathOfThePortal(provider, parts.config.portalOrigins);
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
  revocation: { enabled: true },
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

function clients({ portalOrigins }: IdentityConfig): Configuration['clients'] {
  const home = portalOrigins.map((origin) => `${origin}/`);
  return [
    {
      client_id: 'portal',
      token_endpoint_auth_method: 'none',
      grant_types: ['authorization_code', 'refresh_token'],
      response_types: ['code'],
      redirect_uris: home,
      post_logout_redirect_uris: home,
    },
    // Keycloak calls it "direct access grants": the story, the demo loader and CI take real tokens with it.
    { client_id: 'demo', token_endpoint_auth_method: 'none', grant_types: ['password', 'refresh_token'], response_types: [], redirect_uris: [] },
    ...serviceAccounts.map(({ clientId, secret }) => ({
      client_id: clientId,
      client_secret: secret,
      grant_types: ['client_credentials'],
      response_types: [],
      redirect_uris: [],
    })),
  ];
}

/** Keycloak's `redirect_uri` pattern `<origin>/*`: any page of the portal may be returned to, no other origin. */
function allowAnyPathOfThePortal(provider: Provider, portalOrigins: readonly string[]): void {
  const isOfThePortal = (uri: string) => URL.canParse(uri) && portalOrigins.includes(new URL(uri).origin);
  provider.Client.prototype.redirectUriAllowed = isOfThePortal;
  provider.Client.prototype.postLogoutRedirectUriAllowed = isOfThePortal;
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
  const isService = payload['preferred_username'] === `service-account-${String(client)}`;
  jwt.payload = { ...payload, ...(isService ? { client_id: client } : {}), typ: 'Bearer', azp: clientId, scope: scopes };
}
