import { newId } from '@lianfang/database';
import { clockCaller, type Agency } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import { LARGEST_BATCH, attach, detach, signBatch } from '../batch/batch';
import { chainAfter } from '../batch/chain';
import { makeEnvelope, signEnvelope } from '../envelope/envelope';
import type { Station } from '../station';
import { nextInLine, type Waiting } from './next-in-line';
import { CLAIM_LASTS, nextPost } from './next-post';

/** A message with its signature. */
export interface SignedMessage {
  readonly id: string;
  readonly type: string;
  readonly subject: string;
  readonly jws: string;
}

/** A batch that this process has taken upon itself to post. */
export interface Claimed {
  readonly id: string;
  readonly partner: Agency;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly prevHash: Buffer;
  readonly headHash: Buffer;
  readonly messages: readonly SignedMessage[];
  /** The signed batch: the same bytes at every attempt. */
  readonly signed: string;
  /** From 1; from the second on the partner may have it already. */
  readonly attempts: number;
}

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
    const [chain] = await manager.query<(ChainRow & PendingRow)[]>(
      `select chain.last_seq as chain_seq, chain.head_hash as chain_hash,
              pending.id, first_seq, pending.last_seq, prev_hash, pending.head_hash, signature, attempts, is_due
       from outbox_chain as chain
       left join lateral (
         select id, first_seq, last_seq, prev_hash, head_hash, signature, attempts, next_attempt_at <= now() as is_due
         from outbox_dispatch as dispatch
         where dispatch.partner = chain.partner and (receipt is null or repeat)
         order by first_seq limit 1
       ) as pending on true
       where chain.partner = $1
       for update of chain skip locked`,
      [partner],
    );
    if (!chain) return undefined;
    const next = nextPost(chain.id === null ? undefined : { isDue: chain.is_due });
    if (next === 'NEW_BATCH') return claimNew(manager, station, { partner, chain });
    return next === 'SAME_BATCH' ? claimAgain(manager, station, { partner, pending: chain }) : undefined;
  });
}

interface ChainRow {
  readonly chain_seq: string;
  readonly chain_hash: Buffer;
  /** The oldest batch without receipt; null when there is none. */
  readonly id: string | null;
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
  await claimRowAgain(manager, pending.id);
  const rows = await manager.query<(Omit<SignedMessage, 'jws'> & { jws: Buffer })[]>('select id, type, subject, jws from outbox_message where dispatch_id = $1 order by seq', [pending.id]);
  const messages = rows.map((row) => ({ ...row, jws: database.keyring.open(row.jws, { table: 'outbox_message', column: 'jws', id: row.id }) }));
  const jws = messages.map((message) => message.jws);
  const firstSeq = Number(pending.first_seq);
  const signed = attach(pending.signature, { from: agency, to: partner, firstSeq, prevHash: pending.prev_hash.toString('hex'), jws });
  return { id: pending.id, partner, firstSeq, lastSeq: Number(pending.last_seq), prevHash: pending.prev_hash, headHash: pending.head_hash, messages, signed, attempts: pending.attempts + 1 };
}

/** See `claimedAgain` in `dispatch.ts`. */
export const claimRowAgain = (manager: EntityManager, id: string): Promise<unknown> =>
  manager.query(`update outbox_dispatch set attempts = attempts + 1, next_attempt_at = now() + $2 * interval '1 millisecond' where id = $1`, [id, CLAIM_LASTS]);

async function claimNew(manager: EntityManager, station: Station, { partner, chain }: { partner: Agency; chain: ChainRow }): Promise<Claimed | undefined> {
  const line = nextInLine(await loadWaiting(manager, partner), { messages: LARGEST_BATCH, bytes: LARGEST_CONTENT });
  if (line.length === 0) return undefined;
  const messages = await signMessages(station, line, await loadContents(manager, line));
  const jws = messages.map((message) => message.jws);
  const firstSeq = Number(chain.chain_seq) + 1;
  const prevHash = chain.chain_hash;
  const signed = await signBatch(station.signer, { from: station.agency, to: partner, firstSeq, prevHash: prevHash.toString('hex'), jws });
  const claimed: Claimed = { id: newId(), partner, firstSeq, lastSeq: firstSeq + jws.length - 1, prevHash, headHash: chainAfter(prevHash, jws), messages, signed, attempts: 1 };
  await storeDispatch(manager, station, claimed);
  await station.reach('outbox.claim.before-commit');
  return claimed;
}

