import { rolesOf, type FieldRules, type Permission } from './permission';

/** Whoever of the police may ask at all; the permissions below and row-level security decide about the single case. */
const officers = ['INTAKE_OFFICER', 'POLICE_OFFICER', 'DUTY_OFFICER', 'POLICE_LEADER'] as const;
/** Who reads, and how far; auditors masked. The fields below follow it. */
const readingReach = { INTAKE_OFFICER: 'region', POLICE_OFFICER: 'region', DUTY_OFFICER: 'region', POLICE_LEADER: 'region', AUDITOR: 'agency' } as const;
const readers = rolesOf(readingReach);

/** Who may do what to a fraud case. The unit that took the report works on it; the duty desk and the leader reach the region. */
export const fraudCasePermissions = {
  'fraud-case.REPORT': { agencies: ['police'], roles: { INTAKE_OFFICER: 'unit', POLICE_OFFICER: 'unit', DUTY_OFFICER: 'region' } },
  'fraud-case.ACCEPT': { agencies: ['police'], roles: { INTAKE_OFFICER: 'unit', POLICE_OFFICER: 'unit', DUTY_OFFICER: 'region' } },
  'fraud-case.VERIFY': { agencies: ['police'], roles: { POLICE_LEADER: 'region' } },
  'fraud-case.OPEN': { agencies: ['police'], roles: { POLICE_LEADER: 'region' } },
  'fraud-case.DO_NOT_OPEN': { agencies: ['police'], roles: { POLICE_LEADER: 'region' } },
  'fraud-case.MERGE': { agencies: ['police'], roles: { POLICE_OFFICER: 'unit', DUTY_OFFICER: 'region', POLICE_LEADER: 'region' } },
  'fraud-case.edit': { agencies: ['police'], roles: { INTAKE_OFFICER: 'unit', POLICE_OFFICER: 'unit', DUTY_OFFICER: 'region' } },
  'fraud-case.read': { agencies: ['police'], roles: readingReach },
  'fraud-case.search': {
    agencies: ['police'],
    roles: { INTAKE_OFFICER: 'region', POLICE_OFFICER: 'region', DUTY_OFFICER: 'region', POLICE_LEADER: 'region' },
  },
} as const satisfies Record<string, Permission>;

/** Who may read which field of a fraud case and its parts. */
export const fraudCaseFields: FieldRules = {
  Query: { fraudCase: readers, fraudCases: readers, searchFraudCases: officers },
  Mutation: {
    reportFraud: officers, acceptFraudCase: officers, verifyFraudCase: officers, openFraudCase: officers, declineFraudCase: officers,
    mergeFraudCase: officers, addCaseTransfers: officers, addCaseLeads: officers, signApplicationForm: officers, changePhoneFlags: officers,
  },
  FraudCase: { '*': readers },
  CasePerson: { '*': readers },
  CaseTransfer: { '*': readers },
  CaseLead: { '*': readers },
  LikelyDuplicate: { '*': readers },
  TimelineEntry: { '*': readers },
  TimelineDetail: { '*': readers },
};
