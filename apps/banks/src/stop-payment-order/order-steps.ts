import { move } from '@lianfang/access';
import { isId, reach, saveLocked, together } from '@lianfang/database';
import { cancelDeadlines, setDeadline } from '@lianfang/exchange';
import { refuse, type Caller, type Refusal } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import { openBankAccount } from '../bank-account/open-bank-account';
import type { CoreAccount, Held, HoldRefusal, Outflows, Released } from '../core-banking/core-banking';
import { bankSettings } from '../settings';
import type { FourFacts } from './four-facts.rules';
import { freeClaim } from './free-claim';
import { StopPaymentOrder, type NotExecutedReason } from './stop-payment-order.entity';
import { stopPaymentOrderLifecycle, type StopPaymentOrderAction } from './stop-payment-order.lifecycle';
import { beginRelease, postNotExecuted, postReleased, postStopped } from './stop-payment-order.messages';

/** Who takes a step, and when. A liaison and the bank's machine take the same steps. */
export interface Actor {
  readonly caller: Caller;
  readonly now: Date;
}

/** An order; nothing when it does not exist, is not the caller's to see, or the id is none. */
export const findOrder = async (manager: EntityManager, id: string): Promise<StopPaymentOrder | null> => (isId(id) ? manager.findOneBy(StopPaymentOrder, { id }) : null);

/** The same, locked for the rest of the transaction. */
export const lockOrder = async (manager: EntityManager, id: string): Promise<StopPaymentOrder | null> =>
  isId(id) ? manager.findOne(StopPaymentOrder, { where: { id }, lock: { mode: 'pessimistic_write' } }) : null;

/** Takes one action of the lifecycle on an order that the transaction holds; the step that calls it saves the order. */
export const take = (manager: EntityManager, order: StopPaymentOrder, step: { action: StopPaymentOrderAction; actor: Actor; version?: number }): Promise<Refusal | undefined> =>
  move(manager, {
    lifecycle: stopPaymentOrderLifecycle,
    thing: order,
    action: step.action,
    caller: step.actor.caller,
    at: step.actor.now,
    target: { institution: order.institution },
    caseId: order.caseId,
    version: step.version,
  });

/** Commits to executing: from here on the core system may be called, again and again, until it has answered. */
export async function beginExecution(
  manager: EntityManager,
  order: StopPaymentOrder,
  { actor, facts, version }: { actor: Actor; facts: FourFacts; version?: number },
): Promise<Refusal | undefined> {
  const refusal = await take(manager, order, { action: 'BEGIN_EXECUTION', actor, version });
  if (refusal) return refusal;
  await freeClaim(manager, order);
  Object.assign(order, {
    facts,
    execution: actor.caller.kind === 'person' ? 'BY_HAND' : 'STRAIGHT_THROUGH',
    coreDueAt: new Date(actor.now.getTime() + bankSettings.coreLease),
    coreAttempts: 0,
  });
  await saveLocked(manager, order);
  return undefined;
}

/** Records that the core system holds; the legal clock runs from its own time. A release that came meanwhile is obeyed at once, and of an order that has lapsed nothing stays held. */
export async function recordStop(
  manager: EntityManager,
  order: StopPaymentOrder,
  { actor, held, account, outflows }: { actor: Actor; held: Held; account: CoreAccount; outflows: Outflows },
): Promise<Refusal | undefined> {
  const hasLapsed = order.state === 'LAPSING';
  const refusal = await take(manager, order, { action: 'RECORD_STOP', actor });
  if (refusal) return refusal;
  const expiresAt = new Date(held.executedAt.getTime() + bankSettings.stopDuration);
  const bankAccount = await openBankAccount(manager, account, actor.now);
  Object.assign(order, {
    bankAccountId: bankAccount.id,
    startedAt: held.executedAt,
    expiresAt,
    heldAmount: held.held.fen,
    balanceAmount: held.balance.fen,
    heldCurrency: held.held.currency,
    answeredAt: actor.now,
    coreDueAt: null,
    coreAttempts: 0,
  });
  // Sent together: neither needs the other's answer.
  await together(
    postStopped(manager, order, outflows),
    setDeadline(manager, { thing: stopPaymentOrderLifecycle.name, thingId: order.id, action: 'BEGIN_EXPIRY', dueAt: expiresAt }),
  );
  if (order.releaseOrderedAt) await beginRelease(manager, order, actor.now);
  else if (hasLapsed) await beginExpiry(manager, order, actor);
  await saveLocked(manager, order);
  await reach('core.record.before-commit');
  return undefined;
}

/** Ends a stop by the clock, before its 48 hours where its order had lapsed; the machine then releases at the core system. */
export async function beginExpiry(manager: EntityManager, order: StopPaymentOrder, actor: Actor): Promise<Refusal | undefined> {
  const refusal = await take(manager, order, { action: 'BEGIN_EXPIRY', actor });
  if (refusal) return refusal;
  await manager.save(Object.assign(order, { coreDueAt: actor.now, coreAttempts: 0 }));
  return undefined;
}

