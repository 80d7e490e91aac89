import type { Agency, Caller, Role, Side } from '@lianfang/vocabulary';

/**
 * How far a role's power reaches:
 * `unit` the caller's own police unit · `region` everything below the caller's region code ·
 * `institution` the caller's bank · `agency` the whole agency, or for staff of one institution that institution · `any` no bound.
 */
export type Scope = 'unit' | 'region' | 'institution' | 'agency' | 'any';

/** One row of the table: in which agencies it can be done, by which roles with which reach, and by which machines. */
export interface Permission {
  /** Whose things it is about; nobody acts in another agency. */
  readonly agencies: readonly Agency[];
  readonly roles: Readonly<Partial<Record<Role, Scope>>>;
  /** `clock` is the agency's own machine (timers, straight-through execution); another side is a partner whose verified message does it. */
  readonly machines?: readonly Side[];
}

/** Field rules of one or more GraphQL types: type → field (or `*` for the rest) → roles that may read it. */
export type FieldRules = Readonly<Record<string, Readonly<Record<string, readonly Role[] | 'ANYONE'>>>>;

/** The roles of a row, for the fields that follow it. */
export const rolesOf = <Able extends Role>(reach: Readonly<Record<Able, Scope>>): readonly Able[] => Object.keys(reach) as Able[];

const sides = { police: 'police', banks: 'bank', telecoms: 'telecom', platforms: 'platform', 'joint-office': 'joint-office' } as const satisfies Record<Agency, Side>;

/** The side that an agency's staff acts for. */
export const sideOfAgency = (agency: Agency): Side => sides[agency];

/** The side that a caller acts for: a partner's message acts for the partner, the clock for itself, a person for the own agency. */
export function sideOf(caller: Caller): Side {
  if (caller.kind === 'clock') return 'clock';
  if (caller.kind === 'person') return sides[caller.agency];
  const partner = caller.id.slice('partner:'.length);
  if (!Object.hasOwn(sides, partner)) throw new Error(`expected a partner's caller id like "partner:banks", found "${caller.id}"; use partnerCaller()`);
  return sides[partner as Agency];
}
