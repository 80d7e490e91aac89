import { z } from 'zod';
import { take, type Action } from '../action';
import type { Session } from '../session';
import { instant, money, moneyFields, rowsOf } from './wire';

/** An order as a bank's liaison sees it. */
export const orderSeen = z.object({
  id: z.uuid(),
  state: z.string(),
  version: z.int(),
  institution: z.string(),
  ordinal: z.int(),
  layer: z.int(),
  execution: z.string().nullable(),
  claimedByName: z.string().nullable(),
  facts: z.object({ account: z.string(), holderName: z.string(), amount: z.string(), time: z.string() }).nullable(),
  held: money.nullable(),
  balance: money.nullable(),
  startedAt: instant.nullable(),
  expiresAt: instant.nullable(),
  notExecutedReason: z.string().nullable(),
  stillStopped: z.boolean().nullable(),
});

/** An order as a bank's liaison sees it. */
export type OrderSeen = z.output<typeof orderSeen>;

const orderFields =
  `id state version institution ordinal layer execution claimedByName facts { account holderName amount time } held ${moneyFields} balance ${moneyFields} ` +
  'startedAt expiresAt notExecutedReason stillStopped';

const ofOrder = (mutation: string, inputType: string): Action<typeof orderSeen> => ({ mutation, inputType, type: 'StopPaymentOrder', fields: orderFields, shape: orderSeen });

/** Everything that a liaison does with an order. */
export const orderActions = {
  claim: ofOrder('claimStopPaymentOrder', 'StopPaymentOrderInput'),
  unclaim: ofOrder('unclaimStopPaymentOrder', 'StopPaymentOrderInput'),
  execute: ofOrder('executeStopPayment', 'ExecuteStopPaymentInput'),
  decline: ofOrder('declineStopPayment', 'DeclineStopPaymentInput'),
} as const;

/** One order; nothing when it is not there or not the caller's to see. */
export async function findOrder(session: Session, id: string): Promise<OrderSeen | null> {
  const { stopPaymentOrder } = await session.read(`query Order($id: ID!) { stopPaymentOrder(id: $id) { ${orderFields} } }`, { id });
  return orderSeen.nullable().parse(stopPaymentOrder);
}

/** The inbox, most urgent first. */
export async function loadInbox(session: Session): Promise<OrderSeen[]> {
  const { stopPaymentInbox } = await session.read(`query Inbox { stopPaymentInbox(first: 100) { edges { node { ${orderFields} } } } }`);
  return rowsOf(orderSeen, stopPaymentInbox);
}

/** Claims an order. */
export const claim = (session: Session, { id, version }: Pick<OrderSeen, 'id' | 'version'>): Promise<OrderSeen> => take(session, orderActions.claim, { id, version });

/** Executes an order that the liaison holds; `nameConfirmed` when the order names no holder. */
export const execute = (session: Session, { id, version }: Pick<OrderSeen, 'id' | 'version'>, nameConfirmed = false): Promise<OrderSeen> =>
  take(session, orderActions.execute, { id, version, nameConfirmed });

/** Declines an order that the liaison holds, with the field that differs or another reason. */
export const decline = (session: Session, { id, version }: Pick<OrderSeen, 'id' | 'version'>, answer: { readonly reason: string; readonly businessNote?: string }): Promise<OrderSeen> =>
  take(session, orderActions.decline, { id, version, ...answer });
