import { refuse, regionScope, roles, type Caller, type Refusal, type Role } from '@lianfang/vocabulary';
import { permissionFor } from './permissions';
import { sideOf, type Permission, type Scope } from './permissions/permission';

/** Where a thing belongs. A field that does not apply is left out or null. */
export interface Target {
  /** Police unit, 12 digits. */
  readonly unit?: string | null;
  /** GB/T 2260 region, 6 digits. */
  readonly region?: string | null;
  /** Bank or payment institution, as in `B001`. */
  readonly institution?: string | null;
}

/**
 * Whether the caller may do `key` to something at `target`; without a target only agency and role are asked.
 *
 * @returns nothing when allowed, else NOT_ALLOWED with the roles that may, or OUTSIDE_YOUR_SCOPE.
 * @throws when the table has no row for `key`.
 */
export function mayDo(caller: Caller, key: string, target?: Target): Refusal | undefined {
  const permission = permissionFor(key);
  if (!permission.agencies.includes(caller.agency)) return notAllowed(permission);
  if (caller.kind !== 'person') return permission.machines?.includes(sideOf(caller)) ? undefined : notAllowed(permission);
  const scopes = scopesOf(caller, permission);
  if (scopes.length === 0) return notAllowed(permission);
  if (target === undefined || scopes.some((scope) => reaches(caller, scope, target))) return undefined;
  return refuse('OUTSIDE_YOUR_SCOPE');
}

/** The reaches that a person's roles give for a permission; empty when no role does. */
function scopesOf(caller: Caller, permission: Permission): Scope[] {
  return caller.roles.flatMap((role) => permission.roles[role] ?? []);
}

function reaches(caller: Caller, scope: Scope, target: Target): boolean {
  switch (scope) {
    case 'unit':
      return isSame(caller.unit, target.unit);
    case 'region':
      return caller.region !== null && (target.region ?? '').startsWith(regionScope(caller.region));
    case 'institution':
      return isSame(caller.institution, target.institution);
    case 'agency':
      return caller.institution === null || isSame(caller.institution, target.institution);
    case 'any':
      return true;
    default:
      return scope satisfies never;
  }
}

const isSame = (mine: string | null, its: string | null | undefined): boolean => mine !== null && mine === its;

function notAllowed(permission: Permission): Refusal {
  const able = Object.keys(permission.roles) as Role[];
  const words = (language: 'zh' | 'en'): string => able.map((role) => roles[role][language]).join(language === 'zh' ? '、' : ', ');
  return refuse('NOT_ALLOWED', { parameters: { roles: able.join(', '), rolesZh: words('zh') || '系统', rolesEn: words('en') || 'the system' } });
}
