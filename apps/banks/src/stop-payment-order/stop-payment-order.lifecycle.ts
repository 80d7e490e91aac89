import { lifecycle, type ActionOf, type StateOf } from '@lianfang/vocabulary';

/**
 * The life of a stop-payment order at the bank. Around each call to the core system stand two actions: BEGIN_… commits before it,
 * RECORD_… after it, so that a crash between them is repaired by calling again. An order that is withdrawn or has lapsed calls it too: a bank restored
 * from a backup may have had it held and forgotten that; then RECORD_STOP says so, and the stop ends at once.
 */
export const stopPaymentOrderLifecycle = lifecycle('stop-payment-order', {
  RECEIVE: { from: [], to: 'RECEIVED', by: 'police', law: '86-1' },
  CLAIM: { from: ['RECEIVED'], to: 'RECEIVED', by: 'bank' },
  UNCLAIM: { from: ['RECEIVED'], to: 'RECEIVED', by: 'bank' },
  LAPSE_CLAIM: { from: ['RECEIVED'], to: 'RECEIVED', by: 'clock' },
  BEGIN_EXECUTION: { from: ['RECEIVED'], to: 'EXECUTING', by: 'bank', law: '86-2' },
  RECORD_STOP: { from: ['EXECUTING', 'WITHDRAWING', 'LAPSING'], to: 'STOPPED', by: 'bank', law: '86-4' },
  RECORD_FAILURE: { from: ['EXECUTING'], to: 'NOT_EXECUTED', by: 'bank', law: '86-4' },
  DECLINE: { from: ['RECEIVED'], to: 'NOT_EXECUTED', by: 'bank', law: '86-2' },
  BEGIN_WITHDRAWAL: { from: ['RECEIVED'], to: 'WITHDRAWING', by: 'police' },
  RECORD_WITHDRAWAL: { from: ['WITHDRAWING'], to: 'NOT_EXECUTED', by: 'bank' },
  BEGIN_LAPSE: { from: ['RECEIVED'], to: 'LAPSING', by: 'clock' },
  RECORD_LAPSE: { from: ['LAPSING'], to: 'NOT_EXECUTED', by: 'bank' },
  BEGIN_RELEASE: { from: ['STOPPED'], to: 'RELEASING', by: 'police' },
  RECORD_RELEASE: { from: ['RELEASING'], to: 'RELEASED', by: 'bank' },
  BEGIN_EXPIRY: { from: ['STOPPED'], to: 'EXPIRING', by: 'clock', law: '86-7' },
  RECORD_EXPIRY: { from: ['EXPIRING'], to: 'EXPIRED', by: 'bank', law: '86-7' },
});

/** The states of a stop-payment order, as in `STOPPED`. */
export type StopPaymentOrderState = StateOf<typeof stopPaymentOrderLifecycle>;

/** The actions of a stop-payment order, as in `CLAIM`. */
export type StopPaymentOrderAction = ActionOf<typeof stopPaymentOrderLifecycle>;
