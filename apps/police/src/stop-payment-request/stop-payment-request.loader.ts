import type { Batch, RequestContext } from '@lianfang/subgraph';
import { In } from 'typeorm';
import { isId } from '@lianfang/database';
import { StopPaymentBatch } from './stop-payment-batch.entity';
import { StopPaymentOutflow } from './stop-payment-outflow.entity';
import { StopPaymentRequest } from './stop-payment-request.entity';

/** Requests by id, as far as the caller sees them. */
export const loadRequests: Batch<string, StopPaymentRequest> = async (ids, context) => {
  const found = await (await context.manager()).findBy(StopPaymentRequest, { id: In(ids.filter(isId)) });
  return ids.map((id) => found.find((request) => request.id === id) ?? null);
};

/** Batches by id, as far as the caller sees them. */
export const loadBatches: Batch<string, StopPaymentBatch> = async (ids, context) => {
  const found = await (await context.manager()).findBy(StopPaymentBatch, { id: In(ids.filter(isId)) });
  return ids.map((id) => found.find((batch) => batch.id === id) ?? null);
};

/** The requests of each case, in the order in which they were proposed. */
export const loadRequestsOfCases: Batch<string, StopPaymentRequest[]> = async (ids, context) => groupBy(ids, await requestsWhere(context, { caseId: In([...ids]) }), ({ caseId }) => caseId);

/** The requests of each batch, in the order of the proposal. */
export const loadRequestsOfBatches: Batch<string, StopPaymentRequest[]> = async (ids, context) => groupBy(ids, await requestsWhere(context, { batchId: In([...ids]) }), ({ batchId }) => batchId);

/** The requests that follow each request: corrections, second stops and next layers. */
export const loadFollowers: Batch<string, StopPaymentRequest[]> = async (ids, context) => {
  const known = In([...ids]);
  const found = await requestsWhere(context, [{ correctsId: known }, { previousStopId: known }, { parentRequestId: known }]);
  return ids.map((id) => found.filter((request) => request.correctsId === id || request.previousStopId === id || request.parentRequestId === id));
};

/** The outflows of each request, in the order of the answer. */
export const loadOutflowsOfRequests: Batch<string, StopPaymentOutflow[]> = async (ids, context) => {
  const found = await (await context.manager()).find(StopPaymentOutflow, { where: { requestId: In([...ids]) }, order: { position: 'asc' } });
  return groupBy(ids, found, ({ requestId }) => requestId);
};

const requestsWhere = async (context: RequestContext, where: object): Promise<StopPaymentRequest[]> => (await context.manager()).find(StopPaymentRequest, { where, order: { createdAt: 'asc', id: 'asc' } });

const groupBy = <Row>(ids: readonly string[], rows: readonly Row[], keyOf: (row: Row) => string): Row[][] => ids.map((id) => rows.filter((row) => keyOf(row) === id));
