import type { EntityManager } from 'typeorm';
import { isId } from '@lianfang/database';
import { StopPaymentBatch } from './stop-payment-batch.entity';
import { StopPaymentRequest } from './stop-payment-request.entity';

/** A batch and its requests, locked until the transaction ends: first the batch, then its requests in order, as every action does. */
export interface LockedBatch {
  readonly batch: StopPaymentBatch;
  readonly requests: readonly StopPaymentRequest[];
}

/** Not `for update`: rows that name a request (outflows, notices) may be written meanwhile without waiting. */
const lock = { mode: 'for_no_key_update' } as const;

/** Locks a batch with its requests; nothing when it is not the caller's to see. */
export async function lockBatch(manager: EntityManager, id: string): Promise<LockedBatch | undefined> {
  const batch = isId(id) ? await manager.findOne(StopPaymentBatch, { where: { id }, lock }) : null;
  if (!batch) return undefined;
  const requests = await manager.find(StopPaymentRequest, { where: { batchId: id }, order: { id: 'ASC' }, lock });
  return { batch, requests };
}

/** Locks one request; nothing when it is not the caller's to see. */
export async function lockRequest(manager: EntityManager, id: string): Promise<StopPaymentRequest | undefined> {
  return (isId(id) ? await manager.findOne(StopPaymentRequest, { where: { id }, lock }) : null) ?? undefined;
}
