import { clockCaller, isRefused } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import { causeOf } from '../events';
import { retryPause } from '../outbox/retry-schedule';
import { GIVE_WAY } from '../outbox/store-receipt';
import type { Station } from '../station';

/** What the clock needs to act: an agency, its worker login and the hour. */
export type ClockRoom = Pick<Station, 'agency' | 'database' | 'clock'> & Partial<Pick<Station, 'tell' | 'reach'>>;

/** A deadline that has come. */
export interface DueDeadline {
  readonly id: string;
  readonly thing: string;
  readonly thingId: string;
  readonly action: string;
  readonly dueAt: Date;
}

/** Takes the action of a deadline as the clock. It must do nothing when the thing has moved on meanwhile. */
export type DeadlineHandler = (manager: EntityManager, deadline: DueDeadline) => Promise<unknown>;

/** An agency's deadlines, by thing and action, as in `stop-payment-order.BEGIN_EXPIRY`. */
export type DeadlineHandlers = Readonly<Record<string, DeadlineHandler>>;

/**
 * Fires what is due, each deadline in its own transaction, so that one that fails holds up no other.
 * A failing one is tried again after a growing pause, for ever: a legal clock is never given up. Returns how many fired.
 */
export async function fireDeadlines(station: ClockRoom, handlers: DeadlineHandlers): Promise<number> {
  let fired = 0;
  for (let next = await fireNext(station, handlers); next !== 'none'; next = await fireNext(station, handlers)) {
    if (next === 'fired') fired += 1;
  }
  return fired;
}

interface DeadlineRow {
  readonly id: string;
  readonly thing: string;
  readonly thing_id: string;
  readonly action: string;
  readonly due_at: Date;
  readonly attempts: number;
}

async function fireNext(station: ClockRoom, handlers: DeadlineHandlers): Promise<'none' | 'fired' | 'failed'> {
  const now = station.clock.now();
  const taken: { row?: DeadlineRow } = {};
  try {
    await station.database.asCaller(clockCaller(station.agency), async (manager) => {
      taken.row = await takeNext(manager, now);
      if (taken.row) await callHandler(manager, taken.row, handlers);
      if (taken.row) await station.reach?.('deadline.before-commit');
    });
  } catch (error) {
    if (!taken.row) throw error;
    await recordFailure(station, taken.row, causeOf(error));
    return 'failed';
  }
  if (!taken.row) return 'none';
  const { thing, action, due_at } = taken.row;
  await station.reach?.('deadline.fired');
  station.tell?.({ event: 'exchange.deadline-fired', thing, action, lateMs: now.getTime() - due_at.getTime() });
  return 'fired';
}

/** Marked as fired before its action is taken, so that the action may set the next deadline of the same kind. */
async function takeNext(manager: EntityManager, now: Date): Promise<DeadlineRow | undefined> {
  await manager.query(GIVE_WAY);
  const [rows] = await manager.query<[DeadlineRow[], number]>(
    `update deadline set fired_at = $1
     where id = (select id from deadline
                 where due_at <= $1 and fired_at is null and cancelled_at is null and retry_at <= now()
                 order by due_at limit 1
                 for update skip locked)
     returning id, thing, thing_id, action, due_at, attempts`,
    [now],
  );
  return rows[0];
}

async function callHandler(manager: EntityManager, { id, thing, thing_id, action, due_at }: DeadlineRow, handlers: DeadlineHandlers): Promise<void> {
  const key = `${thing}.${action}`;
  const handler = Object.hasOwn(handlers, key) ? handlers[key] : undefined;
  if (!handler) throw new NoDeadlineHandler(key);
  const outcome = await handler(manager, { id, thing, thingId: thing_id, action, dueAt: due_at });
  if (isRefused(outcome)) throw new NoDeadlineHandler(`${key} ${outcome.refusals.map(({ code }) => code).join('+')}`);
}

/** The clock has nobody to act for it, or whoever acts refused. */
class NoDeadlineHandler extends Error {
  constructor(readonly code: string) {
    super(`deadline: nothing was done for ${code}`);
    this.name = 'NoDeadlineHandler';
  }
}

async function recordFailure({ agency, database, tell }: ClockRoom, { id, thing, action, attempts: before }: DeadlineRow, cause: string): Promise<void> {
  const attempts = before + 1;
  await database.asCaller(clockCaller(agency), (manager) =>
    manager.query(
      `update deadline set attempts = $2, last_error = $3, retry_at = now() + $4 * interval '1 millisecond'
       where id = $1 and fired_at is null and cancelled_at is null`,
      [id, attempts, cause, retryPause(attempts, Math.random())],
    ),
  );
  tell?.({ event: 'exchange.deadline-failed', thing, action, cause, attempts });
}
