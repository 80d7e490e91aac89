import type { Page } from '@lianfang/subgraph';
import type { EntityManager } from 'typeorm';
import { z } from 'zod';
import { StopPaymentOrder } from './stop-payment-order.entity';
import type { StopPaymentOrderState } from './stop-payment-order.lifecycle';

/** Place in the inbox: when the answer is due, then id. */
export const inboxPlace = z.tuple([z.iso.datetime({ precision: 3 }), z.uuid()]);

/** Place in the list: when it was received, then id. */
export const listPlace = inboxPlace;

/** Orders that wait for an answer, most urgent first. Row-level security shows a caller only the own institution's. */
export async function loadInbox(manager: EntityManager, page: Page<z.output<typeof inboxPlace>>): Promise<StopPaymentOrder[]> {
  const inbox = manager.createQueryBuilder(StopPaymentOrder, 'o').where(`o.state = 'RECEIVED'`);
  if (page.after) inbox.andWhere('(o.answer_due_at, o.id) > (:due, :id)', { due: page.after[0], id: page.after[1] });
  return inbox.orderBy('o.answerDueAt', 'ASC').addOrderBy('o.id', 'ASC').take(page.first + 1).getMany();
}

/** What a list of orders may be narrowed to. */
export interface OrderFilter {
  readonly states?: readonly StopPaymentOrderState[] | null;
  readonly caseNumber?: string | null;
  readonly bankAccountId?: string | null;
}

/** Orders of the caller's institution, newest first. */
export async function loadOrders(manager: EntityManager, filter: OrderFilter, page: Page<z.output<typeof listPlace>>): Promise<StopPaymentOrder[]> {
  const list = manager.createQueryBuilder(StopPaymentOrder, 'o').where('true');
  if (filter.states?.length) list.andWhere('o.state in (:...states)', { states: [...filter.states] });
  if (filter.caseNumber) list.andWhere('o.case_number = :caseNumber', { caseNumber: filter.caseNumber });
  if (filter.bankAccountId) list.andWhere('o.bank_account_id = :bankAccountId', { bankAccountId: filter.bankAccountId });
  if (page.after) list.andWhere('(o.received_at, o.id) < (:received, :id)', { received: page.after[0], id: page.after[1] });
  return list.orderBy('o.receivedAt', 'DESC').addOrderBy('o.id', 'DESC').take(page.first + 1).getMany();
}

/** The most urgent order that nobody holds, or nothing. */
export async function findNext(manager: EntityManager, now: Date): Promise<StopPaymentOrder | null> {
  return manager
    .createQueryBuilder(StopPaymentOrder, 'o')
    .where(`o.state = 'RECEIVED' and (o.lease_until is null or o.lease_until <= :now)`, { now })
    .orderBy('o.answerDueAt', 'ASC')
    .addOrderBy('o.id', 'ASC')
    .limit(1)
    .getOne();
}

/** How many orders wait, and how many of them nobody holds; for the inbox's count. */
export async function countWaiting(manager: EntityManager, now: Date): Promise<{ waiting: number; unclaimed: number }> {
  const [row] = (await manager.query(
    `select count(*)::int as waiting,
            (count(*) filter (where lease_until is null or lease_until <= $1))::int as unclaimed
       from stop_payment_order
      where state = 'RECEIVED'`,
    [now],
  )) as [{ waiting: number; unclaimed: number }];
  return row;
}
