import { reach, saveLocked, type Database } from '@lianfang/database';
import { clockCaller, mayBegin, type Clock } from '@lianfang/vocabulary';
import { Any, type EntityManager } from 'typeorm';
import { CoreUnavailable, canFind, type CoreAccount, type CoreBanking, type Held, type HoldExtent, type HoldRefusal } from '../core-banking/core-banking';
import { bankSettings, type InstitutionSettings } from '../settings';
import { differingFact, type FourFacts } from './four-facts.rules';
import { beginExecution, beginLapse, endWithout, lockOrder, recordFailure, recordReleased, recordStop, recordUnheld, type Actor } from './order-steps';
import { readFacts, type ReadFacts } from './read-facts';
import { StopPaymentOrder, type NotExecutedReason } from './stop-payment-order.entity';
import type { StopPaymentOrderState } from './stop-payment-order.lifecycle';

/** The core systems of the institutions, and what each institution has chosen. */
export interface CoreDesk {
  readonly coreOf: (institution: string) => CoreBanking;
  readonly settingsOf: (institution: string) => InstitutionSettings;
}

/** A core desk with somebody at it: the machine or a liaison. */
export interface MannedDesk extends CoreDesk {
  readonly actor: () => Actor;
  /** Runs a step in one transaction of that actor. */
  readonly asActor: <T>(step: (manager: EntityManager) => Promise<T>) => Promise<T>;
}

/** The bank's own machine: it matches what comes in, executes straight through, and calls again what a crash or a silent core left open. */
export function machineDesk(desk: CoreDesk, database: Database, clock: Clock): MannedDesk {
  const caller = clockCaller('banks');
  return { ...desk, actor: () => ({ caller, now: clock.now() }), asActor: (step) => database.asCaller(caller, step) };
}

/** Leases up to `limit` orders that the machine has to work on now: nobody else gets them for the length of a core call. */
const leaseDueOrders = `
  update stop_payment_order
     set core_due_at = $1::timestamptz + $2::int * interval '1 millisecond',
         core_attempts = core_attempts + 1
   where id in (
           select id from stop_payment_order
            where core_due_at <= $1
            order by core_due_at, id
            limit $3
            for update skip locked)
  returning id`;

/** Works on what is due; returns how many orders that were. Faults of one order do not touch the others: it comes up again after a pause. */
export async function workOnDueOrders(desk: MannedDesk, { limit, onFault }: { limit: number; onFault: (orderId: string, error: unknown) => void }): Promise<number> {
  const orders = await desk.asActor(async (manager) => {
    const [rows] = await manager.query<[{ id: string }[], number]>(leaseDueOrders, [desk.actor().now, bankSettings.coreLease, limit]);
    return rows.length === 0 ? [] : manager.findBy(StopPaymentOrder, { id: Any(rows.map(({ id }) => id)) });
  });
  if (orders.length > 0) await reach('core.leased');
  await Promise.all(
    orders.map((order) =>
      (work[order.state] ?? rest)(desk, order).catch(async (error: unknown) => {
        onFault(order.id, error);
        await postpone(desk, order);
      }),
    ),
  );
  return orders.length;
}

/** What is under way at the core system in each state, and goes on from there. */
const underWay: Partial<Record<StopPaymentOrderState, (desk: MannedDesk, order: StopPaymentOrder) => Promise<void>>> = {
  EXECUTING: holdAtCore,
  WITHDRAWING: withdrawAtCore,
  LAPSING: withdrawAtCore,
  RELEASING: releaseAtCore,
  EXPIRING: releaseAtCore,
};

/** What the machine does with an order in each state; in the others it has nothing to do. */
const work: typeof underWay = { RECEIVED: matchAtCore, ...underWay };

/** Goes on with what is under way at the core system; does nothing with an order that is answered. */
export const continueAtCore = async (desk: MannedDesk, order: StopPaymentOrder): Promise<void> => underWay[order.state]?.(desk, order);

