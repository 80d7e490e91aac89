import { moneyFromWire, moneyToWire, stoppablePayeeKinds } from '@lianfang/vocabulary';
import { z } from 'zod';
import { holdRefusals, type HoldExtent } from './core-banking';
import { isExemptKind } from './exempt-kind';

/** The HTTP contract of an institution's own core system, version 1; `http-contract.md` says it in words. */
const money = z.strictObject({ fen: z.string().regex(/^\d{1,18}$/), currency: z.string().regex(/^[A-Z]{3}$/) }).transform((wire) => moneyFromWire(wire));
const instant = z.iso.datetime({ offset: true }).transform((text) => new Date(text));
const ref = z.string().min(1).max(128);
const text = (longest: number) => z.string().min(1).max(longest);

const account = z.object({
  ref,
  number: text(64),
  holderName: text(120),
  status: z.enum(['ACTIVE', 'FROZEN', 'CLOSED']),
  exemptKind: z.string().refine(isExemptKind).nullable(),
  currency: z.string().regex(/^[A-Z]{3}$/),
  product: text(120),
});

const transaction = z.object({
  reference: text(64),
  at: instant,
  amount: money,
  kind: z.enum(['TRANSFER', 'WITHDRAWAL', 'DEPOSIT']),
  counterparty: z.object({ number: text(64).nullable(), holderName: text(120).nullable(), institution: text(14).nullable() }),
});

/** What the core system answers, by operation. Fields that we do not know are ignored. */
export const httpAnswers = {
  findAccount: z.object({ account: account.nullable() }),
  balance: z.object({ balance: money, available: money }),
  incoming: z.object({ transactions: z.array(transaction).max(1_000) }),
  outflows: z.object({ transactions: z.array(transaction).max(1_000), isTruncated: z.boolean() }),
  hold: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('HELD'), executedAt: instant, held: money, balance: money }),
    z.object({ outcome: z.literal('REFUSED'), reason: z.enum(holdRefusals) }),
  ]),
  release: z.discriminatedUnion('outcome', [
    z.object({ outcome: z.literal('RELEASED'), releasedAt: instant, stillStopped: z.boolean() }),
    z.object({ outcome: z.literal('REFUSED'), reason: z.literal('NOT_HELD') }),
  ]),
} as const;

/** One of the contract's six operations; `POST /v1/<path>`. */
export type HttpOperation = keyof typeof httpAnswers;

/** Paths carry neither account numbers nor names: those travel in bodies. */
export const httpPaths: Readonly<Record<HttpOperation, string>> = {
  findAccount: 'v1/accounts/find',
  balance: 'v1/accounts/balance',
  incoming: 'v1/accounts/incoming',
  outflows: 'v1/accounts/outflows',
  hold: 'v1/holds/place',
  release: 'v1/holds/release',
};

/** An extent as it stands in a body. */
export const extentToWire = (extent: HoldExtent) => (extent === 'WHOLE' ? { whole: true as const } : { amount: moneyToWire(extent) });

/** What arrives at a core system, by operation. */
export const httpQuestions = {
  findAccount: z.strictObject({ number: text(64), kind: z.enum(stoppablePayeeKinds).nullable() }),
  balance: z.strictObject({ ref }),
  incoming: z.strictObject({ ref, amount: money.nullable(), around: instant, toleranceMs: z.int().min(0), limit: z.int().min(1).max(1_000) }),
  outflows: z.strictObject({ ref, since: instant, limit: z.int().min(1).max(1_000) }),
  hold: z.strictObject({ orderId: z.uuid(), ref, hold: z.union([z.strictObject({ whole: z.literal(true) }), z.strictObject({ amount: money })]) }),
  release: z.strictObject({ orderId: z.uuid() }),
} as const;