interface WaitingRow extends Waiting {
  readonly id: string;
  readonly type: string;
  readonly created_at: Date;
  /** Null when more wait than one batch holds: then only the content of those chosen is loaded. */
  readonly content: Buffer | null;
}

/**
 * The front of the line, in order of posting, and whole subjects with it where an urgent message waits further back:
 * of each subject either nothing or everything from its oldest message on, so that `nextInLine` can keep its order.
 */
async function loadWaiting(manager: EntityManager, partner: Agency): Promise<WaitingRow[]> {
  return manager.query<WaitingRow[]>(
    `with front as (
       (select id from outbox_message where partner = $1 and dispatch_id is null order by position limit $2)
       union
       (select id from outbox_message
        where partner = $1 and dispatch_id is null
          and subject in (select subject from outbox_message where partner = $1 and dispatch_id is null and urgent order by position limit $2)
        order by position limit $2)
     )
     select id, type, subject, urgent, created_at, length(content) as bytes, case when (select count(*) from front) <= $3 then content end as content
     from outbox_message join front using (id)
     order by position`,
    [partner, WINDOW, LARGEST_BATCH],
  );
}

async function loadContents(manager: EntityManager, line: readonly WaitingRow[]): Promise<Map<string, Buffer>> {
  const missing = line.filter(({ content }) => content === null).map(({ id }) => id);
  const rows = missing.length === 0 ? [] : await manager.query<{ id: string; content: Buffer }[]>('select id, content from outbox_message where id = any($1::uuid[])', [missing]);
  return new Map([...line, ...rows].flatMap(({ id, content }) => (content === null ? [] : [[id, content]])));
}

async function signMessages({ agency, database, signer }: Station, line: readonly WaitingRow[], contents: ReadonlyMap<string, Buffer>): Promise<SignedMessage[]> {
  return Promise.all(
    line.map(async ({ id, type, subject, created_at: time }) => {
      const content = contents.get(id);
      if (!content) throw new Error(`outbox: message ${id} was there a moment ago; messages are never deleted`);
      const data: unknown = JSON.parse(database.keyring.open(content, { table: 'outbox_message', column: 'content', id }));
      return { id, type, subject, jws: await signEnvelope(signer, makeEnvelope(agency, { id, type, subject, time, data })) };
    }),
  );
}

async function storeDispatch(manager: EntityManager, { clock, database }: Station, { id, partner, firstSeq, lastSeq, prevHash, headHash, messages, signed }: Claimed): Promise<void> {
  await manager.query(
    `with dispatched as (
       insert into outbox_dispatch (id, partner, first_seq, last_seq, prev_hash, head_hash, signature, created_at, next_attempt_at)
       values ($1, $2, $3, $4, $5, $6, $7, $8, now() + $9 * interval '1 millisecond')
     ), chained as (
       update outbox_chain set last_seq = $4, head_hash = $6 where partner = $2
     )
     update outbox_message as message
     set dispatch_id = $1, seq = line.seq, jws = line.jws, content = null
     from unnest($10::uuid[], $11::bigint[], $12::bytea[]) as line (id, seq, jws)
     where message.id = line.id`,
    [
      id,
      partner,
      firstSeq,
      lastSeq,
      prevHash,
      headHash,
      detach(signed),
      clock.now(),
      CLAIM_LASTS,
      messages.map((message) => message.id),
      messages.map((_, place) => firstSeq + place),
      messages.map((message) => database.keyring.seal(message.jws, { table: 'outbox_message', column: 'jws', id: message.id })),
    ],
  );
}