/** Compares the four facts as soon as an order is here, and goes on by itself where the institution has chosen so. */
async function matchAtCore(desk: MannedDesk, order: StopPaymentOrder): Promise<void> {
  const settings = desk.settingsOf(order.institution);
  if (!mayBegin(order.validUntil, desk.actor().now)) return lapse(desk, order);
  // Also where a liaison decides: no person can do here what the core system cannot, and the police go another way.
  if (!canFind(desk.coreOf(order.institution).capabilities, order.payeeKind)) return decline(desk, order, 'NOT_SUPPORTED');
  const { facts, account } = await readFacts(desk.coreOf(order.institution), order, settings);
  const reason = refusalByMachine(facts, settings);
  if (settings.straightThrough && reason) return decline(desk, order, reason, facts);
  if (settings.straightThrough && facts.holderName === 'MATCH') return executeStraightThrough(desk, order, { facts, account });
  await stepOn(desk, order, async (manager, locked) => {
    await saveLocked(manager, Object.assign(locked, { facts, coreDueAt: locked.validUntil, coreAttempts: 0 }));
  });
}

/** The reason with which the machine declines; nothing when all agree or a person has to look. */
const refusalByMachine = (facts: FourFacts, settings: InstitutionSettings): NotExecutedReason | undefined =>
  differingFact(facts) ?? (facts.holderName === 'UNKNOWN' && settings.nameUnknown === 'DECLINE' ? 'MISMATCH_NAME' : undefined);

async function executeStraightThrough(desk: MannedDesk, order: StopPaymentOrder, { facts, account }: ReadFacts): Promise<void> {
  const begun = await desk.asActor(async (manager) => {
    const locked = await lockOrder(manager, order.id);
    const isClaimed = locked?.leaseUntil !== null && locked?.leaseUntil !== undefined && locked.leaseUntil > desk.actor().now;
    if (!locked || isClaimed || !mayBegin(locked.validUntil, desk.actor().now)) return undefined;
    return (await beginExecution(manager, locked, { actor: desk.actor(), facts })) ? undefined : locked;
  });
  if (begun) await holdAtCore(desk, begun, account);
}

/**
 * Holds at the core system and records its answer. Safe to call again: the order id makes the hold happen once.
 * An order that the police have withdrawn meanwhile is not held first: its release goes to the core system instead.
 * `known` is the account where the core system has just named it.
 */
async function holdAtCore(desk: MannedDesk, order: StopPaymentOrder, known?: CoreAccount): Promise<void> {
  if (order.releaseOrderedAt) return withdrawAtCore(desk, order);
  const core = desk.coreOf(order.institution);
  if (!canFind(core.capabilities, order.payeeKind)) return giveUp(desk, order, 'NOT_SUPPORTED');
  const account = known ?? (await core.findAccount(order.accountNumber.open(), order.payeeKind));
  if (!account) return giveUp(desk, order, 'NOT_FOUND');
  await reach('core.hold.before-call');
  const answer = await core.hold({ orderId: order.id, ref: account.ref, extent: extentOf(order) });
  await reach('core.hold.after-call-before-record');
  if (answer.outcome === 'UNCERTAIN') return postpone(desk, order);
  if (answer.outcome === 'REFUSED') return giveUp(desk, order, answer.reason);
  return recordHeld(desk, order, { held: answer, account });
}

const extentOf = (order: StopPaymentOrder): HoldExtent => (order.holdAmount === null ? 'WHOLE' : { fen: order.holdAmount, currency: order.currency });

/** Records a hold. Where another hand has meanwhile recorded that there is none, the core system ends it: no account stays held without an order. */
async function recordHeld(desk: MannedDesk, order: StopPaymentOrder, { held, account }: { held: Held; account: CoreAccount }): Promise<void> {
  const core = desk.coreOf(order.institution);
  // What the victim paid is in the case; a protective hold tells no outflows.
  const outflows = order.transferredAt === null ? { transactions: [], isTruncated: false } : await core.transactionsSince(account.ref, order.transferredAt, bankSettings.longestOutflows);
  const execution = order.execution ?? usualExecution(desk, order);
  const now = await stepOn(desk, order, (manager, locked) => recordStop(manager, Object.assign(locked, { execution }), { actor: desk.actor(), held, account, outflows }));
  if (now && now.notExecutedReason !== null) await core.release(order.id);
}

/** How the institution executes, where a restored record has forgotten who did. */
const usualExecution = (desk: CoreDesk, { institution }: StopPaymentOrder): StopPaymentOrder['execution'] =>
  desk.settingsOf(institution).straightThrough ? 'STRAIGHT_THROUGH' : 'BY_HAND';

/**
 * The core system does not hold. Before that is recorded the order is released there: an earlier call may have held after all,
 * and a later one finds the release and holds nothing.
 */
