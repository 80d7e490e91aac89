import { demoAccounts, regionOf, serviceAccounts, serviceUsername, subjectOf, type DemoAccount } from './accounts';

/** The realm whose URL layout and claims this provider mimics. */
export const realm = 'lianfang';

/** The audience of every access token: the subgraphs and the gateway. */
export const audience = 'lianfang-api';

/** Keycloak's role of everybody, which gives nothing. */
export const defaultRole = `default-roles-${realm}`;

/** A token's claims about its holder, laid out as Keycloak's mappers write them. */
export type HolderClaims = Record<string, unknown>;

/**
 * The claims of a person, by the subject of the token; nothing for a subject that is not ours.
 * Keycloak adds its default role to everybody: whoever reads the roles must ignore those it does not know.
 */
export function findPersonClaims(subject: string): HolderClaims | undefined {
  const account = demoAccounts.find(({ username }) => subjectOf(username) === subject);
  return account && { ...holderClaims(account), preferred_username: account.username };
}

/** The claims of a system account, by its client id. */
export function findServiceClaims(clientId: string): HolderClaims | undefined {
  const account = serviceAccounts.find((candidate) => candidate.clientId === clientId);
  return account && { ...holderClaims(account), preferred_username: serviceUsername(clientId), client_id: clientId };
}

function holderClaims(account: Omit<DemoAccount, 'username'>): HolderClaims {
  return {
    realm_access: { roles: [defaultRole, ...account.roles] },
    name: account.name,
    agency: account.agency,
    institution: account.institution,
    unit: account.unit,
    region: regionOf(account) ?? undefined,
  };
}
