import { newId } from '@lianfang/database';
import { clockCaller, type Agency } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import { LARGEST_BATCH, attach, detach, signBatch } from '../batch/batch';
import { chainAfter } from '../batch/chain';
import { makeEnvelope, signEnvelope } from '../envelope/envelope';
import type { Station } from '../station';
import { nextInLine, type Waiting } from './next-in-line';

/** A batch that this process has taken upon itself to post. */
export interface Claimed {
  readonly id: string;
  readonly partner: Agency;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly prevHash: Buffer;
  readonly headHash: Buffer;
  /** Its messages, each as a JWS. */
  readonly jws: readonly string[];
  /** The signed batch: the same bytes at every attempt. */
  readonly signed: string;
  /** From 1; from the second on the partner may have it already. */
  readonly attempts: number;
}

/** For so long nobody else posts a claimed batch, in milliseconds; after it a relay assumes that the claimer died. */
export const CLAIM_LASTS = 2_000;

/** The most bytes of data in one batch; a single larger message still leaves alone. */
const LARGEST_CONTENT = 2_000_000;

/** How many waiting messages are looked at to find the next batch. */
const WINDOW = 1_000;

/**
 * Takes the next batch for a partner: the oldest without receipt when its time has come, otherwise a new one of waiting messages,
 * which get their sequence numbers, their place in the chain and their signatures here. Nothing when nothing is due.
 * The chain's row is locked, so one relay at a time decides; the lock ends before anything is posted.
 */
export function claimBatch(station: Station, partner: Agency): Promise<Claimed | undefined> {
  return station.database.asCaller(clockCaller(station.agency), async (manager) => {
    const [chain] = await manager.query<ChainRow[]>('select last_seq, head_hash from outbox_chain where partner = $1 for update skip locked', [partner]);
    if (!chain) return undefined;
    const [pending] = await manager.query<PendingRow[]>(
      `select id, first_seq, last_seq, prev_hash, head_hash, signature, attempts, next_attempt_at <= now() as is_due
       from outbox_dispatch
       where partner = $1 and (receipt is null or repeat)
       order by first_seq limit 1`,
      [partner],
    );
    if (pending) return pending.is_due ? claimAgain(manager, station, { partner, pending }) : undefined;
    return claimNew(manager, station, { partner, chain });
  });
}

interface ChainRow {
  readonly last_seq: string;
  readonly head_hash: Buffer;
}

interface PendingRow {
  readonly id: string;
  readonly first_seq: string;
  readonly last_seq: string;
  readonly prev_hash: Buffer;
  readonly head_hash: Buffer;
  readonly signature: string;
  readonly attempts: number;
  readonly is_due: boolean;
}

async function claimAgain(manager: EntityManager, { agency, database }: Station, { partner, pending }: { partner: Agency; pending: PendingRow }): Promise<Claimed> {
  await manager.query(
    `update outbox_dispatch set attempts = attempts + 1, next_attempt_at = now() + $2 * interval '1 millisecond' where id = $1`,
    [pending.id, CLAIM_LASTS],
  );
  const rows = await manager.query<{ id: string; jws: Buffer }[]>('select id, jws from outbox_message where dispatch_id = $1 order by seq', [pending.id]);
  const jws = rows.map((row) => database.keyring.open(row.jws, { table: 'outbox_message', column: 'jws', id: row.id }));
  const firstSeq = Number(pending.first_seq);
  const signed = attach(pending.signature, { from: agency, to: partner, firstSeq, prevHash: pending.prev_hash.toString('hex'), jws });
  return { id: pending.id, partner, firstSeq, lastSeq: Number(pending.last_seq), prevHash: pending.prev_hash, headHash: pending.head_hash, jws, signed, attempts: pending.attempts + 1 };
}

