import { newId } from '@lianfang/database';
import { clockCaller, type Agency } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { OpenedMessage } from '../envelope/envelope';
import type { Station } from '../station';
import { admit } from './admission';
import { arrangeBatch, type Arranged } from './arrange-batch';
import { continuesChain, isRepeat, type ArrivedBatch } from './judge-batch';

/** A verified batch and the receipt that is given for it, if it continues the chain. */
export interface VerifiedBatch {
  readonly from: Agency;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly prevHash: Buffer;
  readonly headHash: Buffer;
  /** SHA-256 of the signed batch: how a repeat is known. */
  readonly batchHash: Buffer;
  readonly messages: readonly OpenedMessage[];
  readonly receipt: string;
  readonly receivedAt: Date;
  readonly possibleDuplicate: boolean;
}

/** What came of it. */
export type Storing =
  | { readonly kind: 'stored'; readonly receipt: string }
  | { readonly kind: 'repeated'; readonly receipt: string }
  | { readonly kind: 'out-of-sequence'; readonly expectedSeq: number; readonly headHash: Buffer };

/** Stores a batch that continues the chain: all its messages, the new head and the receipt, or nothing. */
export async function storeBatch(station: Station, batch: VerifiedBatch): Promise<Storing> {
  return station.database.asCaller(clockCaller(station.agency), async (manager) => {
    const chain = await lockChain(manager, batch);
    const arrived: ArrivedBatch = { firstSeq: batch.firstSeq, prevHash: batch.prevHash.toString('hex'), batchHash: batch.batchHash.toString('hex') };
    if (continuesChain(arrived, { expectedSeq: chain.expectedSeq, headHash: chain.headHash.toString('hex') })) {
      await insertBatch(manager, station, { batch, known: chain.known });
      await station.reach('inbox.received-before-commit');
      return { kind: 'stored', receipt: batch.receipt };
    }
    const given = await findGiven(manager, batch);
    return given && isRepeat(arrived, given) ? { kind: 'repeated', receipt: given.receipt } : { kind: 'out-of-sequence', expectedSeq: chain.expectedSeq, headHash: chain.headHash };
  });
}

/** The end of the chain, held until this transaction ends, and which of the batch's message ids came before. */
async function lockChain(manager: EntityManager, { from, messages }: VerifiedBatch): Promise<{ expectedSeq: number; headHash: Buffer; known: Set<string> }> {
  const ids = messages.flatMap(({ envelope }) => (envelope ? [envelope.id] : []));
  const [chain] = await manager.query<{ last_seq: string; head_hash: Buffer; known: string[] }[]>(
    `select last_seq, head_hash,
            array(select message_id::text from inbox_message where partner = $1 and message_id = any($2::uuid[]) and not repeats_id) as known
     from inbox_chain where partner = $1
     for update`,
    [from, ids],
  );
  if (!chain) throw new Error(`inbox: ${from} has no chain; it is made at start from the directory's exchanges`);
  return { expectedSeq: Number(chain.last_seq) + 1, headHash: chain.head_hash, known: new Set(chain.known) };
}

/** The receipt that was given for a batch under this number, and for which one. */
async function findGiven(manager: EntityManager, { from, firstSeq }: VerifiedBatch): Promise<{ batchHash: string; receipt: string } | undefined> {
  const [row] = await manager.query<{ batch_hash: Buffer; receipt: string }[]>('select batch_hash, receipt from inbox_receipt where partner = $1 and first_seq = $2', [from, firstSeq]);
  return row && { batchHash: row.batch_hash.toString('hex'), receipt: row.receipt };
}

/**
 * One statement stores the messages and the receipt and moves the chain. What waits under the subject of an urgent message
 * becomes urgent too, because it must be handled before it.
 */
async function insertBatch(manager: EntityManager, station: Station, { batch, known }: { batch: VerifiedBatch; known: Set<string> }): Promise<void> {
  const rows = arrangeBatch(batch.messages.map((message, place) => rowOf(message, station, batch.firstSeq + place)), known);
  const { from, firstSeq, lastSeq, headHash, batchHash, receipt, receivedAt, possibleDuplicate } = batch;
  await manager.query(
    `with receipted as (
       insert into inbox_receipt (id, partner, first_seq, last_seq, batch_hash, receipt, created_at) values ($1, $2, $3, $4, $5, $6, $7)
     ), chained as (
       update inbox_chain set last_seq = $4, head_hash = $8 where partner = $2
     ), lifted as (
       update inbox_message set urgent = true where partner = $2 and subject = any($9::text[]) and handled_at is null and not urgent
     )
     insert into inbox_message (id, seq, message_id, type, subject, urgent, jws, repeats_id, handled_at, parked_at, parking, partner, created_at, possible_duplicate)
     select line.*, $2, $7, $10::boolean
     from unnest($11::uuid[], $12::bigint[], $13::uuid[], $14::text[], $15::text[], $16::boolean[], $17::bytea[], $18::boolean[], $19::timestamptz[], $20::timestamptz[], $21::text[]) as line`,
    [newId(), from, firstSeq, lastSeq, batchHash, receipt, receivedAt, headHash, urgentSubjects(rows), possibleDuplicate, ...columnsOf(rows, receivedAt)],
  );
  for (const { id, type, parking } of rows) if (parking) station.tell({ event: 'exchange.parked', partner: from, id, type, reason: parking });
}

const urgentSubjects = (rows: readonly InboxRow[]): string[] => [...new Set(rows.filter(({ urgent }) => urgent).map(({ subject }) => subject))];

const columnsOf = (rows: readonly InboxRow[], receivedAt: Date): unknown[] => [
  rows.map(({ id }) => id),
  rows.map(({ seq }) => seq),
  rows.map(({ messageId }) => messageId),
  rows.map(({ type }) => type),
  rows.map(({ subject }) => subject),
  rows.map(({ urgent }) => urgent),
  rows.map(({ jws }) => jws),
  rows.map(({ repeatsId }) => repeatsId),
  rows.map(({ repeatsId }) => (repeatsId ? receivedAt : null)),
  rows.map(({ parking }) => (parking ? receivedAt : null)),
  rows.map(({ parking }) => parking),
];

type InboxRow = Arranged<ReturnType<typeof rowOf>>;

function rowOf(message: OpenedMessage, station: Station, seq: number) {
  const { envelope } = message;
  const id = newId();
  const admission = admit(message, station);
  return {
    id,
    seq,
    messageId: envelope?.id ?? null,
    type: envelope?.type ?? 'unreadable',
    subject: envelope?.subject ?? id,
    urgent: 'contract' in admission && admission.contract.urgent,
    jws: station.database.keyring.seal(message.jws, { table: 'inbox_message', column: 'jws', id }),
    parking: 'parked' in admission ? admission.parked : null,
  };
}
