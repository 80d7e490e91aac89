import { administratorRoles, agencies, isRole, roles, type Agency, type Caller, type Role } from '@lianfang/vocabulary';
import { NotAuthenticated } from './token/not-authenticated';

/**
 * The person behind verified claims. Roles that we do not know are ignored (Keycloak adds its own).
 *
 * @throws NotAuthenticated NO_ROLE, ROLES_CONFLICT (two administrator roles, or one beside a business role), WRONG_AGENCY,
 *   UNIT_MISSING (police without unit and region), INSTITUTION_MISSING (bank staff without institution), CLAIMS_MALFORMED.
 */
export function callerFromClaims(claims: Readonly<Record<string, unknown>>): Caller {
  const id = subject(claims);
  const held = heldRoles(claims);
  const agency = parseAgency(claims);
  refuseConflicts(held, agency);
  const unit = text(claims, 'unit', /^(?!00)\d{12}$/);
  const region = text(claims, 'region', /^(?!00)\d{6}$/) ?? unit?.slice(0, 6) ?? null;
  const institution = text(claims, 'institution', /^[A-Za-z0-9]{1,14}$/);
  if (held.some((role) => roles[role].agency === 'police') && (unit === null || region === null)) {
    throw new NotAuthenticated('UNIT_MISSING', 'police roles need a 12-digit unit and its region');
  }
  if (held.some((role) => roles[role].agency === 'banks') && institution === null) {
    throw new NotAuthenticated('INSTITUTION_MISSING', 'bank roles need an institution');
  }
  return { id, name: displayName(claims), agency, roles: held, institution, unit, region, kind: 'person' };
}

function subject(claims: Readonly<Record<string, unknown>>): string {
  const { sub } = claims;
  // `clock` and `partner:…` name the system actors: a token must never speak for them.
  if (typeof sub !== 'string' || !/^[A-Za-z0-9._:-]{1,128}$/.test(sub) || sub === 'clock' || sub.startsWith('partner:')) {
    throw new NotAuthenticated('CLAIMS_MALFORMED', 'sub must be an identifier of a person');
  }
  return sub;
}

function heldRoles({ realm_access: access }: Readonly<Record<string, unknown>>): Role[] {
  const stated: unknown = typeof access === 'object' && access !== null && 'roles' in access ? access.roles : [];
  const known = Array.isArray(stated) ? stated.filter((role): role is Role => typeof role === 'string' && isRole(role)) : [];
  if (known.length === 0) throw new NotAuthenticated('NO_ROLE', 'the token holds no role of this system');
  return [...new Set(known)];
}

function parseAgency({ agency }: Readonly<Record<string, unknown>>): Agency {
  const known = agencies.find((one) => one === agency);
  if (known === undefined) throw new NotAuthenticated('WRONG_AGENCY', 'agency must be one of the conference');
  return known;
}

function refuseConflicts(held: readonly Role[], agency: Agency): void {
  if (held.length > 1 && held.some((role) => administratorRoles.includes(role))) {
    throw new NotAuthenticated('ROLES_CONFLICT', 'an administrator holds one administrator role and nothing else');
  }
  if (held.some((role) => roles[role].agency !== 'any' && roles[role].agency !== agency)) {
    throw new NotAuthenticated('WRONG_AGENCY', 'a role belongs to another agency than the one stated');
  }
}

/** An optional claim of a fixed shape, or null; a claim of another shape is refused rather than ignored. */
function text(claims: Readonly<Record<string, unknown>>, claim: string, shape: RegExp): string | null {
  const value = claims[claim];
  if (value === undefined || value === null || value === '') return null;
  if (typeof value === 'string' && shape.test(value)) return value;
  throw new NotAuthenticated('CLAIMS_MALFORMED', `claim ${claim} has not the agreed shape`);
}

function displayName({ name, preferred_username: username }: Readonly<Record<string, unknown>>): string {
  if (typeof name === 'string' && name !== '') return name.slice(0, 80);
  return typeof username === 'string' ? username.slice(0, 80) : '';
}
