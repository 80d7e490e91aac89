import { Client } from 'pg';
import type { AuditContent } from './leaf';
import type { CheckpointContent } from './checkpoint';

/** A sealed entry as it stands in the database; `entry` is undefined when its row is gone. */
export interface SealedRow {
  readonly seq: bigint;
  readonly entryId: string;
  readonly chainHash: Buffer;
  readonly entry: (AuditContent & { readonly leaf: Buffer }) | undefined;
}

/** Rows read at a time. */
const PAGE = 5_000;

/** Columns of `audit_entry` by the names of `AuditContent`. */
export const entryColumns = `
  entry.id, entry.at, entry.kind, entry.agency, entry.actor_id as "actorId", entry.actor_agency as "actorAgency", entry.actor_unit as "actorUnit", entry.actor_institution as "actorInstitution",
  entry.institution, entry.thing, entry.thing_id as "thingId", entry.body, entry.leaf`;

const sealedEntries = `
  select seal.seq, seal.entry_id, seal.chain_hash, ${entryColumns}
  from audit_seal seal left join audit_entry entry on entry.id = seal.entry_id
  where seal.seq > $1
  order by seal.seq
  limit ${PAGE}`;

/** All sealed entries in the order of the chain, page by page. */
export async function* sealedPages(reader: Reader): AsyncGenerator<SealedRow[]> {
  let after = '0';
  for (;;) {
    const { rows } = await reader.query<{ seq: string; entry_id: string; chain_hash: Buffer; id: string | null } & AuditContent & { leaf: Buffer }>(sealedEntries, [after]);
    if (rows.length === 0) return;
    yield rows.map(({ seq, entry_id: entryId, chain_hash: chainHash, ...entry }) => ({ seq: BigInt(seq), entryId, chainHash, entry: entry.id === null ? undefined : entry }));
    after = rows.at(-1)?.seq ?? after;
  }
}

/** A signed head as it stands in the database. */
export type CheckpointRow = CheckpointContent & { readonly signature: Buffer };

const checkpoints = `
  select seq, previous_seq as "previousSeq", head, at, kid, signature
  from audit_checkpoint
  where seq > $1 and ($2::bigint is null or seq <= $2)
  order by seq`;

/** The checkpoints after one sequence number up to another (or to the last). */
export async function loadCheckpoints(reader: Reader, agency: string, { after, upTo }: { after: bigint; upTo: bigint | null }): Promise<CheckpointRow[]> {
  const { rows } = await reader.query<Omit<CheckpointRow, 'agency'>>(checkpoints, [String(after), upTo === null ? null : String(upTo)]);
  return rows.map((row) => ({ ...row, agency }));
}

/** What reads the trail: a connection of its own, because whoever verifies is nobody's caller. */
export type Reader = Pick<Client, 'query'>;

/**
 * Reads the trail at one instant, however long it takes: everything in `work` sees the same snapshot.
 * `url` is the worker login (or a superuser): a login that sees only part of the rows would find a whole trail broken, or an empty one whole.
 */
export async function onSnapshot<T>(url: string, work: (reader: Reader) => Promise<T>): Promise<T> {
  const reader = new Client({ connectionString: url, application_name: 'audit verifier' });
  await reader.connect();
  try {
    await reader.query('begin isolation level repeatable read read only');
    const { rows } = await reader.query<{ sees: boolean }>(
      `select rolsuper or rolbypassrls or pg_has_role(current_user, 'lianfang_worker', 'usage') as sees from pg_roles where rolname = current_user`,
    );
    if (!rows[0]?.sees) throw new Error('audit: this login does not see every row; use the worker login');
    return await work(reader);
  } finally {
    // Ends the snapshot too: it has written nothing.
    await reader.end();
  }
}
