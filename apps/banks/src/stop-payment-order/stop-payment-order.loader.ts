import { isId } from '@lianfang/database';
import type { Batch } from '@lianfang/subgraph';
import { In } from 'typeorm';
import { StopPaymentOrder } from './stop-payment-order.entity';

/** Orders by id, in one statement; null for what the caller may not see. */
export const loadOrdersById: Batch<string, StopPaymentOrder> = async (ids, context) => {
  const manager = await context.manager();
  const orders = await manager.findBy(StopPaymentOrder, { id: In(ids.filter(isId)) });
  const byId = new Map(orders.map((order) => [order.id, order]));
  return ids.map((id) => byId.get(id) ?? null);
};
