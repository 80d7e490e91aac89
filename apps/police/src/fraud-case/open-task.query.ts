import type { HasOpenTask, LookTask } from '@lianfang/access';
import { isId } from '@lianfang/database';

/** When each kind of task is open on a case; a kind that is not here is never open with the police. */
const openTasks: Partial<Record<LookTask, string>> = {
  /** 受理核查: until it is decided whether the case is opened. */
  ACCEPTANCE_CHECK: `select exists (select from fraud_case where id = $1 and state in ('REPORTED', 'ACCEPTED', 'VERIFYING')) as open`,
  /** 止付: while a request of the case has not ended. */
  STOP_PAYMENT: `select exists (select from stop_payment_request
                                where case_id = $1 and state not in ('RETURNED', 'CANCELLED', 'NOT_EXECUTED', 'RELEASED', 'EXPIRED')) as open`,
  /** 申诉: while an appeal of the case is undecided. */
  APPEAL: `select exists (select from appeal where case_id = $1 and state = 'RECEIVED') as open`,
};

/** Whether a task is open on the case that a value belongs to: another case's task opens nothing of this one. */
export const hasOpenTaskOn =
  (caseId: string): HasOpenTask =>
  async (purpose, _caller, manager) => {
    const sql = openTasks[purpose.task];
    if (sql === undefined || !isId(caseId) || purpose.caseId !== caseId) return false;
    const [row] = await manager.query<{ open: boolean }[]>(sql, [caseId]);
    return row?.open ?? false;
  };
