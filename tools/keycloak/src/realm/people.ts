import { agencies, roles } from '@lianfang/vocabulary';
import { defaultRole, demoAccounts, demoPassword, regionOf, serviceAccounts, serviceUsername, subjectOf, type DemoAccount } from '@lianfang/identity';
import type { RealmKind } from './realm';

/** A group as a realm file states it. Its attributes become the claims of its members. */
export interface Group {
  readonly name: string;
  readonly attributes: Readonly<Record<string, readonly string[]>>;
  readonly subGroups: readonly Group[];
}

type Workplace = Omit<DemoAccount, 'username' | 'purpose' | 'name' | 'roles'>;

/**
 * The roles of the conference, with their names in both languages, and Keycloak's role of everybody. Keycloak adds `offline_access` and
 * `uma_authorization` to the latter; libs/access ignores what it does not know, and no client has the scopes that would make them mean something.
 */
export const realmRoles = () => [
  ...Object.entries(roles).map(([name, { zh, en }]) => ({ name, description: `${zh} · ${en}` })),
  { name: defaultRole, description: 'Held by everybody; gives nothing' },
];

/** A group for each agency; in the demo realm, below it, one for each institution or unit where somebody works. */
export function realmGroups(kind: RealmKind): Group[] {
  const workplaces: readonly Workplace[] = kind === 'demo' ? [...demoAccounts, ...serviceAccounts] : [];
  return agencies.map((agency) => {
    const below = new Map(workplaces.filter((place) => place.agency === agency).flatMap((place) => (nameOf(place) === undefined ? [] : [[nameOf(place), place] as const])));
    return { name: agency, attributes: { agency: [agency] }, subGroups: [...below.values()].map(workplaceGroup) };
  });
}

/** The people of the demo and the accounts of the institutions' systems; production begins with nobody. */
export const realmUsers = (kind: RealmKind) => (kind === 'demo' ? [...demoAccounts.map(person), ...serviceAccounts.map(system)] : []);

function workplaceGroup(place: Workplace): Group {
  const { institution, unit } = place;
  const region = regionOf(place);
  const attributes = { ...(institution ? { institution: [institution] } : {}), ...(unit ? { unit: [unit] } : {}), ...(region ? { region: [region] } : {}) };
  return { name: nameOf(place) ?? '', attributes, subGroups: [] };
}

const person = ({ username, name, roles: held, ...place }: DemoAccount) => ({
  ...account(username, name, held),
  groups: [pathOf(place)],
  credentials: [{ type: 'password', value: demoPassword, temporary: false }],
});

const system = ({ clientId, name, roles: held, ...place }: (typeof serviceAccounts)[number]) => ({
  ...account(serviceUsername(clientId), name, held),
  serviceAccountClientId: clientId,
  groups: [pathOf(place)],
});

const account = (username: string, name: string, held: readonly string[]) => ({
  // The same subject as the development provider gives: what was recorded under one provider stays theirs under the other.
  id: subjectOf(username),
  username,
  enabled: true,
  firstName: name,
  realmRoles: [defaultRole, ...held],
});

const nameOf = ({ institution, unit }: Workplace): string | undefined => unit ?? institution;

const pathOf = (place: Workplace): string => [`/${place.agency}`, ...(nameOf(place) === undefined ? [] : [nameOf(place)])].join('/');
