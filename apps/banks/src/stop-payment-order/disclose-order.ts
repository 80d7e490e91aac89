import { disclose, type Disclosed, type HasOpenTask } from '@lianfang/access';
import type { Sealed } from '@lianfang/database';
import type { StopPaymentOrder } from './stop-payment-order.entity';
import type { StopPaymentOrderState } from './stop-payment-order.lifecycle';

/** States in which the order is somebody's open task; in the others nobody needs a full value any more. */
const openStates: ReadonlySet<StopPaymentOrderState> = new Set(['RECEIVED', 'EXECUTING', 'STOPPED', 'RELEASING', 'EXPIRING']);

/** A look needs the order's own case, and the order must be open: before an answer, only for the liaison who holds it. */
const hasOpenTask =
  (order: StopPaymentOrder): HasOpenTask =>
  async ({ task, caseId }, caller) =>
    task === 'STOP_PAYMENT' && caseId === order.caseId && openStates.has(order.state) && (order.answeredAt !== null || caller.agency === 'police' || order.claimedBy === caller.id);

/** A sealed value of an order as a disclosure: masked for the desk, in full for who works on it, each look recorded. */
export const discloseOrder = (order: StopPaymentOrder, { kind, field, sealed }: { kind: 'name' | 'account'; field: string; sealed: Sealed }): Disclosed =>
  disclose({ kind, sealed, field, thing: 'stop-payment-order', thingId: order.id, target: { institution: order.institution, region: order.askerRegion } }, hasOpenTask(order));
