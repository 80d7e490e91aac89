import type { EntityManager } from 'typeorm';
import { lockRequest } from './stop-payment-batch.query';
import type { StopPaymentRequest } from './stop-payment-request.entity';

/** Locks the request of an answer. Throws when it was never ordered: such a message is parked and shown. */
export async function getRequest(manager: EntityManager, orderId: string): Promise<StopPaymentRequest> {
  const request = await lockRequest(manager, orderId);
  if (!request || request.orderedAt === null) throw new Error(`stop-payment: the bank answers ${orderId}, which we never ordered`);
  return request;
}
