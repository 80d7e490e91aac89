import type { DeadlineHandlers } from '@lianfang/exchange';
import { clockCaller, type Clock } from '@lianfang/vocabulary';
import { freeClaim } from './free-claim';
import { beginExpiry, lockOrder, take } from './order-steps';

/** What happens to an order when one of its deadlines passes. A deadline that comes late or twice finds the order moved on and does nothing. */
export const stopPaymentOrderDeadlines = (clock: Clock): DeadlineHandlers => {
  const actor = () => ({ caller: clockCaller('banks'), now: clock.now() });
  return {
    'stop-payment-order.LAPSE_CLAIM': async (manager, { thingId }) => {
      const order = await lockOrder(manager, thingId);
      if (!order?.leaseUntil || order.leaseUntil > actor().now || (await take(manager, order, { action: 'LAPSE_CLAIM', actor: actor() }))) return;
      await freeClaim(manager, order);
      await manager.save(order);
    },
    'stop-payment-order.BEGIN_EXPIRY': async (manager, { thingId }) => {
      const order = await lockOrder(manager, thingId);
      if (order) await beginExpiry(manager, order, actor());
    },
  };
};
