import { lifecycle, type ActionOf, type StateOf } from '@lianfang/vocabulary';

/** The life of a stop-payment request (紧急止付). `by` is the side that acts (roles: permissions.ts); `law` is an id in docs/law.md. */
export const stopPaymentRequestLifecycle = lifecycle('stop-payment-request', {
  PROPOSE: { from: [], to: 'PROPOSED', by: 'police', law: '86-9' },
  APPROVE: { from: ['PROPOSED'], to: 'ORDERED', by: 'police', law: '86-1' },
  RETURN: { from: ['PROPOSED'], to: 'RETURNED', by: 'police' },
  CANCEL: { from: ['PROPOSED'], to: 'CANCELLED', by: 'police' },
  DELIVER: { from: ['ORDERED'], to: 'RECEIVED', by: 'clock' },
  STOP: { from: ['ORDERED', 'RECEIVED'], to: 'STOPPED', by: 'bank', law: '86-2' },
  STOP_LATE: { from: ['RELEASE_ORDERED'], to: 'RELEASE_ORDERED', by: 'bank', law: '86-3' },
  DECLINE: { from: ['ORDERED', 'RECEIVED', 'RELEASE_ORDERED'], to: 'NOT_EXECUTED', by: 'bank', law: '86-2' },
  ORDER_RELEASE: { from: ['ORDERED', 'RECEIVED', 'STOPPED'], to: 'RELEASE_ORDERED', by: 'police', law: 'DL-25' },
  RELEASE: { from: ['RELEASE_ORDERED'], to: 'RELEASED', by: 'bank' },
  EXPIRE: { from: ['STOPPED'], to: 'EXPIRED_UNCONFIRMED', by: 'clock', law: 'DL-02' },
  CONFIRM_EXPIRY: { from: ['STOPPED', 'EXPIRED_UNCONFIRMED'], to: 'EXPIRED', by: 'bank', law: '86-7' },
});

/** A state of a stop-payment request, as in `STOPPED`. */
export type StopPaymentRequestState = StateOf<typeof stopPaymentRequestLifecycle>;

/** An action on a stop-payment request, as in `APPROVE`. */
export type StopPaymentRequestAction = ActionOf<typeof stopPaymentRequestLifecycle>;
