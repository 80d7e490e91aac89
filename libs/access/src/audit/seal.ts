import { reach, type Database } from '@lianfang/database';
import { clockCaller, type Agency } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import { checkpointText, type AuditSigner } from './checkpoint';
import { chainNext, chainStart } from './leaf';

/** What sealing needs. */
export interface SealOptions {
  readonly agency: Agency;
  readonly signer: AuditSigner;
  /** Real time of the signature, in milliseconds since 1970: a checkpoint knows no moved clock. */
  readonly now?: () => number;
  /** Entries sealed at most in one transaction; default 1,000. */
  readonly batch?: number;
}

/** Any number, the same in every process: one sealer at a time per database. */
const SEALER_LOCK = 7_262_020;

/**
 * Seals what waits, one batch: numbers and chains the entries and signs the new head, in one transaction of the worker login.
 * A process that dies in between leaves the batch waiting. Returns how many were sealed; 0 also when another process is sealing.
 */
export async function sealAudit(worker: Database, { agency, signer, now = Date.now, batch = 1_000 }: SealOptions): Promise<number> {
  const sealed = await worker.asCaller(clockCaller(agency), async (manager) => {
    const [{ free } = { free: false }] = await manager.query<{ free: boolean }[]>('select pg_try_advisory_xact_lock($1) as free', [SEALER_LOCK]);
    if (!free) return 0;
    const waiting = await manager.query<Waiting[]>(waitingEntries, [batch]);
    if (waiting.length === 0) return 0;
    const from = (await findHead(manager)) ?? { seq: '0', chain_hash: chainStart(agency) };
    const seals = chain(from, waiting);
    await manager.query(insertSeals, [seals.map(({ seq }) => seq), seals.map(({ entryId }) => entryId), seals.map(({ chainHash }) => chainHash)]);
    await manager.query('delete from audit_unsealed where entry_id = any ($1)', [waiting.map((entry) => entry.entry_id)]);
    const last = seals.at(-1);
    if (last) await sign(manager, { agency, signer, at: new Date(now()), seq: last.seq, previousSeq: from.seq, head: last.chainHash });
    await reach('audit.seal.before-commit');
    return seals.length;
  });
  if (sealed > 0) await reach('audit.sealed');
  return sealed;
}

interface Waiting {
  readonly entry_id: string;
  readonly leaf: Buffer;
}

interface Head {
  readonly seq: string;
  readonly chain_hash: Buffer;
}

interface Seal {
  readonly seq: string;
  readonly entryId: string;
  readonly chainHash: Buffer;
}

const waitingEntries = `
  select waiting.entry_id, entry.leaf
  from audit_unsealed waiting join audit_entry entry on entry.id = waiting.entry_id
  order by waiting.entry_id
  limit $1`;

const insertSeals = `
  insert into audit_seal (seq, entry_id, chain_hash)
  select * from unnest($1::bigint[], $2::uuid[], $3::bytea[])`;

async function findHead(manager: EntityManager): Promise<Head | undefined> {
  const [head] = await manager.query<Head[]>('select seq, chain_hash from audit_seal order by seq desc limit 1');
  return head;
}

function chain(from: Head, waiting: readonly Waiting[]): Seal[] {
  let { chain_hash: chainHash } = from;
  let seq = BigInt(from.seq);
  return waiting.map(({ entry_id: entryId, leaf }) => {
    seq += 1n;
    chainHash = chainNext(chainHash, seq, leaf);
    return { seq: String(seq), entryId, chainHash };
  });
}

interface NewHead {
  readonly agency: Agency;
  readonly signer: AuditSigner;
  readonly at: Date;
  readonly seq: string;
  readonly previousSeq: string;
  readonly head: Buffer;
}

async function sign(manager: EntityManager, { signer, ...content }: NewHead): Promise<void> {
  const signature = await signer.sign(checkpointText({ ...content, kid: signer.kid }));
  await manager.query('insert into audit_checkpoint (seq, previous_seq, head, at, kid, signature) values ($1, $2, $3, $4, $5, $6)', [
    content.seq,
    content.previousSeq,
    content.head,
    content.at,
    signer.kid,
    Buffer.from(signature),
  ]);
}