/** The order was not begun in time: before that is answered, the core system ends what it may hold. */
export async function beginLapse(manager: EntityManager, order: StopPaymentOrder, actor: Actor): Promise<Refusal | undefined> {
  const refusal = await take(manager, order, { action: 'BEGIN_LAPSE', actor });
  if (refusal) return refusal;
  await freeClaim(manager, order);
  await manager.save(Object.assign(order, { coreDueAt: new Date(actor.now.getTime() + bankSettings.coreLease), coreAttempts: 0 }));
  return undefined;
}

/** What the police hear when the core system refuses to hold. */
const reasonOfRefusal: Readonly<Record<HoldRefusal, NotExecutedReason>> = {
  NOT_FOUND: 'NOT_FOUND',
  CLOSED: 'CLOSED',
  ALREADY_FROZEN: 'ALREADY_FROZEN',
  EXEMPT_ACCOUNT: 'EXEMPT_ACCOUNT',
  NOT_SUPPORTED: 'NOT_SUPPORTED',
  RELEASED_BEFORE: 'WITHDRAWN',
  OTHER_CONTENT: 'TECHNICAL',
};

/** What was technical about a refusal: the business reasons stand alone, as the bank's lawful answer. */
const technicalCauses: Partial<Record<HoldRefusal, string>> = { RELEASED_BEFORE: 'RELEASED_BEFORE', OTHER_CONTENT: 'OTHER_CONTENT' };

/** Records that the core system refused to hold. */
export async function recordFailure(manager: EntityManager, order: StopPaymentOrder, { actor, refused }: { actor: Actor; refused: HoldRefusal }): Promise<Refusal | undefined> {
  return endWithout(manager, order, { action: 'RECORD_FAILURE', actor, reason: reasonOfRefusal[refused], technicalCause: technicalCauses[refused] ?? null });
}

/** With what an order ends, by where it was, of which the core system holds nothing and never will. */
const unheldEnds = {
  EXECUTING: { action: 'RECORD_FAILURE', reason: 'WITHDRAWN', technicalCause: 'RELEASED_BEFORE' },
  WITHDRAWING: { action: 'RECORD_WITHDRAWAL', reason: 'WITHDRAWN' },
  LAPSING: { action: 'RECORD_LAPSE', reason: 'ORDER_EXPIRED' },
} as const;

/** Records that the core system holds nothing for an order that was withdrawn or has lapsed. */
export async function recordUnheld(manager: EntityManager, order: StopPaymentOrder, actor: Actor): Promise<Refusal | undefined> {
  if (!isUnheldEnd(order.state)) return refuse('WRONG_STATE', { parameters: { state: order.state } });
  return endWithout(manager, order, { ...unheldEnds[order.state], actor });
}

const isUnheldEnd = (state: string): state is keyof typeof unheldEnds => Object.hasOwn(unheldEnds, state);

/** How an order ends without a stop. */
interface Ending {
  readonly action: 'DECLINE' | 'RECORD_FAILURE' | 'RECORD_WITHDRAWAL' | 'RECORD_LAPSE';
  readonly actor: Actor;
  readonly reason: NotExecutedReason;
  readonly technicalCause?: string | null;
  readonly businessNote?: string | null;
  readonly version?: number;
  readonly outflows?: Outflows;
}

/** Ends an order without a stop and tells the police why: a lawful answer. */
export async function endWithout(manager: EntityManager, order: StopPaymentOrder, ending: Ending): Promise<Refusal | undefined> {
  const refusal = await take(manager, order, ending);
  if (refusal) return refusal;
  await freeClaim(manager, order);
  Object.assign(order, {
    notExecutedReason: ending.reason,
    technicalCause: ending.technicalCause ?? null,
    businessNote: ending.businessNote ?? null,
    answeredAt: ending.actor.now,
    coreDueAt: null,
    coreAttempts: 0,
  });
  await postNotExecuted(manager, order, ending.outflows);
  await saveLocked(manager, order);
  await reach('core.record.before-commit');
  return undefined;
}

/** Which recording ends which kind of release. */
const releaseEnds = { RELEASING: { action: 'RECORD_RELEASE', cause: 'POLICE' }, EXPIRING: { action: 'RECORD_EXPIRY', cause: 'EXPIRY' } } as const;

/** Records that the core system holds nothing for this order any more. */
export async function recordReleased(manager: EntityManager, order: StopPaymentOrder, { actor, released }: { actor: Actor; released: Pick<Released, 'releasedAt' | 'stillStopped'> }): Promise<Refusal | undefined> {
  if (!isEnding(order.state)) return refuse('WRONG_STATE', { parameters: { state: order.state } });
  const { action, cause } = releaseEnds[order.state];
  const refusal = await take(manager, order, { action, actor });
  if (refusal) return refusal;
  await cancelDeadlines(manager, { thingId: order.id });
  Object.assign(order, { releasedAt: released.releasedAt, stillStopped: released.stillStopped, coreDueAt: null, coreAttempts: 0 });
  await postReleased(manager, order, cause);
  await saveLocked(manager, order);
  await reach('core.record.before-commit');
  return undefined;
}

const isEnding = (state: string): state is keyof typeof releaseEnds => Object.hasOwn(releaseEnds, state);
