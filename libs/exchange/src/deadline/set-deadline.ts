import { newId } from '@lianfang/database';
import type { EntityManager } from 'typeorm';

/** When the clock shall take an action on a thing. */
export interface NewDeadline {
  /** The thing's word, as in `stop-payment-order`. */
  readonly thing: string;
  readonly thingId: string;
  /** The action of its lifecycle, as in `BEGIN_EXPIRY`. */
  readonly action: string;
  readonly dueAt: Date;
}

/** Sets a deadline in the transaction of the action that starts it; an open one for the same thing and action moves to the new instant. */
export async function setDeadline(manager: EntityManager, { thing, thingId, action, dueAt }: NewDeadline): Promise<void> {
  await manager.query(
    `insert into deadline (id, thing, thing_id, action, due_at)
     values ($1, $2, $3, $4, $5)
     on conflict (thing_id, thing, action) where fired_at is null and cancelled_at is null
     do update set due_at = excluded.due_at, attempts = 0, retry_at = now(), last_error = null`,
    [newId(), thing, thingId, action, dueAt],
  );
}

/** Cancels the open deadlines of a thing: all of them, or those of the named actions. */
export async function cancelDeadlines(manager: EntityManager, { thingId, actions }: { thingId: string; actions?: readonly string[] }): Promise<void> {
  await manager.query(
    `update deadline set cancelled_at = now()
     where thing_id = $1 and ($2::text[] is null or action = any($2)) and fired_at is null and cancelled_at is null`,
    [thingId, actions ?? null],
  );
}
