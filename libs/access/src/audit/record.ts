import { agencyOf, canonical, newId } from '@lianfang/database';
import type { Caller } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { AuditKind } from './audit-entry.entity';
import { leafOf, type AuditContent } from './leaf';

/** What to write into the audit trail; who did it comes from the caller, whose trail it is from the database. */
export interface AuditRecord {
  /** Given only where the entry shares the id of what it records. */
  readonly id?: string;
  readonly at: Date;
  readonly kind: AuditKind;
  /** Kind and id of the thing it is about, as in `fraud-case`. */
  readonly thing?: string | null;
  readonly thingId?: string | null;
  /** The thing's institution, where it has one. */
  readonly institution?: string | null;
  /** Codes, ids, counts and keyed hashes; never personal data. JSON without numbers that are not integers. */
  readonly body: Readonly<Record<string, unknown>>;
}

/** Writes one audit entry in the caller's transaction: it stands or falls with what it records. Returns its id. */
export async function recordAudit(manager: EntityManager, caller: Caller, record: AuditRecord): Promise<string> {
  const content: AuditContent = {
    id: record.id ?? newId(),
    at: record.at,
    kind: record.kind,
    agency: agencyOf(manager),
    actorId: caller.id,
    actorAgency: caller.agency,
    actorUnit: caller.unit,
    actorInstitution: caller.institution,
    institution: record.institution ?? caller.institution,
    thing: record.thing ?? null,
    thingId: record.thingId ?? null,
    body: canonical(record.body),
  };
  const { id, at, kind, agency, actorId, actorAgency, actorUnit, actorInstitution, institution, thing, thingId, body } = content;
  await manager.query(insertEntry, [id, at, kind, agency, actorId, actorAgency, actorUnit, actorInstitution, institution, thing, thingId, body, leafOf(content)]);
  return id;
}

const insertEntry = `
  insert into audit_entry (id, at, kind, agency, actor_id, actor_agency, actor_unit, actor_institution, institution, thing, thing_id, body, leaf)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13)`;
