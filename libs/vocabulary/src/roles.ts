/**
 * The roles that a person or a system account may hold, as they stand in Keycloak's `realm_access.roles`.
 * What each may do stands in one place: `libs/access/src/permissions.ts`.
 */
export const roles = {
  INTAKE_OFFICER: { zh: '接警民警', en: 'intake officer', agency: 'police' },
  POLICE_OFFICER: { zh: '办案民警', en: 'police officer', agency: 'police' },
  DUTY_OFFICER: { zh: '反诈中心值班员', en: 'duty officer', agency: 'police' },
  POLICE_LEADER: { zh: '公安机关负责人', en: 'police leader', agency: 'police' },
  BANK_LIAISON: { zh: '银行查控岗', en: 'bank liaison', agency: 'banks' },
  BANK_ANALYST: { zh: '资金分析专员', en: 'named analyst', agency: 'banks' },
  COORDINATOR: { zh: '联席办工作人员', en: 'coordinator', agency: 'joint-office' },
  AUDITOR: { zh: '审计管理员', en: 'auditor', agency: 'any' },
  SECURITY_ADMINISTRATOR: { zh: '安全管理员', en: 'security administrator', agency: 'any' },
  SYSTEM_ADMINISTRATOR: { zh: '系统管理员', en: 'system administrator', agency: 'any' },
} as const satisfies Record<string, { zh: string; en: string; agency: Agency | 'any' }>;

/** A role's code, as in `POLICE_OFFICER`. */
export type Role = keyof typeof roles;

/** The agencies of the joint conference, each with its own subgraph and database. */
export const agencies = ['police', 'banks', 'telecoms', 'platforms', 'joint-office'] as const;

/** An agency's word, as it names the app, the database and the partner in the exchange. */
export type Agency = (typeof agencies)[number];

/** The three administrators (三员): no person may hold two of these roles, nor one beside a business role (GB/T 22239 §8). */
export const administratorRoles: readonly Role[] = ['AUDITOR', 'SECURITY_ADMINISTRATOR', 'SYSTEM_ADMINISTRATOR'];

/** Whether a string from outside is a role of ours. */
export const isRole = (value: string): value is Role => Object.hasOwn(roles, value);
