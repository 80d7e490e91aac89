import { mayDo, type HasOpenTask, type LookTask, type PermissionKey } from '@lianfang/access';
import { isId } from '@lianfang/database';
import { approvable, approvalReach } from '../stop-payment-request/stop-payment-request.query';

/** One way in which a task on a case is somebody's. */
interface OpenTask {
  /** Whose it is, by the permissions table, asked for the unit and region of the case. */
  readonly of: PermissionKey;
  /** While when: a condition on `fraud_case`; `$1` the caller, `$2` the levels that the caller approves, `$3` the case. */
  readonly while: string;
}

const appealWaits = `exists (select from appeal where appeal.case_id = fraud_case.id and appeal.state = 'RECEIVED')`;

/** When each kind of task is open on a case, and whose it is then: the investigating unit's, or who has to decide. What is not here is never open with the police. */
const openTasks: Partial<Record<LookTask, readonly OpenTask[]>> = {
  /** 受理核查: until it is decided whether the case is opened; who takes reports, only until the report is accepted. */
  ACCEPTANCE_CHECK: [
    { of: 'task.investigate', while: `state in ('REPORTED', 'ACCEPTED', 'VERIFYING')` },
    { of: 'fraud-case.ACCEPT', while: `state = 'REPORTED'` },
  ],
  /** 止付: while a request of the case has not ended; who approves, while a batch waits that this person may approve. */
  STOP_PAYMENT: [
    {
      of: 'task.investigate',
      while: `exists (select from stop_payment_request request
                      where request.case_id = fraud_case.id and request.state not in ('RETURNED', 'CANCELLED', 'NOT_EXECUTED', 'RELEASED', 'EXPIRED'))`,
    },
    { of: 'stop-payment-request.APPROVE', while: `exists (select from stop_payment_batch batch where batch.case_id = fraud_case.id and ${approvable})` },
  ],
  /** 申诉: while an appeal of the case is undecided; who decides, if neither proposer nor approver of the stop. */
  APPEAL: [
    { of: 'task.investigate', while: appealWaits },
    {
      of: 'appeal.UPHOLD',
      while: `exists (select from appeal join stop_payment_request request on request.id = appeal.request_id join stop_payment_batch batch on batch.id = request.batch_id
                      where appeal.case_id = fraud_case.id and appeal.state = 'RECEIVED' and $1 not in (batch.operator_id, coalesce(batch.approver_id, '')))`,
    },
  ],
};

/** The case, with every parameter that a condition may use. */
const selectOpen = (conditions: readonly string[]): string => `
  select ${conditions.map((condition) => `(${condition})`).join(' or ')} as open
  from fraud_case
  where id = $3 and $1::text is not null and $2::text[] is not null`;

/** Whether a task of the caller is open on the case that a value belongs to: another case's task opens nothing of this one (PIPL-6, practice F). */
export const hasOpenTaskOn =
  (caseId: string): HasOpenTask =>
  async (purpose, caller, manager) => {
    const tasks = openTasks[purpose.task];
    if (tasks === undefined || !isId(caseId) || purpose.caseId !== caseId) return false;
    const [place] = await manager.query<{ unit: string; region: string }[]>('select unit_code as unit, region_code as region from fraud_case where id = $1', [caseId]);
    const mine = tasks.filter(({ of }) => place !== undefined && mayDo(caller, of, place) === undefined);
    if (mine.length === 0) return false;
    const [row] = await manager.query<{ open: boolean }[]>(selectOpen(mine.map((task) => task.while)), [...approvalReach(caller), caseId]);
    return row?.open ?? false;
  };
