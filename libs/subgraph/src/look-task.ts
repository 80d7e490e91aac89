/** The kinds of task for which a full value may be looked at; with a case in which such a task is open they make the purpose of a look (PIPL art. 6). */
export const lookTasks = {
  /** 受理核查: checking a report before and after it is accepted. */
  ACCEPTANCE_CHECK: 'ACCEPTANCE_CHECK',
  /** 止付: proposing, approving, matching or executing a stop. */
  STOP_PAYMENT: 'STOP_PAYMENT',
} as const;

/** A kind of task, as in `STOP_PAYMENT`. */
export type LookTask = keyof typeof lookTasks;
