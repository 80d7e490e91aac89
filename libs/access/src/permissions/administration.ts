import { agencies } from '@lianfang/vocabulary';
import type { Permission } from './permission';

/** What the three administrators (三员) may do: each watches or runs the machine, none touches business. */
export const administrationPermissions = {
  'audit-entry.read': { agencies, roles: { AUDITOR: 'agency' } },
  'audit-entry.export': { agencies, roles: { AUDITOR: 'agency' } },
  'exchange.read': { agencies, roles: { SYSTEM_ADMINISTRATOR: 'agency', AUDITOR: 'agency' } },
} as const satisfies Record<string, Permission>;
