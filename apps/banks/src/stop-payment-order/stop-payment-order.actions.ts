import { once } from '@lianfang/database';
import { setDeadline } from '@lianfang/exchange';
import { Refused, isRefusal, isRefused, nextState, refuse, type Caller, type Clock, type Refusal } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { ActionContext } from '../action-context';
import { CoreUnavailable } from '../core-banking/core-banking';
import { bankSettings } from '../settings';
import { continueAtCore, type CoreDesk } from './core-work';
import { unknownFacts, type FourFacts } from './four-facts.rules';
import { freeClaim } from './free-claim';
import { beginExecution, endWithout, findOrder, lockOrder, take } from './order-steps';
import { readFacts } from './read-facts';
import { StopPaymentOrder } from './stop-payment-order.entity';
import type { DeclineStopPaymentInput, ExecuteStopPaymentInput, StopPaymentOrderInput } from './stop-payment-order.input';
import { stopPaymentOrderLifecycle } from './stop-payment-order.lifecycle';
import { executionRules, firstRefusal, isClaimedByCaller, isFreeToClaim, readNote } from './stop-payment-order.rules';

/** The outcome of every action on an order. */
type Outcome = Promise<StopPaymentOrder | Refused>;

/** Takes an order for one liaison, with a lease; two at the same moment: one gets it, the other is told. */
export const claimStopPaymentOrder = (context: ActionContext, input: StopPaymentOrderInput): Outcome =>
  onOrder(context, { input, action: 'claimStopPaymentOrder' }, async (manager, order) => {
    const { caller, now } = actorOf(context);
    const refusal = isFreeToClaim({ order, caller, now }) ?? (await take(manager, order, { action: 'CLAIM', actor: { caller, now }, version: input.version }));
    if (refusal) return refusal;
    const leaseUntil = new Date(now.getTime() + bankSettings.claimLease);
    Object.assign(order, { claimedBy: caller.id, claimedByName: caller.name, leaseUntil });
    await setDeadline(manager, { thing: 'stop-payment-order', thingId: order.id, action: 'LAPSE_CLAIM', dueAt: leaseUntil });
    await manager.save(order);
    return undefined;
  });

/** Gives an order back before the lease ends. */
export const unclaimStopPaymentOrder = (context: ActionContext, input: StopPaymentOrderInput): Outcome =>
  onOrder(context, { input, action: 'unclaimStopPaymentOrder' }, async (manager, order) => {
    const actor = actorOf(context);
    const refusal = isClaimedByCaller({ order, ...actor }) ?? (await take(manager, order, { action: 'UNCLAIM', actor, version: input.version }));
    if (refusal) return refusal;
    await freeClaim(manager, order);
    await manager.save(order);
    return undefined;
  });

/** Answers that the stop is not executed, with the field that differs or a reason. */
export const declineStopPayment = (context: ActionContext, input: DeclineStopPaymentInput): Outcome =>
  onOrder(context, { input, action: 'declineStopPayment' }, async (manager, order) => {
    const actor = actorOf(context);
    const refusal = isClaimedByCaller({ order, ...actor });
    if (refusal) return refusal;
    const businessNote = readNote(input.businessNote, input.reason);
    return isRefusal(businessNote) ? businessNote : endWithout(manager, order, { action: 'DECLINE', actor, reason: input.reason, businessNote, version: input.version });
  });

/**
 * Executes a stop by hand: checks the four facts against the core system, commits to executing, holds, and records.
 * When the core system leaves it open, the order stays EXECUTING and the machine calls again.
 */
export async function executeStopPayment(context: ActionContext, input: ExecuteStopPaymentInput, desk: CoreDesk): Outcome {
  const order = await context.act((manager) => findOrder(manager, input.id));
  if (!order) return Refused.because('NOT_FOUND', { path: 'id' });
  const facts = await factsOf(desk, order);
  if (isRefused(facts)) return facts;

  const begun = await onOrder(context, { input, action: 'executeStopPayment' }, async (manager, locked) => {
    const actor = actorOf(context);
    const refusal = firstRefusal(executionRules, { order: locked, ...actor, facts, nameConfirmed: input.nameConfirmed });
    return refusal ?? beginExecution(manager, locked, { actor, facts, version: input.version });
  });
  if (isRefused(begun)) return begun;
  // A core system that falls silent now leaves the order as it is: the machine goes on.
  await continueAtCore({ ...desk, asActor: (work) => context.act(work), actor: () => actorOf(context) }, begun).catch(ifSilent(() => undefined));
  return context.act((manager) => manager.findOneByOrFail(StopPaymentOrder, { id: input.id }));
}

/** The four facts as the core system has them now; of an order that no execution can begin on any more, as they were. */
async function factsOf(desk: CoreDesk, order: StopPaymentOrder): Promise<FourFacts | Refused> {
  if (nextState(stopPaymentOrderLifecycle, 'BEGIN_EXECUTION', order.state) === undefined) return order.facts ?? unknownFacts;
  const read = await readFacts(desk.coreOf(order.institution), order, desk.settingsOf(order.institution)).catch(ifSilent(() => Refused.because('CORE_UNREACHABLE')));
  return isRefused(read) ? read : read.facts;
}

const actorOf = ({ caller, clock }: { caller: Caller; clock: Clock }) => ({ caller, now: clock.now() });

/** Answers for a core system that does not; every other error goes on. */
const ifSilent =
  <T>(answer: () => T) =>
  (error: unknown): T => {
    if (error instanceof CoreUnavailable) return answer();
    throw error;
  };

/** One submission that moves one order, in one transaction. */
async function onOrder(
  context: ActionContext,
  { input, action }: { input: StopPaymentOrderInput; action: string },
  step: (manager: EntityManager, order: StopPaymentOrder) => Promise<Refusal | undefined>,
): Outcome {
  return context.act(async (manager) => {
    const done = await once(manager, { caller: context.caller, key: input.idempotencyKey, action, content: { ...input } }, async () => {
      const order = await lockOrder(manager, input.id);
      const refusal = order ? await step(manager, order) : refuse('NOT_FOUND', { path: 'id' });
      return refusal ? new Refused([refusal]) : input.id;
    });
    return isRefused(done) ? done : manager.findOneByOrFail(StopPaymentOrder, { id: done.id });
  });
}
