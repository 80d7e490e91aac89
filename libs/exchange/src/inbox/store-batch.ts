import { newId } from '@lianfang/database';
import { clockCaller, type Agency } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { OpenedMessage } from '../envelope/envelope';
import type { Station } from '../station';
import { admit } from './admission';

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
    const [chain] = await manager.query<{ last_seq: string; head_hash: Buffer }[]>('select last_seq, head_hash from inbox_chain where partner = $1 for update', [batch.from]);
    if (!chain) throw new Error(`inbox: ${batch.from} has no chain; it is made at start from the directory's exchanges`);
    const expectedSeq = Number(chain.last_seq) + 1;
    if (batch.firstSeq === expectedSeq && batch.prevHash.equals(chain.head_hash)) {
      await insertMessages(manager, station, batch);
      await advanceChain(manager, batch);
      return { kind: 'stored', receipt: batch.receipt };
    }
    const receipt = await findReceipt(manager, batch);
    return receipt ? { kind: 'repeated', receipt } : { kind: 'out-of-sequence', expectedSeq, headHash: chain.head_hash };
  });
}

async function findReceipt(manager: EntityManager, { from, firstSeq, batchHash }: VerifiedBatch): Promise<string | undefined> {
  const [row] = await manager.query<{ receipt: string }[]>('select receipt from inbox_receipt where partner = $1 and first_seq = $2 and batch_hash = $3', [from, firstSeq, batchHash]);
  return row?.receipt;
}

async function insertMessages(manager: EntityManager, station: Station, batch: VerifiedBatch): Promise<void> {
  const known = await loadKnownIds(manager, batch);
  const rows = batch.messages.map((message, place) => rowOf(message, { station, known, seq: batch.firstSeq + place }));
  await manager.query(
    `insert into inbox_message (id, partner, seq, message_id, type, subject, urgent, jws, repeats_id, handled_at, parked_at, parking, possible_duplicate, created_at)
     select line.*, $1::boolean, $2::timestamptz
     from unnest($3::uuid[], $4::text[], $5::bigint[], $6::uuid[], $7::text[], $8::text[], $9::boolean[], $10::bytea[], $11::boolean[], $12::timestamptz[], $13::timestamptz[], $14::text[]) as line`,
    [batch.possibleDuplicate, batch.receivedAt, ...columnsOf(rows, batch)],
  );
  await liftSubjects(manager, batch.from, rows.filter(({ urgent }) => urgent).map(({ subject }) => subject));
  for (const { id, type, parking } of rows) if (parking) station.tell({ event: 'exchange.parked', partner: batch.from, id, type, reason: parking });
}

const columnsOf = (rows: readonly InboxRow[], { from, receivedAt }: VerifiedBatch): unknown[] => [
  rows.map(({ id }) => id),
  rows.map(() => from),
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

type InboxRow = ReturnType<typeof rowOf>;

/** A message whose id came before (in another batch or this one) is kept as evidence and counts as handled: what it says was said already. */
function rowOf(message: OpenedMessage, { station, known, seq }: { station: Station; known: Set<string>; seq: number }) {
  const { envelope } = message;
  const id = newId();
  const repeatsId = envelope !== null && known.has(envelope.id);
  if (envelope) known.add(envelope.id);
  const admission = admit(message, station);
  return {
    id,
    seq,
    messageId: envelope?.id ?? null,
    type: envelope?.type ?? 'unreadable',
    subject: envelope?.subject ?? id,
    urgent: 'contract' in admission && admission.contract.urgent,
    jws: station.database.keyring.seal(message.jws, { table: 'inbox_message', column: 'jws', id }),
    repeatsId,
    parking: 'parked' in admission && !repeatsId ? admission.parked : null,
  };
}

async function loadKnownIds(manager: EntityManager, { from, messages }: VerifiedBatch): Promise<Set<string>> {
  const ids = messages.flatMap(({ envelope }) => (envelope ? [envelope.id] : []));
  const rows = await manager.query<{ message_id: string }[]>('select message_id from inbox_message where partner = $1 and message_id = any($2::uuid[])', [from, ids]);
  return new Set(rows.map(({ message_id }) => message_id));
}

/** What waits under the same subject as an urgent message is urgent too: it must be handled before it. */
async function liftSubjects(manager: EntityManager, partner: Agency, subjects: readonly string[]): Promise<void> {
  if (subjects.length === 0) return;
  await manager.query('update inbox_message set urgent = true where partner = $1 and subject = any($2::text[]) and handled_at is null and not urgent', [partner, subjects]);
}

async function advanceChain(manager: EntityManager, { from, firstSeq, lastSeq, headHash, batchHash, receipt, receivedAt }: VerifiedBatch): Promise<void> {
  await manager.query(
    `with receipted as (
       insert into inbox_receipt (id, partner, first_seq, last_seq, batch_hash, receipt, created_at) values ($1, $2, $3, $4, $5, $6, $7)
     )
     update inbox_chain set last_seq = $4, head_hash = $8 where partner = $2`,
    [newId(), from, firstSeq, lastSeq, batchHash, receipt, receivedAt, headHash],
  );
}
