import { rolesOf, type FieldRules, type Permission } from './permission';

const officers = ['INTAKE_OFFICER', 'POLICE_OFFICER', 'DUTY_OFFICER', 'POLICE_LEADER'] as const;
/** Who reads, and how far; auditors masked. The fields below follow it. */
const readingReach = { INTAKE_OFFICER: 'region', POLICE_OFFICER: 'region', DUTY_OFFICER: 'region', POLICE_LEADER: 'region', AUDITOR: 'agency' } as const;
const readers = rolesOf(readingReach);

/** Who may do what to an appeal. The reviewer neither proposed nor approved the stop (appeal.rules.ts). */
export const appealPermissions = {
  'appeal.FILE': { agencies: ['police'], roles: { INTAKE_OFFICER: 'unit', POLICE_OFFICER: 'unit', DUTY_OFFICER: 'unit' } },
  'appeal.UPHOLD': { agencies: ['police'], roles: { POLICE_LEADER: 'region' } },
  'appeal.DISMISS': { agencies: ['police'], roles: { POLICE_LEADER: 'region' } },
  'appeal.read': { agencies: ['police'], roles: readingReach },
} as const satisfies Record<string, Permission>;

/** Who may read which field of an appeal. */
export const appealFields: FieldRules = {
  Query: { appeal: readers, appeals: readers },
  Mutation: { fileAppeal: officers, decideAppeal: officers },
  Appeal: { '*': readers },
  AppealMaterial: { '*': readers },
};
