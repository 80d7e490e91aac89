import { mayDo } from '@lianfang/access';
import type { Page } from '@lianfang/subgraph';
import { approvalLevelOf, isLevelAtLeast, regionLevels, type Caller } from '@lianfang/vocabulary';
import { In, type EntityManager, type ObjectLiteral } from 'typeorm';
import { z } from 'zod';
import { StopPaymentBatch } from './stop-payment-batch.entity';
import { StopPaymentRequest } from './stop-payment-request.entity';
import type { StopPaymentBatchFilter, StopPaymentRequestFilter } from './stop-payment-request.input';

/** Where a page of requests or batches stands: when it was proposed (ISO), and its id. */
export const proposalPlace = z.tuple([z.iso.datetime({ precision: 3 }), z.uuid()]);

/** A page to read, and for whom. */
export interface Reading {
  readonly caller: Caller;
  readonly page: Page<z.output<typeof proposalPlace>>;
}

/** The place of a request or a batch in its list. */
export const placeOf = ({ createdAt, id }: { readonly createdAt: Date; readonly id: string }): [string, string] => [createdAt.toISOString(), id];

/** Ids as the database takes them: a text that is none matches nothing. */
const idOrNone = (id: string | null | undefined): string | null => (id === null || id === undefined ? null : z.uuid().safeParse(id).success ? id : '00000000-0000-0000-0000-000000000000');

/** What a caller (`$1`) could approve now: proposed by another person, within the levels (`$2`) that the caller's unit reaches. Region is row-level security's. */
export const approvable = `batch.decision is null and batch.operator_id <> $1 and batch.required_level = any($2)`;

/** The caller, and the levels up to which the caller may approve: the first two parameters of `approvable`. */
export const approvalReach = (caller: Caller): [string, readonly string[]] => {
  const isApprover = caller.region !== null && mayDo(caller, 'stop-payment-request.APPROVE') === undefined;
  return [caller.id, isApprover ? regionLevels.filter((level) => isLevelAtLeast(approvalLevelOf(caller.region ?? ''), level)) : []];
};

/** Requests that the caller sees, newest first; one more than asked tells whether others follow. */
export async function listRequests(manager: EntityManager, filter: StopPaymentRequestFilter, { caller, page }: Reading): Promise<StopPaymentRequest[]> {
  const rows = await manager.query<{ id: string }[]>(
    `select request.id
     from stop_payment_request request join stop_payment_batch batch on batch.id = request.batch_id
     where (not $3 or (request.state = 'PROPOSED' and ${approvable}))
       and ($4::text[] is null or request.state = any($4))
       and ($5::uuid is null or request.case_id = $5)
       and ($6::text is null or request.institution = $6)
       and ($7::text is null or request.unit_code = $7)
       and ($8::timestamptz is null or (request.created_at, request.id) < ($8, $9::uuid))
     order by request.created_at desc, request.id desc
     limit $10`,
    [...approvalReach(caller), filter.awaitingMyApproval ?? false, filter.states ?? null, idOrNone(filter.caseId), filter.institution ?? null, filter.unitCode ?? null, ...bounds(page)],
  );
  return inOrder(manager, StopPaymentRequest, rows);
}

/** Batches that the caller sees, newest first; one more than asked tells whether others follow. */
export async function listBatches(manager: EntityManager, filter: StopPaymentBatchFilter, { caller, page }: Reading): Promise<StopPaymentBatch[]> {
  const rows = await manager.query<{ id: string }[]>(
    `select batch.id
     from stop_payment_batch batch
     where (not $3 or (${approvable}))
       and ($4::uuid is null or batch.case_id = $4)
       and ($5::text[] is null or batch.decision = any($5))
       and (not $6 or batch.decision is null)
       and ($7::timestamptz is null or (batch.created_at, batch.id) < ($7, $8::uuid))
     order by batch.created_at desc, batch.id desc
     limit $9`,
    [...approvalReach(caller), filter.awaitingMyApproval ?? false, idOrNone(filter.caseId), filter.decisions ?? null, filter.waiting ?? false, ...bounds(page)],
  );
  return inOrder(manager, StopPaymentBatch, rows);
}

const bounds = ({ first, after }: Reading['page']): [string | null, string | null, number] => [after?.[0] ?? null, after?.[1] ?? null, first + 1];

async function inOrder<Thing extends ObjectLiteral & { id: string }>(manager: EntityManager, Kind: new () => Thing, rows: readonly { id: string }[]): Promise<Thing[]> {
  const found = await manager.find(Kind, { where: { id: In(rows.map(({ id }) => id)) } as never });
  const byId = new Map(found.map((thing) => [thing.id, thing]));
  return rows.flatMap(({ id }) => byId.get(id) ?? []);
}
