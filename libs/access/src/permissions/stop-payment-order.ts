import type { FieldRules, Permission } from './permission';

/**
 * Who may do what to a stop-payment order. `clock` beside a liaison is the bank's own machine:
 * straight-through execution and recovery after a crash act as `clockCaller('banks')`.
 */
export const stopPaymentOrderPermissions = {
  'stop-payment-order.RECEIVE': { sides: ['police'], roles: {} },
  'stop-payment-order.CLAIM': { sides: ['bank'], roles: { BANK_LIAISON: 'institution' } },
  'stop-payment-order.UNCLAIM': { sides: ['bank'], roles: { BANK_LIAISON: 'institution' } },
  'stop-payment-order.LAPSE_CLAIM': { sides: ['clock'], roles: {} },
  'stop-payment-order.BEGIN_EXECUTION': { sides: ['bank', 'clock'], roles: { BANK_LIAISON: 'institution' } },
  'stop-payment-order.RECORD_STOP': { sides: ['bank', 'clock'], roles: { BANK_LIAISON: 'institution' } },
  'stop-payment-order.RECORD_FAILURE': { sides: ['bank', 'clock'], roles: { BANK_LIAISON: 'institution' } },
  'stop-payment-order.DECLINE': { sides: ['bank', 'clock'], roles: { BANK_LIAISON: 'institution' } },
  'stop-payment-order.WITHDRAW': { sides: ['police'], roles: {} },
  'stop-payment-order.BEGIN_RELEASE': { sides: ['police'], roles: {} },
  'stop-payment-order.RECORD_RELEASE': { sides: ['bank', 'clock'], roles: { BANK_LIAISON: 'institution' } },
  'stop-payment-order.BEGIN_EXPIRY': { sides: ['clock'], roles: {} },
  'stop-payment-order.RECORD_EXPIRY': { sides: ['bank', 'clock'], roles: { BANK_LIAISON: 'institution' } },
  'stop-payment-order.read': { sides: ['bank'], roles: { BANK_LIAISON: 'institution', BANK_ANALYST: 'institution', AUDITOR: 'agency' } },
} as const satisfies Record<string, Permission>;

/** Who may read which field of a stop-payment order. */
export const stopPaymentOrderFields: FieldRules = {};
