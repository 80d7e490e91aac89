import { rolesOf, type FieldRules, type Permission } from './permission';

/** Whoever of the police may ask at all; the permissions below and row-level security decide about the single request. */
const officers = ['INTAKE_OFFICER', 'POLICE_OFFICER', 'DUTY_OFFICER', 'POLICE_LEADER'] as const;
/** Who reads, and how far; auditors masked. The fields below follow it. */
const readingReach = { INTAKE_OFFICER: 'region', POLICE_OFFICER: 'region', DUTY_OFFICER: 'region', POLICE_LEADER: 'region', AUDITOR: 'agency' } as const;
const readers = rolesOf(readingReach);

/** Who may do what to a stop-payment request. The proposer and the approver are two persons (stop-payment-approval.rules.ts). */
export const stopPaymentRequestPermissions = {
  'stop-payment-request.PROPOSE': { agencies: ['police'], roles: { POLICE_OFFICER: 'unit', DUTY_OFFICER: 'region' }, machines: ['clock'] },
  'stop-payment-request.APPROVE': { agencies: ['police'], roles: { POLICE_LEADER: 'region' } },
  'stop-payment-request.RETURN': { agencies: ['police'], roles: { POLICE_LEADER: 'region' } },
  'stop-payment-request.CANCEL': { agencies: ['police'], roles: { POLICE_OFFICER: 'unit', DUTY_OFFICER: 'region' } },
  'stop-payment-request.ORDER_RELEASE': { agencies: ['police'], roles: { POLICE_LEADER: 'region' } },
  /** A legal document that follows its order (practice A1); no change of state. */
  'stop-payment-request.record-document': { agencies: ['police'], roles: { POLICE_OFFICER: 'unit', DUTY_OFFICER: 'region', POLICE_LEADER: 'region' } },
  'stop-payment-request.DELIVER': { agencies: ['police'], roles: {}, machines: ['clock'] },
  'stop-payment-request.STOP': { agencies: ['police'], roles: {}, machines: ['bank'] },
  'stop-payment-request.STOP_LATE': { agencies: ['police'], roles: {}, machines: ['bank'] },
  'stop-payment-request.DECLINE': { agencies: ['police'], roles: {}, machines: ['bank'] },
  'stop-payment-request.RELEASE': { agencies: ['police'], roles: {}, machines: ['bank'] },
  'stop-payment-request.EXPIRE': { agencies: ['police'], roles: {}, machines: ['clock'] },
  'stop-payment-request.CONFIRM_EXPIRY': { agencies: ['police'], roles: {}, machines: ['bank'] },
  'stop-payment-request.read': { agencies: ['police'], roles: readingReach },
  'institution-prefix.read': {
    agencies: ['police'],
    roles: { INTAKE_OFFICER: 'agency', POLICE_OFFICER: 'agency', DUTY_OFFICER: 'agency', POLICE_LEADER: 'agency', AUDITOR: 'agency' },
  },
  'institution-prefix.import': { agencies: ['police'], roles: { DUTY_OFFICER: 'agency', POLICE_LEADER: 'agency' } },
} as const satisfies Record<string, Permission>;

/** Who may read which field of a stop-payment request, its batch and its answers. */
export const stopPaymentRequestFields: FieldRules = {
  Query: {
    stopPaymentRequest: readers, stopPaymentRequests: readers, stopPaymentBatch: readers, stopPaymentBatches: readers,
    notices: readers, institutionPrefixes: readers, findInstitution: officers,
  },
  Mutation: {
    proposeStopPayments: officers, readStopPaymentRows: officers, approveStopPaymentBatch: officers, returnStopPaymentBatch: officers, cancelStopPaymentRequest: officers,
    correctStopPayment: officers, correctStopPayments: officers, retryStopPaymentBatch: officers, requestSecondStop: officers, orderStopPaymentRelease: officers,
    requestProtectiveHold: officers, recordLegalDocument: officers, importInstitutionPrefixes: officers,
  },
  StopPaymentRequest: { '*': readers },
  StopPaymentBatch: { '*': readers },
  StopPaymentInstitutionGroup: { '*': readers },
  RefusedStopPaymentItem: { '*': readers },
  StopPaymentRows: { '*': officers },
  StopPaymentRow: { '*': officers },
  StopPaymentRowPayee: { '*': officers },
  StopPaymentOutflow: { '*': readers },
  Notice: { '*': readers },
  InstitutionPrefix: { '*': readers },
  InstitutionPrefixImport: { '*': officers },
};
