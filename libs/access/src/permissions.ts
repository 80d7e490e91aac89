import type { Role } from '@lianfang/vocabulary';
import { appealFields, appealPermissions } from './permissions/appeal';
import { bankAccountFields, bankAccountPermissions } from './permissions/bank-account';
import { fraudCaseFields, fraudCasePermissions } from './permissions/fraud-case';
import { fullValuePermissions } from './permissions/full-value';
import type { FieldRules, Permission } from './permissions/permission';
import { shareableFields } from './permissions/shareable';
import { stopPaymentOrderFields, stopPaymentOrderPermissions } from './permissions/stop-payment-order';
import { stopPaymentRequestFields, stopPaymentRequestPermissions } from './permissions/stop-payment-request';

/**
 * THE table of who may do what: key → agencies, roles with their reach, machines. A lifecycle's action is the key `<lifecycle>.<ACTION>`.
 * Each feature's rows stand in `permissions/<feature>.ts`; nothing outside this table decides by role.
 */
export const permissions = {
  ...fraudCasePermissions,
  ...stopPaymentRequestPermissions,
  ...stopPaymentOrderPermissions,
  ...appealPermissions,
  ...bankAccountPermissions,
  ...fullValuePermissions,
} as const satisfies Record<string, Permission>;

/** A key of the table, as in `fraud-case.ACCEPT` or `full.name`. */
export type PermissionKey = keyof typeof permissions;

/** Whether a string is a key of the table. */
export const isPermissionKey = (key: string): key is PermissionKey => Object.hasOwn(permissions, key);

/** Every key, in the table's order. */
export const permissionKeys = Object.keys(permissions) as PermissionKey[];

/** The row of a key. Throws when the table has none: a permission that nobody wrote down is nobody's. */
export function permissionFor(key: string): Permission {
  if (!isPermissionKey(key)) throw new Error(`no permission is written down for "${key}"; add a row in libs/access/src/permissions/`);
  return permissions[key];
}

/** Who may read which GraphQL field: type → field, or `*` for the type's other fields → roles. libs/subgraph wraps every field with it. */
export const fieldPermissions: FieldRules = joined([shareableFields, fraudCaseFields, stopPaymentRequestFields, stopPaymentOrderFields, bankAccountFields, appealFields]);

/** Features add rows to one type, as to `Query`; two rows for one field are a mistake. */
function joined(tables: readonly FieldRules[]): FieldRules {
  const all: Record<string, Record<string, readonly Role[] | 'ANYONE'>> = {};
  for (const [type, rows] of tables.flatMap((table) => Object.entries(table))) {
    const known = (all[type] ??= {});
    const twice = Object.keys(rows).find((field) => field in known);
    if (twice !== undefined) throw new Error(`two rows are written down for ${type}.${twice}; keep one in libs/access/src/permissions/`);
    Object.assign(known, rows);
  }
  return all;
}
