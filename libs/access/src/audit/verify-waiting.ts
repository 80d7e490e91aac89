import { entryColumns, type Reader } from './audit-rows';
import type { AuditFault } from './fault';
import { leafOf, type AuditContent } from './leaf';

const unsealedEntries = `
  select ${entryColumns}, waiting.entry_id is not null as "isQueued",
         coalesce(extract(epoch from clock_timestamp() - waiting.enqueued_at) > $1, false) as "isLate"
  from audit_entry entry left join audit_unsealed waiting on waiting.entry_id = entry.id
  where not exists (select from audit_seal seal where seal.entry_id = entry.id)
  order by entry.id`;

const queuedWithoutEntry = `
  select waiting.entry_id as id
  from audit_unsealed waiting
  where not exists (select from audit_entry entry where entry.id = waiting.entry_id)
  order by waiting.entry_id`;

type UnsealedRow = AuditContent & { readonly leaf: Buffer; readonly isQueued: boolean; readonly isLate: boolean };

/** What is wrong with the entries that no seal covers yet: changed, out of the queue, waiting longer than `seconds`, or gone. */
export async function findWaitingFaults(reader: Reader, seconds: number): Promise<{ count: number; faults: AuditFault[] }> {
  const { rows } = await reader.query<UnsealedRow>(unsealedEntries, [seconds]);
  const { rows: gone } = await reader.query<{ id: string }>(queuedWithoutEntry);
  const faults = [...rows.flatMap(faultOf), ...gone.map(({ id }) => fault('QUEUED_ENTRY_MISSING', id))];
  return { count: rows.length, faults };
}

function faultOf({ isQueued, isLate, leaf, ...entry }: UnsealedRow): AuditFault[] {
  if (!leafOf(entry).equals(leaf)) return [fault('LEAF_DIFFERS', entry.id)];
  if (!isQueued) return [fault('ENTRY_NOT_QUEUED', entry.id)];
  return isLate ? [fault('UNSEALED_TOO_LONG', entry.id)] : [];
}

const fault = (code: AuditFault['code'], entryId: string): AuditFault => ({ code, seq: null, entryId });
