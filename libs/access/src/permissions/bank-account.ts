import { rolesOf, type FieldRules, type Permission } from './permission';

/** Who reads an account that the bank has answered about, and how far; the fields below follow it. */
const readingReach = { BANK_LIAISON: 'institution', BANK_ANALYST: 'institution', AUDITOR: 'agency' } as const;

/** Who may read a bank's accounts and their movements. */
export const bankAccountPermissions = {
  'bank-account.read': { agencies: ['banks'], roles: readingReach },
} as const satisfies Record<string, Permission>;

const readers = rolesOf(readingReach);
/** The police reach an account by federation from an order of theirs; row-level security shows them no other. */
const askers = ['INTAKE_OFFICER', 'POLICE_OFFICER', 'DUTY_OFFICER', 'POLICE_LEADER'] as const;

/** Who may read which field of a bank account. */
export const bankAccountFields: FieldRules = {
  Query: { bankAccount: readers },
  BankAccount: { '*': [...readers, ...askers] },
};
