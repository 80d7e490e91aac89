import { cancelDeadlines } from '@lianfang/exchange';
import type { EntityManager } from 'typeorm';
import type { StopPaymentOrder } from './stop-payment-order.entity';

/** Gives an order's claim back; the step that calls it saves the order. */
export async function freeClaim(manager: EntityManager, order: StopPaymentOrder): Promise<void> {
  Object.assign(order, { claimedBy: null, claimedByName: null, leaseUntil: null });
  await cancelDeadlines(manager, { thingId: order.id, actions: ['LAPSE_CLAIM'] });
}
