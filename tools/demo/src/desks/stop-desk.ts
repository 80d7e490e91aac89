import { z } from 'zod';
import type { Action } from '../action';
import type { Session } from '../session';
import { instant, money, moneyFields, rowsOf } from './wire';

/** A transfer out of a stopped account, as the bank answered it. */
export const outflowSeen = z.object({
  reference: z.string(),
  at: instant,
  amount: money,
  institution: z.string().nullable(),
  accountNumber: z.object({ masked: z.string() }).nullable(),
  proposedRequestId: z.uuid().nullable(),
  notProposed: z.object({ code: z.string(), sentence: z.string() }).nullable(),
});

const outflowFields = `reference at amount ${moneyFields} institution accountNumber { masked } proposedRequestId notProposed { code sentence(language: EN) }`;

/** A request as the police desk sees it. */
export const requestSeen = z.object({
  id: z.uuid(),
  caseId: z.uuid(),
  batchId: z.uuid(),
  state: z.string(),
  version: z.int(),
  ordinal: z.int(),
  layer: z.int(),
  institution: z.string(),
  institutionSource: z.string(),
  transferId: z.uuid().nullable(),
  accountLastFour: z.string(),
  receivedAt: instant.nullable(),
  startedAt: instant.nullable(),
  expiresAt: instant.nullable(),
  held: money.nullable(),
  balance: money.nullable(),
  execution: z.string().nullable(),
  notExecutedReason: z.string().nullable(),
  releaseConfirmedAt: instant.nullable(),
  stillStopped: z.boolean().nullable(),
  warnings: z.array(z.object({ code: z.string(), sentence: z.string() })),
  outflows: z.array(outflowSeen),
});

/** What is read of a request. */
export const requestFields =
  `id caseId batchId state version ordinal layer institution institutionSource transferId accountLastFour receivedAt startedAt expiresAt held ${moneyFields} balance ${moneyFields} ` +
  `execution notExecutedReason releaseConfirmedAt stillStopped warnings { code sentence(language: EN) } outflows { ${outflowFields} }`;

/** A request as the police desk sees it. */
export type RequestSeen = z.output<typeof requestSeen>;

/** A batch as the police desk sees it. */
export const batchSeen = z.object({
  id: z.uuid(),
  version: z.int(),
  layer: z.int(),
  preparedBy: z.string(),
  decision: z.string().nullable(),
  requiredLevel: z.string(),
  requests: z.array(requestSeen),
  refusedItems: z.array(z.object({ position: z.int(), refusals: z.array(z.object({ code: z.string(), path: z.string().nullable() })) })),
});

/** What is read of a batch. */
export const batchFields = `id version layer preparedBy decision requiredLevel requests { ${requestFields} } refusedItems { position refusals { code path } }`;

/** A batch as the police desk sees it. */
export type BatchSeen = z.output<typeof batchSeen>;

const ofBatch = (mutation: string): Action<typeof batchSeen> => ({
  mutation,
  inputType: `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`,
  type: 'StopPaymentBatch',
  fields: batchFields,
  shape: batchSeen,
});

const ofRequest = (mutation: string): Action<typeof requestSeen> => ({ mutation, inputType: `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`, type: 'StopPaymentRequest', fields: requestFields, shape: requestSeen });

/** Everything that the police do with stops. */
export const stopActions = {
  propose: ofBatch('proposeStopPayments'),
  approve: ofBatch('approveStopPaymentBatch'),
  returnBatch: ofBatch('returnStopPaymentBatch'),
  correct: ofBatch('correctStopPayment'),
  secondStop: ofBatch('requestSecondStop'),
  release: ofRequest('orderStopPaymentRelease'),
  cancel: ofRequest('cancelStopPaymentRequest'),
} as const;

/** One request; nothing when it is not there or not the caller's to see. */
export async function findRequest(session: Session, id: string): Promise<RequestSeen | null> {
  const { stopPaymentRequest } = await session.read(`query Request($id: ID!) { stopPaymentRequest(id: $id) { ${requestFields} } }`, { id });
  return requestSeen.nullable().parse(stopPaymentRequest);
}

/** The batches of a case, newest first. */
export async function loadBatches(session: Session, caseId: string): Promise<BatchSeen[]> {
  const { stopPaymentBatches } = await session.read(`query Batches($caseId: ID!) { stopPaymentBatches(filter: { caseId: $caseId }, first: 5) { edges { node { ${batchFields} } } } }`, { caseId });
  return rowsOf(batchSeen, stopPaymentBatches);
}

/** The requests of a case, newest first. */
export async function loadRequests(session: Session, caseId: string): Promise<RequestSeen[]> {
  const { stopPaymentRequests } = await session.read(`query Requests($caseId: ID!) { stopPaymentRequests(filter: { caseId: $caseId }, first: 100) { edges { node { ${requestFields} } } } }`, { caseId });
  return rowsOf(requestSeen, stopPaymentRequests);
}
