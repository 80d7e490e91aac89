import { isRefused, clockCaller, type Agency } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import { messageHash } from '../batch/chain';
import { causeOf } from '../events';
import { verifyReceipt } from '../receipt/receipt';
import { NotAuthentic } from '../signature';
import type { Station } from '../station';
import { isReceiptOf, type SentBatch } from './believe-answer';
import type { Claimed } from './claim';

/** A message of ours that a partner has receipted. */
export interface Delivered {
  readonly messageId: string;
  readonly type: string;
  readonly subject: string;
  readonly to: Agency;
  /** When the partner stored it, by its clock. */
  readonly receivedAt: Date;
}

/** What the sender does about a receipt: for instance moves its request from ORDERED to RECEIVED. Idempotent, like every handler. */
export type OnReceipt = (manager: EntityManager, delivered: Delivered) => Promise<unknown>;

/** Shorter than Postgres' deadlock timeout (1 s): whoever works in the background gives way, not the user's action. */
export const GIVE_WAY = `set local lock_timeout = '500ms'`;

/**
 * Checks a receipt against its batch and stores it, together with what the app does about it. Throws `NotAuthentic` when it is no receipt of this batch.
 * When the app's part fails the receipt is stored all the same, and `noteReceipts` repeats that part message by message.
 */
export async function storeReceipt(station: Station, { claimed, signed }: { claimed: Claimed; signed: string }, onReceipt: OnReceipt): Promise<void> {
  const { agency, clock, database, directory, tell, reach } = station;
  const receipt = await verifyReceipt(signed, directory);
  if (!isReceiptOf(receipt, sentBatch(claimed, agency))) throw new NotAuthentic('MALFORMED');
  await database.asCaller(clockCaller(agency), async (manager) => {
    if (!(await keepReceipt(manager, { id: claimed.id, signed, receivedAt: receipt.receivedAt, at: clock.now() }))) return;
    await manager.query(GIVE_WAY);
    try {
      await manager.transaction((savepoint) => noteAll(savepoint, { claimed, receivedAt: new Date(receipt.receivedAt) }, onReceipt));
    } catch (error) {
      tell({ event: 'exchange.noting-failed', partner: claimed.partner, cause: causeOf(error) });
      await manager.query('update outbox_dispatch set noted_at = null where id = $1', [claimed.id]);
    }
    await reach('outbox.receipt.before-commit');
  });
}

/** See `receipted` in `dispatch.ts`. Returns whether it is news to the app. */
export async function keepReceipt(manager: EntityManager, { id, signed, receivedAt, at }: { id: string; signed: string; receivedAt: string; at: Date }): Promise<boolean> {
  const [stored] = await manager.query<[{ is_news: boolean }[], number]>(
    `update outbox_dispatch
     set receipt = coalesce(receipt, $2), receipted_at = coalesce(receipted_at, $3), noted_at = coalesce(noted_at, $4),
         repeat = false, failing_since = null, last_error = null, next_attempt_at = now()
     where id = $1 and (receipt is null or repeat)
     returning old.noted_at is null as is_news`,
    [id, signed, receivedAt, at],
  );
  return stored[0]?.is_news ?? false;
}

const sentBatch = ({ partner, firstSeq, lastSeq, headHash, messages }: Claimed, agency: Agency): SentBatch => ({
  from: agency,
  to: partner,
  firstSeq,
  lastSeq,
  headHash: headHash.toString('hex'),
  messageHashes: messages.map(({ jws }) => messageHash(jws).toString('hex')),
});

/** Everybody who moves several things in one transaction takes them in the order of their ids, so that nobody waits in a circle. */
async function noteAll(manager: EntityManager, { claimed, receivedAt }: { claimed: Claimed; receivedAt: Date }, onReceipt: OnReceipt): Promise<void> {
  const bySubject = [...claimed.messages].sort((one, other) => (one.subject < other.subject ? -1 : one.subject > other.subject ? 1 : 0));
  for (const { id, type, subject } of bySubject) await note(manager, { messageId: id, type, subject, to: claimed.partner, receivedAt }, onReceipt);
}

async function note(manager: EntityManager, delivered: Delivered, onReceipt: OnReceipt): Promise<void> {
  const outcome = await onReceipt(manager, delivered);
  if (isRefused(outcome)) throw new Error(`the receipt of ${delivered.messageId} could not be noted: ${outcome.refusals.map(({ code }) => code).join(', ')}`);
}

/** Repeats the app's part for receipts where it failed, each message in its own transaction. Returns whether any was left to repeat. */
export async function noteReceipts(station: Station, partner: Agency, onReceipt: OnReceipt): Promise<boolean> {
  const caller = clockCaller(station.agency);
  const rows = await station.database.asCaller(caller, (manager) =>
    manager.query<{ id: string; type: string; subject: string; dispatch_id: string; receipted_at: Date }[]>(
      `select message.id, message.type, message.subject, message.dispatch_id, dispatch.receipted_at
       from outbox_dispatch as dispatch join outbox_message as message on message.dispatch_id = dispatch.id
       where dispatch.partner = $1 and dispatch.noted_at is null and dispatch.receipt is not null and dispatch.next_attempt_at <= now() and message.noted_at is null
       order by message.seq limit 200`,
      [partner],
    ),
  );
  for (const { id, type, subject, receipted_at } of rows) {
    try {
      await station.database.asCaller(caller, async (manager) => {
        await manager.query(GIVE_WAY);
        await note(manager, { messageId: id, type, subject, to: partner, receivedAt: receipted_at }, onReceipt);
        await manager.query('update outbox_message set noted_at = $2 where id = $1', [id, station.clock.now()]);
      });
    } catch (error) {
      station.tell({ event: 'exchange.noting-failed', partner, cause: causeOf(error) });
    }
  }
  if (rows.length > 0) await finishNoting(station, [...new Set(rows.map((row) => row.dispatch_id))]);
  return rows.length > 0;
}

/** A batch is noted when each of its messages is; the rest is tried again after 5 s. */
async function finishNoting({ agency, clock, database }: Station, dispatches: string[]): Promise<void> {
  await database.asCaller(clockCaller(agency), (manager) =>
    manager.query(
      `update outbox_dispatch as dispatch
       set next_attempt_at = now() + interval '5 seconds',
           noted_at = case when exists (select from outbox_message where dispatch_id = dispatch.id and noted_at is null) then null else $2::timestamptz end
       where id = any($1::uuid[])`,
      [dispatches, clock.now()],
    ),
  );
}
