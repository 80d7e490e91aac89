import type { FieldRules, Permission } from './permission';

/** Who may read a bank's accounts and their movements. */
export const bankAccountPermissions = {
  'bank-account.read': { agencies: ['banks'], roles: { BANK_LIAISON: 'institution', BANK_ANALYST: 'institution', AUDITOR: 'agency' } },
  'bank-account.search': { agencies: ['banks'], roles: { BANK_LIAISON: 'institution', BANK_ANALYST: 'institution' } },
} as const satisfies Record<string, Permission>;

const readers = ['BANK_LIAISON', 'BANK_ANALYST', 'AUDITOR'] as const;
/** The police reach an account by federation from an order of theirs; row-level security shows them no other. */
const askers = ['INTAKE_OFFICER', 'POLICE_OFFICER', 'DUTY_OFFICER', 'POLICE_LEADER'] as const;

/** Who may read which field of a bank account. */
export const bankAccountFields: FieldRules = {
  Query: { bankAccount: readers },
  BankAccount: { '*': [...readers, ...askers] },
};
