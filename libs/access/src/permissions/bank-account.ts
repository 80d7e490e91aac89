import type { FieldRules, Permission } from './permission';

/** Who may read a bank's accounts and their movements. */
export const bankAccountPermissions = {
  'bank-account.read': { agencies: ['banks'], roles: { BANK_LIAISON: 'institution', BANK_ANALYST: 'institution', AUDITOR: 'agency' } },
  'bank-account.search': { agencies: ['banks'], roles: { BANK_LIAISON: 'institution', BANK_ANALYST: 'institution' } },
} as const satisfies Record<string, Permission>;

/** Who may read which field of a bank account and its movements. */
export const bankAccountFields: FieldRules = {};
