import { audience } from '@lianfang/identity';

/** A protocol mapper as a realm file states it. */
interface Mapper {
  readonly name: string;
  readonly protocol: 'openid-connect';
  readonly protocolMapper: string;
  readonly config: Readonly<Record<string, string>>;
}

/** A client scope as a realm file states it: claims that go into the tokens of every client that has it. */
export interface ClientScope {
  readonly name: string;
  readonly description: string;
  readonly protocol: 'openid-connect';
  readonly attributes: Readonly<Record<string, string>>;
  readonly protocolMappers: readonly Mapper[];
}

const everywhere = { 'access.token.claim': 'true', 'id.token.claim': 'true', 'userinfo.token.claim': 'true', 'introspection.token.claim': 'true' };
const accessOnly = { 'access.token.claim': 'true', 'introspection.token.claim': 'true' };

/**
 * Every scope of the realm. A realm file that lists scopes gets no others, so a token holds these claims and nothing else:
 * no mail address, no client roles, no audience but ours.
 */
export const clientScopes: readonly ClientScope[] = [
  scope('basic', 'Who it is: the subject, and when they logged in', [
    mapper('sub', 'oidc-sub-mapper', accessOnly),
    mapper('auth_time', 'oidc-usersessionmodel-note-mapper', { ...everywhere, 'user.session.note': 'AUTH_TIME', 'claim.name': 'auth_time', 'jsonType.label': 'long' }),
  ]),
  scope('profile', 'The name on the screen and the name typed at log-in', [
    mapper('name', 'oidc-full-name-mapper', everywhere),
    mapper('preferred_username', 'oidc-usermodel-attribute-mapper', { ...everywhere, 'user.attribute': 'username', 'claim.name': 'preferred_username', 'jsonType.label': 'String' }),
  ], true),
  scope('roles', 'The roles of the conference, as libs/access reads them', [
    mapper('realm roles', 'oidc-usermodel-realm-role-mapper', { ...accessOnly, 'claim.name': 'realm_access.roles', 'jsonType.label': 'String', multivalued: 'true' }),
  ]),
  scope('web-origins', 'Which origins a browser may call the token address from', [mapper('allowed web origins', 'oidc-allowed-origins-mapper', accessOnly)]),
  scope('lianfang', 'Where the person works, taken from their group, and the API that the token is for', [
    mapper('audience', 'oidc-audience-mapper', { ...accessOnly, 'included.custom.audience': audience }),
    ...['agency', 'institution', 'unit', 'region'].map((claim) =>
      // An attribute that the person has not is looked for in their group, then in the group above.
      mapper(claim, 'oidc-usermodel-attribute-mapper', { ...everywhere, 'user.attribute': claim, 'claim.name': claim, 'jsonType.label': 'String' }),
    ),
  ]),
];

/** The names of all scopes: every client has all of them. */
export const scopeNames: readonly string[] = clientScopes.map(({ name }) => name);

function scope(name: string, description: string, protocolMappers: readonly Mapper[], mayBeAskedFor = false): ClientScope {
  // `include.in.token.scope`: whether the word stands in the token's `scope` too.
  const attributes = { 'include.in.token.scope': String(mayBeAskedFor), 'display.on.consent.screen': 'false' };
  return { name, description, protocol: 'openid-connect', attributes, protocolMappers };
}

function mapper(name: string, protocolMapper: string, config: Readonly<Record<string, string>>): Mapper {
  return { name, protocol: 'openid-connect', protocolMapper, config };
}
