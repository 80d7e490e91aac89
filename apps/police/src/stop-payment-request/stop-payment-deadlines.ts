/** What the clock does to a stop-payment request, as the deadline table names it. EXPIRE is the lifecycle's; the others give notices. */
export const deadlineActions = {
  /** The stop ends (DL-02). */
  EXPIRE: 'EXPIRE',
  /** No signed receipt of the order. */
  TELL_UNACKNOWLEDGED: 'TELL_UNACKNOWLEDGED',
  /** The order's validity is over. */
  TELL_UNANSWERED: 'TELL_UNANSWERED',
  /** What a freeze still lacks; sets itself anew for the next of T-24, -12, -6. */
  TELL_FREEZE_MISSING: 'TELL_FREEZE_MISSING',
  /** The bank has not confirmed a release or an expiry (DL-25). */
  TELL_UNCONFIRMED: 'TELL_UNCONFIRMED',
} as const;

/** An action of the clock on a stop-payment request. */
export type DeadlineAction = keyof typeof deadlineActions;

/** The word under which these deadlines stand. */
export const DEADLINE_THING = 'stop-payment-request';
