import { isRefused, partnerCaller, type Agency } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { OpenedMessage } from '../envelope/envelope';
import { readEnvelope } from '../envelope/envelope';
import { causeOf } from '../events';
import { GIVE_WAY } from '../outbox/store-receipt';
import { readKid } from '../signature';
import type { Station } from '../station';
import { admit, type ParkingReason } from './admission';
import { afterFailure } from './after-failure';
import type { Handlers, IncomingMessage } from './handlers';

/** Messages handled in one transaction. */
const RUN = 20;

/** What the handling of one partner's messages needs. */
export interface Handling {
  readonly partner: Agency;
  readonly handlers: Handlers;
  /** Failures after which a message is parked. */
  readonly attempts: number;
}

interface InboxRow {
  readonly id: string;
  readonly message_id: string;
  readonly type: string;
  readonly subject: string;
  readonly jws: Buffer;
  readonly created_at: Date;
  readonly attempts: number;
}

/** What happened to one message in a run. */
type Outcome = { readonly row: InboxRow } & ({ readonly parking: ParkingReason } | { readonly error: unknown } | { readonly handled: true });

/**
 * Handles the next messages of a partner: urgent subjects first, of each subject only its oldest message, each under its own savepoint.
 * A message that fails waits longer each time and is parked at last; later messages of its subject wait behind it, other subjects go on.
 * Returns whether more may wait.
 */
export async function handleNext(station: Station, handling: Handling): Promise<boolean> {
  try {
    return (await handleRun(station, handling, RUN)) > 0;
  } catch (error) {
    // The run failed as a whole, at commit or by a lost connection: one message at a time shows whether one of them is the cause.
    station.tell({ event: 'exchange.step-failed', step: `handling of ${handling.partner}`, cause: causeOf(error) });
    return (await handleRun(station, handling, 1)) > 0;
  }
}

async function handleRun(station: Station, handling: Handling, size: number): Promise<number> {
  let rows: InboxRow[] = [];
  let outcomes: Outcome[] = [];
  const caller = partnerCaller(station.agency, handling.partner);
  try {
    await station.database.asCaller(caller, async (manager) => {
      await manager.query(GIVE_WAY);
      rows = await lockOldestOfSubjects(manager, handling.partner, size);
      outcomes = [];
      for (const row of rows) {
        await manager.query(outcomes.length === 0 ? 'savepoint message' : 'release savepoint message; savepoint message');
        outcomes.push({ row, ...(await handleOne(manager, station, { row, handling })) });
      }
      await markHandled(manager, outcomes.filter((outcome) => 'handled' in outcome), station.clock.now());
      if (rows.length > 0) await station.reach('inbox.handle.before-commit');
    });
  } catch (error) {
    if (rows.length !== 1) throw error;
    outcomes = rows.map((row) => ({ row, error }));
  }
  if (rows.length > 0) await station.reach('inbox.handled');
  for (const outcome of outcomes) await recordOutcome(station, handling, outcome);
  const handled = outcomes.filter((outcome) => 'handled' in outcome).length;
  if (handled > 0) station.tell({ event: 'exchange.handled', partner: handling.partner, messages: handled });
  return rows.length;
}

/** See `nextToHandle`. Rows come in the order of their subjects: see `noteAll`. */
export async function lockOldestOfSubjects(manager: EntityManager, partner: Agency, size: number): Promise<InboxRow[]> {
  const rows = await manager.query<InboxRow[]>(
    `select id, message_id, type, subject, jws, created_at, attempts
     from inbox_message as message
     where partner = $1 and handled_at is null and parked_at is null and retry_at <= now()
       and not exists (select from inbox_message as earlier
                       where earlier.partner = $1 and earlier.subject = message.subject and earlier.handled_at is null and earlier.seq < message.seq)
     order by urgent desc, seq
     limit $2
     for update skip locked`,
    [partner, size],
  );
  return rows.sort((one, other) => (one.subject < other.subject ? -1 : 1));
}

/** Handles a message under the savepoint that was just set: what fails is undone to there. */
async function handleOne(manager: EntityManager, station: Station, { row, handling }: { row: InboxRow; handling: Handling }): Promise<{ parking: ParkingReason } | { error: unknown } | { handled: true }> {
  const opened = openStored(station, row);
  const admission = admit(opened, station);
  if ('parked' in admission) return { parking: admission.parked };
  const handler = Object.hasOwn(handling.handlers, row.type) ? handling.handlers[row.type] : undefined;
  if (!handler || !opened.envelope) return { parking: 'NO_HANDLER' };
  const { id, type, subject, time } = opened.envelope;
  const message: IncomingMessage = { id, type, subject, data: admission.data, from: handling.partner, institution: opened.key.institution, receivedAt: row.created_at, time: new Date(time) };
  try {
    const outcome = await handler(manager, message);
    if (isRefused(outcome)) throw new HandlerRefused(outcome.refusals.map(({ code }) => code).join('+'));
    return { handled: true };
  } catch (error) {
    await manager.query('rollback to savepoint message');
    return { error };
  }
}

/** A handler that returned a refusal: for a message that is a failure, and what it had done is undone. */
class HandlerRefused extends Error {
  constructor(readonly code: string) {
    super(`the handler refused: ${code}`);
    this.name = 'HandlerRefused';
  }
}

/** A stored message was verified when it came; its seal vouches for it since. */
function openStored({ database, directory }: Station, { id, jws: sealed, created_at }: InboxRow): OpenedMessage {
  const jws = database.keyring.open(sealed, { table: 'inbox_message', column: 'jws', id });
  const key = directory.findKey(readKid(jws, 'lianfang-message'), { use: 'sig', at: created_at });
  if (!key) throw new Error(`inbox: the key of message ${id} is no longer in the directory; keys stay listed after they end`);
  return { jws, key, envelope: readEnvelope(jws, key.agency) };
}

async function markHandled(manager: EntityManager, handled: readonly Outcome[], now: Date): Promise<void> {
  if (handled.length === 0) return;
  await manager.query('update inbox_message set handled_at = $2, last_error = null where id = any($1::uuid[])', [handled.map(({ row }) => row.id), now]);
}

async function recordOutcome(station: Station, handling: Handling, outcome: Outcome): Promise<void> {
  if ('handled' in outcome) return;
  const { id, type, attempts: before } = outcome.row;
  const reason = 'parking' in outcome ? outcome.parking : null;
  const { attempts, pause, parking } = afterFailure({ attempts: before, reason }, { limit: handling.attempts, chance: Math.random() });
  const cause = 'error' in outcome ? causeOf(outcome.error) : null;
  await station.database.asCaller(partnerCaller(station.agency, handling.partner), (manager) =>
    manager.query(
      `update inbox_message
       set attempts = $2, last_error = $3, retry_at = now() + $4 * interval '1 millisecond', parking = $5, parked_at = case when $5::text is null then null else $6::timestamptz end
       where id = $1 and handled_at is null`,
      [id, attempts, cause, pause, parking, station.clock.now()],
    ),
  );
  if (cause) station.tell({ event: 'exchange.handling-failed', partner: handling.partner, id, type, cause, attempts });
  if (parking) station.tell({ event: 'exchange.parked', partner: handling.partner, id, type, reason: parking });
}
