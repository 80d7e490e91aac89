import type { FieldRules, Permission } from './permission';

/** Who may do what to a stop-payment request. The proposer and the approver are two persons (86-1). */
export const stopPaymentRequestPermissions = {
  'stop-payment-request.PROPOSE': { sides: ['police', 'clock'], roles: { POLICE_OFFICER: 'unit', DUTY_OFFICER: 'region' } },
  'stop-payment-request.APPROVE': { sides: ['police'], roles: { POLICE_LEADER: 'region' } },
  'stop-payment-request.RETURN': { sides: ['police'], roles: { POLICE_LEADER: 'region' } },
  'stop-payment-request.CANCEL': { sides: ['police'], roles: { POLICE_OFFICER: 'unit', DUTY_OFFICER: 'region' } },
  'stop-payment-request.ORDER_RELEASE': { sides: ['police'], roles: { POLICE_LEADER: 'region' } },
  'stop-payment-request.DELIVER': { sides: ['clock'], roles: {} },
  'stop-payment-request.STOP': { sides: ['bank'], roles: {} },
  'stop-payment-request.STOP_LATE': { sides: ['bank'], roles: {} },
  'stop-payment-request.DECLINE': { sides: ['bank'], roles: {} },
  'stop-payment-request.RELEASE': { sides: ['bank'], roles: {} },
  'stop-payment-request.EXPIRE': { sides: ['clock'], roles: {} },
  'stop-payment-request.CONFIRM_EXPIRY': { sides: ['bank'], roles: {} },
  'stop-payment-request.read': {
    sides: ['police'],
    roles: { INTAKE_OFFICER: 'region', POLICE_OFFICER: 'region', DUTY_OFFICER: 'region', POLICE_LEADER: 'region', AUDITOR: 'agency' },
  },
  'institution-prefix.read': {
    sides: ['police'],
    roles: { INTAKE_OFFICER: 'agency', POLICE_OFFICER: 'agency', DUTY_OFFICER: 'agency', POLICE_LEADER: 'agency', AUDITOR: 'agency' },
  },
  'institution-prefix.import': { sides: ['police'], roles: { DUTY_OFFICER: 'agency' } },
} as const satisfies Record<string, Permission>;

/** Who may read which field of a stop-payment request, its batch and its answers. */
export const stopPaymentRequestFields: FieldRules = {};
