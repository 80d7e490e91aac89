import { audience } from './account-claims';

/** Longest life of an access token, in seconds: what was taken from a person must stop working within five minutes. */
export const ACCESS_TOKEN_SECONDS = 300;

/** The API as oidc-provider names it: a resource must be a URI there, the token's audience stays Keycloak's plain word. */
export const apiResource = `urn:${audience}`;

/** What a client may ask for; Keycloak answers with the same scopes. */
export const scopes = 'openid profile email';

/** How tokens for the API look: a JWT, as Keycloak's are. */
export const apiServer = () => ({
  scope: scopes,
  audience,
  accessTokenFormat: 'jwt' as const,
  accessTokenTTL: ACCESS_TOKEN_SECONDS,
  jwt: { sign: { alg: 'RS256' as const } },
});
