import { canonical, sha256 } from '@lianfang/database';
import type { AuditEntry } from './audit-entry.entity';

/** What an entry says, without its leaf. */
export type AuditContent = Omit<AuditEntry, 'leaf'>;

/**
 * The canonical form of an entry: every column by name, the instant in UTC with milliseconds, the body as its exact text.
 * An entry from before `actorAgency` was kept has no such name in it, so that its leaf stays the one that was written.
 */
export const canonicalEntry = (entry: AuditContent): string =>
  canonical({
    id: entry.id,
    at: entry.at.toISOString(),
    kind: entry.kind,
    agency: entry.agency,
    actorId: entry.actorId,
    ...(entry.actorAgency === null ? {} : { actorAgency: entry.actorAgency }),
    actorUnit: entry.actorUnit,
    actorInstitution: entry.actorInstitution,
    institution: entry.institution,
    thing: entry.thing,
    thingId: entry.thingId,
    body: entry.body,
  });

/** The entry's leaf, as a Merkle tree leaf is hashed (RFC 9162 §2.1.1): SHA-256(0x00 ‖ canonical entry). */
export const leafOf = (entry: AuditContent): Buffer => leafOfText(canonicalEntry(entry));

/** The leaf of an entry that is already in canonical form. */
export const leafOfText = (text: string): Buffer => sha256(Buffer.concat([Buffer.of(0x00), Buffer.from(text, 'utf8')]));

/** The chain before its first entry: bound to the agency, so that one agency's trail cannot pass for another's. */
export const chainStart = (agency: string): Buffer => sha256(`lianfang audit chain v1\n${agency}\n`);

/** The chain hash after an entry: SHA-256(0x02 ‖ previous ‖ seq as 8 bytes ‖ leaf). */
export function chainNext(previous: Buffer, seq: bigint, leaf: Buffer): Buffer {
  const place = Buffer.alloc(8);
  place.writeBigUInt64BE(seq);
  return sha256(Buffer.concat([Buffer.of(0x02), previous, place, leaf]));
}
