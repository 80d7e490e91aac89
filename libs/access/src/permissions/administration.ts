import { everyAgency, type Permission } from './permission';

/** What the three administrators (三员) may do: each watches or runs the machine, none touches business. */
export const administrationPermissions = {
  'audit-entry.read': { sides: everyAgency, roles: { AUDITOR: 'agency' } },
  'audit-entry.export': { sides: everyAgency, roles: { AUDITOR: 'agency' } },
  'exchange.read': { sides: everyAgency, roles: { SYSTEM_ADMINISTRATOR: 'agency', AUDITOR: 'agency' } },
} as const satisfies Record<string, Permission>;
