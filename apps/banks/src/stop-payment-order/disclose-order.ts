import { disclose, mayDo, type Disclosed, type HasOpenTask, type PermissionKey } from '@lianfang/access';
import type { Sealed } from '@lianfang/database';
import type { Caller } from '@lianfang/vocabulary';
import type { StopPaymentOrder } from './stop-payment-order.entity';
import type { StopPaymentOrderState } from './stop-payment-order.lifecycle';

/** States in which the order is somebody's open task; in the others nobody needs a full value any more. */
const openStates: ReadonlySet<StopPaymentOrderState> = new Set(['RECEIVED', 'EXECUTING', 'STOPPED', 'RELEASING', 'EXPIRING']);

/** Whose task an open order is, by the permissions table: at the bank before an answer only the liaison's who holds it; with the police the unit's that asked. */
const tasks: readonly { readonly of: PermissionKey; readonly isTheirs: (order: StopPaymentOrder, caller: Caller) => boolean }[] = [
  { of: 'task.execute', isTheirs: (order, caller) => order.answeredAt !== null || order.claimedBy === caller.id },
  { of: 'task.investigate', isTheirs: () => true },
];

/** Whether the caller works on an order, at the bank or in the unit that asked. */
export const isWorkedOnBy = (order: StopPaymentOrder, caller: Caller): boolean =>
  tasks.some(({ of, isTheirs }) => mayDo(caller, of, { institution: order.institution, unit: order.askerUnit }) === undefined && isTheirs(order, caller));

/** A look needs the order's own case, and the order must be open and the caller's to work on. */
const hasOpenTask =
  (order: StopPaymentOrder): HasOpenTask =>
  async ({ task, caseId }, caller) =>
    task === 'STOP_PAYMENT' && caseId === order.caseId && openStates.has(order.state) && isWorkedOnBy(order, caller);

/** A sealed value of an order as a disclosure: masked for the desk, in full for who works on it, each look recorded. */
export const discloseOrder = (order: StopPaymentOrder, { kind, field, sealed }: { kind: 'name' | 'account'; field: string; sealed: Sealed }): Disclosed =>
  disclose({ kind, sealed, field, thing: 'stop-payment-order', thingId: order.id, target: { institution: order.institution, region: order.askerRegion } }, hasOpenTask(order));
