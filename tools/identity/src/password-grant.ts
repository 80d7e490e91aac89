import { timingSafeEqual } from 'node:crypto';
import { errors, type TokenEndpointGrantContext } from 'oidc-provider';
import { demoPassword, findDemoAccount, subjectOf } from './accounts';
import { ACCESS_TOKEN_SECONDS, apiResource, apiServer, scopes } from './api-resource';

/** What the token request may carry. */
export const passwordGrantParameters = ['username', 'password', 'scope'];

/** The subject that a name and password prove, or nothing. One answer for an unknown name and for a wrong password. */
export function findSubject(username: string, password: string): string | undefined {
  const account = findDemoAccount(username);
  const given = Buffer.from(password);
  const right = Buffer.from(demoPassword);
  return account !== undefined && given.length === right.length && timingSafeEqual(given, right) ? subjectOf(account.username) : undefined;
}

/** Answers `grant_type=password` as Keycloak's direct access grant does: an access token and a refresh token. */
export async function answerPasswordGrant(context: TokenEndpointGrantContext<{ username?: string; password?: string }>): Promise<void> {
  const { client, params, provider } = context.oidc;
  const accountId = findSubject(params.username ?? '', params.password ?? '');
  if (accountId === undefined) throw new errors.InvalidGrant('Invalid user credentials');

  const grant = new provider.Grant({ accountId, clientId: client.clientId });
  grant.addOIDCScope(scopes);
  grant.addResourceScope(apiResource, scopes);
  const grantId = await grant.save();
  const origin = { accountId, client, grantId, gty: 'password' };
  const access = new provider.AccessToken({ ...origin, scope: scopes });
  access.resourceServer = new provider.ResourceServer(apiResource, apiServer());
  const refresh = new provider.RefreshToken({ ...origin, scope: scopes, resource: apiResource });

  context.body = {
    access_token: await access.save(),
    refresh_token: await refresh.save(),
    expires_in: ACCESS_TOKEN_SECONDS,
    token_type: 'Bearer',
    scope: scopes,
  };
}