async function claimNew(manager: EntityManager, station: Station, { partner, chain }: { partner: Agency; chain: ChainRow }): Promise<Claimed | undefined> {
  const line = nextInLine(await loadWaiting(manager, partner), { messages: LARGEST_BATCH, bytes: LARGEST_CONTENT });
  if (line.length === 0) return undefined;
  const messages = await signMessages(manager, station, line);
  const firstSeq = Number(chain.last_seq) + 1;
  const lastSeq = Number(chain.last_seq) + messages.length;
  const prevHash = chain.head_hash;
  const jws = messages.map((message) => message.jws);
  const headHash = chainAfter(prevHash, jws);
  const signed = await signBatch(station.signer, { from: station.agency, to: partner, firstSeq, prevHash: prevHash.toString('hex'), jws });
  const claimed: Claimed = { id: newId(), partner, firstSeq, lastSeq, prevHash, headHash, jws, signed, attempts: 1 };
  await storeDispatch(manager, station, { claimed, messages });
  return claimed;
}

interface WaitingRow extends Waiting {
  readonly id: string;
}

/**
 * The front of the line, in order of posting, and whole subjects with it where an urgent message waits further back:
 * of each subject either nothing or everything from its oldest message on, so that `nextInLine` can keep its order.
 */
async function loadWaiting(manager: EntityManager, partner: Agency): Promise<WaitingRow[]> {
  return manager.query<WaitingRow[]>(
    `with front as (
       (select id, position from outbox_message where partner = $1 and dispatch_id is null order by position limit $2)
       union
       (select id, position from outbox_message
        where partner = $1 and dispatch_id is null
          and subject in (select subject from outbox_message where partner = $1 and dispatch_id is null and urgent order by position limit $2)
        order by position limit $2)
     )
     select id, subject, urgent, length(content) as bytes
     from outbox_message join front using (id)
     order by outbox_message.position`,
    [partner, WINDOW],
  );
}

interface SignedMessage {
  readonly id: string;
  readonly jws: string;
}

async function signMessages(manager: EntityManager, { agency, database, signer }: Station, line: readonly WaitingRow[]): Promise<SignedMessage[]> {
  const rows = await manager.query<{ id: string; type: string; subject: string; content: Buffer; created_at: Date }[]>(
    'select id, type, subject, content, created_at from outbox_message where id = any($1::uuid[])',
    [line.map(({ id }) => id)],
  );
  const found = new Map(rows.map((row) => [row.id, row]));
  return Promise.all(
    line.map(async ({ id }) => {
      const row = found.get(id);
      if (!row) throw new Error(`outbox: message ${id} was there a moment ago; messages are never deleted`);
      const data: unknown = JSON.parse(database.keyring.open(row.content, { table: 'outbox_message', column: 'content', id }));
      return { id, jws: await signEnvelope(signer, makeEnvelope(agency, { ...row, time: row.created_at, data })) };
    }),
  );
}

async function storeDispatch(manager: EntityManager, { clock, database }: Station, { claimed, messages }: { claimed: Claimed; messages: SignedMessage[] }): Promise<void> {
  const { id, partner, firstSeq, lastSeq, prevHash, headHash, signed } = claimed;
  await manager.query(
    `insert into outbox_dispatch (id, partner, first_seq, last_seq, prev_hash, head_hash, signature, next_attempt_at, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, now() + $8 * interval '1 millisecond', $9)`,
    [id, partner, firstSeq, lastSeq, prevHash, headHash, detach(signed), CLAIM_LASTS, clock.now()],
  );
  await manager.query(
    `update outbox_message as message
     set dispatch_id = $1, seq = line.seq, jws = line.jws, content = null
     from unnest($2::uuid[], $3::bigint[], $4::bytea[]) as line (id, seq, jws)
     where message.id = line.id`,
    [
      id,
      messages.map((message) => message.id),
      messages.map((_, place) => firstSeq + place),
      messages.map((message) => database.keyring.seal(message.jws, { table: 'outbox_message', column: 'jws', id: message.id })),
    ],
  );
  await manager.query('update outbox_chain set last_seq = $2, head_hash = $3 where partner = $1', [partner, lastSeq, headHash]);
}