async function giveUp(desk: MannedDesk, order: StopPaymentOrder, refused: HoldRefusal): Promise<void> {
  const answer = await desk.coreOf(order.institution).release(order.id);
  if (answer.outcome === 'UNCERTAIN') return postpone(desk, order);
  await stepOn(desk, order, (manager, locked) => recordFailure(manager, locked, { actor: desk.actor(), refused }));
}

/** Commits to the end of an order that nobody began in time, then asks the core system. */
async function lapse(desk: MannedDesk, order: StopPaymentOrder): Promise<void> {
  const begun = await desk.asActor(async (manager) => {
    const locked = await lockOrder(manager, order.id);
    return !locked || (await beginLapse(manager, locked, desk.actor())) ? undefined : locked;
  });
  if (begun) await withdrawAtCore(desk, begun);
}

/**
 * Withdrawn, or lapsed: ended at the core system, never held now. Where it had been held, by a call that was under way or in a past that
 * a restored backup has forgotten, the stop and then its end are recorded.
 */
async function withdrawAtCore(desk: MannedDesk, order: StopPaymentOrder): Promise<void> {
  const core = desk.coreOf(order.institution);
  await reach('core.release.before-call');
  const ended = await core.release(order.id);
  await reach('core.release.after-call-before-record');
  if (ended.outcome === 'UNCERTAIN') return postpone(desk, order);
  const account = ended.outcome === 'RELEASED' ? await core.findAccount(order.accountNumber.open(), order.payeeKind) : undefined;
  // The hold has ended, so this call only gives its first answer again.
  const held = account && (await core.hold({ orderId: order.id, ref: account.ref, extent: extentOf(order) }));
  if (account && held?.outcome === 'HELD') return recordHeld(desk, order, { held, account });
  await stepOn(desk, order, (manager, locked) => recordUnheld(manager, locked, desk.actor()));
}

/** Ends the hold at the core system and records it. */
async function releaseAtCore(desk: MannedDesk, order: StopPaymentOrder): Promise<void> {
  await reach('core.release.before-call');
  const answer = await desk.coreOf(order.institution).release(order.id);
  await reach('core.release.after-call-before-record');
  if (answer.outcome === 'UNCERTAIN') return postpone(desk, order);
  if (answer.outcome === 'REFUSED') throw new Error(`the core system of ${order.institution} knows no hold of order ${order.id}, which our record says it placed`);
  await stepOn(desk, order, (manager, locked) => recordReleased(manager, locked, { actor: desk.actor(), released: answer }));
}

async function decline(desk: MannedDesk, order: StopPaymentOrder, reason: NotExecutedReason, facts?: FourFacts): Promise<void> {
  await stepOn(desk, order, (manager, locked) => endWithout(manager, Object.assign(locked, facts ? { facts } : {}), { action: 'DECLINE', actor: desk.actor(), reason }));
}

/** Pauses before the core system is called again, in milliseconds. */
const pauses = [1_000, 2_000, 5_000, 15_000, 60_000];

async function postpone(desk: MannedDesk, order: StopPaymentOrder): Promise<void> {
  const pause = pauses[Math.min(order.coreAttempts, pauses.length - 1)] ?? 60_000;
  await stepOn(desk, order, async (manager, locked) => {
    await saveLocked(manager, Object.assign(locked, { coreDueAt: new Date(desk.actor().now.getTime() + pause), coreAttempts: Math.max(locked.coreAttempts, order.coreAttempts) }));
  });
}

async function rest(desk: MannedDesk, order: StopPaymentOrder): Promise<void> {
  await stepOn(desk, order, async (manager, locked) => {
    await saveLocked(manager, Object.assign(locked, { coreDueAt: null, coreAttempts: 0 }));
  });
}

/** Takes a step on an order if it is still where we left it: what another hand has moved meanwhile is left alone. Gives the order as it then is. */
function stepOn(desk: MannedDesk, order: StopPaymentOrder, step: (manager: EntityManager, locked: StopPaymentOrder) => Promise<unknown>): Promise<StopPaymentOrder | null> {
  return desk.asActor(async (manager) => {
    const locked = await lockOrder(manager, order.id);
    if (locked?.state === order.state) await step(manager, locked);
    return locked;
  });
}

/** Whether a fault is only a core system that does not answer: expected, and tried again. */
export const isCoreSilent = (error: unknown): boolean => error instanceof CoreUnavailable;
