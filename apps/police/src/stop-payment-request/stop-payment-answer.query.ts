import type { IncomingMessage } from '@lianfang/exchange';
import type { EntityManager } from 'typeorm';
import { lockRequest } from './stop-payment-batch.query';
import type { StopPaymentRequest } from './stop-payment-request.entity';

/** Locks the request of an answer. Throws when it was never ordered: such a message is parked and shown. */
export async function getRequest(manager: EntityManager, orderId: string): Promise<StopPaymentRequest> {
  const request = await lockRequest(manager, orderId);
  if (!request || request.orderedAt === null) throw new Error(`stop-payment: the bank answers ${orderId}, which we never ordered`);
  return request;
}

/**
 * The request that a bank's message answers. Throws when the message was signed by another institution's own key than the one that was asked:
 * a bank speaks for itself alone. Such a message is parked and shown.
 */
export async function getAnswered(manager: EntityManager, { institution, data }: Pick<IncomingMessage<{ orderId: string }>, 'institution' | 'data'>): Promise<StopPaymentRequest> {
  const request = await getRequest(manager, data.orderId);
  if (institution !== null && institution !== request.institution) throw new Error(`stop-payment: ${institution} answers ${data.orderId}, which was sent to another institution`);
  return request;
}
