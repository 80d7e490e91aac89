import type { Permission } from './permission';

const everyOfficer = { INTAKE_OFFICER: 'region', POLICE_OFFICER: 'region', DUTY_OFFICER: 'region', POLICE_LEADER: 'region' } as const;
const bankDesk = { BANK_LIAISON: 'institution', BANK_ANALYST: 'institution' } as const;

/**
 * Who may see personal data in full, by kind, and then only with an open task on the case (see `openDisclosure`).
 * Auditors, administrators and coordinators never: they work with masked values (PIPL-6, GB/T 22239 §8).
 */
export const fullValuePermissions = {
  /** Working on a case: its own unit's staff. Who decides something about it has the decision's own row (apps/police open-task.query.ts). */
  'task.investigate': { agencies: ['police'], roles: { POLICE_OFFICER: 'unit', DUTY_OFFICER: 'unit', POLICE_LEADER: 'unit' } },
  /** Working on an order that came to an institution. */
  'task.execute': { agencies: ['banks'], roles: { BANK_LIAISON: 'institution', BANK_ANALYST: 'institution' } },
  'full.name': { agencies: ['police', 'banks'], roles: { ...everyOfficer, ...bankDesk } },
  'full.account': { agencies: ['police', 'banks'], roles: { ...everyOfficer, ...bankDesk } },
  'full.id-number': { agencies: ['police'], roles: everyOfficer },
  'full.phone': { agencies: ['police'], roles: everyOfficer },
  'full.text': { agencies: ['police', 'banks'], roles: { ...everyOfficer, BANK_LIAISON: 'institution' } },
} as const satisfies Record<string, Permission>;
