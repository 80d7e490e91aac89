import { rolesOf, type FieldRules, type Permission } from './permission';

/** Who reads the record of an order at the bank, and how far; the fields below follow it. */
const readingReach = { BANK_LIAISON: 'institution', BANK_ANALYST: 'institution', AUDITOR: 'agency' } as const;

/**
 * Who may do what to a stop-payment order. `clock` beside a liaison is the bank's own machine:
 * straight-through execution and recovery after a crash act as `clockCaller('banks')`.
 */
export const stopPaymentOrderPermissions = {
  'stop-payment-order.RECEIVE': { agencies: ['banks'], roles: {}, machines: ['police'] },
  'stop-payment-order.CLAIM': { agencies: ['banks'], roles: { BANK_LIAISON: 'institution' } },
  'stop-payment-order.UNCLAIM': { agencies: ['banks'], roles: { BANK_LIAISON: 'institution' } },
  'stop-payment-order.LAPSE_CLAIM': { agencies: ['banks'], roles: {}, machines: ['clock'] },
  'stop-payment-order.BEGIN_EXECUTION': { agencies: ['banks'], roles: { BANK_LIAISON: 'institution' }, machines: ['clock'] },
  'stop-payment-order.RECORD_STOP': { agencies: ['banks'], roles: { BANK_LIAISON: 'institution' }, machines: ['clock'] },
  'stop-payment-order.RECORD_FAILURE': { agencies: ['banks'], roles: { BANK_LIAISON: 'institution' }, machines: ['clock'] },
  'stop-payment-order.DECLINE': { agencies: ['banks'], roles: { BANK_LIAISON: 'institution' }, machines: ['clock'] },
  'stop-payment-order.BEGIN_WITHDRAWAL': { agencies: ['banks'], roles: {}, machines: ['police'] },
  'stop-payment-order.RECORD_WITHDRAWAL': { agencies: ['banks'], roles: {}, machines: ['clock'] },
  'stop-payment-order.BEGIN_LAPSE': { agencies: ['banks'], roles: {}, machines: ['clock'] },
  'stop-payment-order.RECORD_LAPSE': { agencies: ['banks'], roles: {}, machines: ['clock'] },
  'stop-payment-order.BEGIN_RELEASE': { agencies: ['banks'], roles: {}, machines: ['police'] },
  'stop-payment-order.RECORD_RELEASE': { agencies: ['banks'], roles: {}, machines: ['clock'] },
  'stop-payment-order.BEGIN_EXPIRY': { agencies: ['banks'], roles: {}, machines: ['clock'] },
  'stop-payment-order.RECORD_EXPIRY': { agencies: ['banks'], roles: {}, machines: ['clock'] },
  'stop-payment-order.read': { agencies: ['banks'], roles: readingReach },
} as const satisfies Record<string, Permission>;

const desk = ['BANK_LIAISON'] as const;
const readers = rolesOf(readingReach);
/** The police who asked read the bank's record of their own order; row-level security shows them no other. */
const askers = ['INTAKE_OFFICER', 'POLICE_OFFICER', 'DUTY_OFFICER', 'POLICE_LEADER'] as const;

/** Who may read which field of a stop-payment order. */
export const stopPaymentOrderFields: FieldRules = {
  Query: {
    stopPaymentOrder: [...readers, ...askers],
    stopPaymentInbox: readers,
    stopPaymentOrders: readers,
    nextStopPaymentOrder: desk,
    stopPaymentInboxCount: readers,
  },
  Mutation: { claimStopPaymentOrder: desk, unclaimStopPaymentOrder: desk, executeStopPayment: desk, declineStopPayment: desk },
  StopPaymentOrder: { '*': [...readers, ...askers], actions: readers, claimedByName: readers, leaseUntil: readers },
  FourFacts: { '*': [...readers, ...askers] },
  InboxCount: { '*': readers },
};
