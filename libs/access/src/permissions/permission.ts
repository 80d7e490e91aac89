import type { Agency, Caller, Role, Side } from '@lianfang/vocabulary';

/**
 * How far a role's power reaches:
 * `unit` the caller's own police unit · `region` everything below the caller's region code ·
 * `institution` the caller's bank · `agency` the whole agency, or for staff of one institution that institution · `any` no bound.
 */
export type Scope = 'unit' | 'region' | 'institution' | 'agency' | 'any';

/** One row of the table: the sides that may take the action, and for persons the roles with their reach. */
export interface Permission {
  /** `clock` is the agency's own machine (timers, straight-through execution); a partner's message acts for the partner's side. */
  readonly sides: readonly Side[];
  readonly roles: Readonly<Partial<Record<Role, Scope>>>;
}

/** Field rules of one or more GraphQL types: type → field (or `*` for the rest) → roles that may read it. */
export type FieldRules = Readonly<Record<string, Readonly<Record<string, readonly Role[] | 'ANYONE'>>>>;

const sideOfAgency = { police: 'police', banks: 'bank', telecoms: 'telecom', platforms: 'platform', 'joint-office': 'joint-office' } as const satisfies Record<Agency, Side>;

/** The side of every agency's staff: for rows that hold wherever they are read, as an auditor's. */
export const everyAgency: readonly Side[] = Object.values(sideOfAgency);

/** The side that a caller acts for: a partner's message acts for the partner, the clock for itself, a person for the own agency. */
export function sideOf(caller: Caller): Side {
  if (caller.kind === 'clock') return 'clock';
  if (caller.kind === 'person') return sideOfAgency[caller.agency];
  const partner = caller.id.slice('partner:'.length);
  if (!Object.hasOwn(sideOfAgency, partner)) throw new Error(`expected a partner's caller id like "partner:banks", found "${caller.id}"; use partnerCaller()`);
  return sideOfAgency[partner as Agency];
}
