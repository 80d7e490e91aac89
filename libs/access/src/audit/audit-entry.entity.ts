import { CodeColumn, IdColumn, InstantColumn } from '@lianfang/database';
import type { Agency } from '@lianfang/vocabulary';
import { Column, Entity } from 'typeorm';

/** What an entry tells: a change of state, a fact added without one, a look at a full value, a look refused, a search by identifier, an export, an import, an act denied. */
export const auditKinds = ['TRANSITION', 'FACT', 'LOOK', 'REFUSED_LOOK', 'SEARCH', 'EXPORT', 'IMPORT', 'DENIED'] as const;

/** A kind of audit entry, as in `LOOK`. */
export type AuditKind = (typeof auditKinds)[number];

/** One line of an agency's audit trail: insert-only for every login that serves. It holds ids and codes, never personal data. */
@Entity()
export class AuditEntry {
  @IdColumn() id: string;
  @InstantColumn() at: Date;
  @CodeColumn() kind: AuditKind;
  /** Whose trail it stands in: the agency whose database this is. Before `actorAgency` was written down, the actor's agency stood here. */
  @CodeColumn() agency: Agency;
  @Column({ type: 'text' }) actorId: string;
  /** The actor's own agency, another than `agency` when police look at a bank's value. Null only in entries written before it was kept. */
  @CodeColumn({ nullable: true }) actorAgency: Agency | null;
  @Column({ type: 'text', nullable: true }) actorUnit: string | null;
  @Column({ type: 'text', nullable: true }) actorInstitution: string | null;
  /** The institution whose auditors may read it: the thing's, else the actor's. */
  @Column({ type: 'text', nullable: true }) institution: string | null;
  @Column({ type: 'text', nullable: true }) thing: string | null;
  @Column({ type: 'uuid', nullable: true }) thingId: string | null;
  /** Canonical JSON (RFC 8785) as text, so that every byte counts. */
  @Column({ type: 'text' }) body: string;
  /** SHA-256(0x00 ‖ canonical entry); 32 bytes. */
  @Column({ type: 'bytea' }) leaf: Buffer;
}

/** A sealed entry's place in the chain. Only the sealer (worker) writes it. */
@Entity()
export class AuditSeal {
  /** 1, 2, 3 … without a gap. */
  @Column({ type: 'bigint', primary: true }) seq: string;
  @Column({ type: 'uuid' }) entryId: string;
  /** Hash over the previous chain hash, the sequence number and the leaf; 32 bytes. */
  @Column({ type: 'bytea' }) chainHash: Buffer;
}

/** A signed head of the chain: proves everything up to `seq`. */
@Entity()
export class AuditCheckpoint {
  @Column({ type: 'bigint', primary: true }) seq: string;
  /** Sequence number of the checkpoint before it, 0 for the first: none can be taken out unseen. */
  @Column({ type: 'bigint' }) previousSeq: string;
  @Column({ type: 'bytea' }) head: Buffer;
  @InstantColumn() at: Date;
  /** Which key signed. */
  @Column({ type: 'text' }) kid: string;
  /** Ed25519 over `checkpointText`; 64 bytes. */
  @Column({ type: 'bytea' }) signature: Buffer;
}
