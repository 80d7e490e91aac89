import { canonical } from '@lianfang/database';
import { transitionBody, type TransitionRow } from '../transition-body';
import type { Reader } from './audit-rows';
import type { AuditFault } from './fault';

/** Rows read at a time. */
const PAGE = 5_000;

const transitionsWithEntries = `
  select transition.id, transition.agency, transition.thing, transition.thing_id as "thingId", transition.case_id as "caseId", transition.action,
         transition.from_state as "fromState", transition.to_state as "toState", transition.version, transition.by_side as "bySide",
         transition.actor_id as "actorId", transition.actor_unit as "actorUnit", transition.actor_institution as "actorInstitution",
         transition.unit, transition.region_code as "regionCode", transition.institution, transition.reason, transition.facts, transition.at,
         entry.body as entry_body, seal.seq,
         entry.agency = transition.agency and coalesce(entry.actor_agency, entry.agency) = transition.agency and entry.thing = transition.thing and entry.thing_id = transition.thing_id and entry.at = transition.at
           and entry.actor_id = transition.actor_id and entry.actor_unit is not distinct from transition.actor_unit
           and entry.actor_institution is not distinct from transition.actor_institution
           and entry.institution is not distinct from coalesce(transition.institution, transition.actor_institution) as same_columns
  from transition
       left join audit_entry entry on entry.id = transition.id and entry.kind = 'TRANSITION'
       left join audit_seal seal on seal.entry_id = transition.id
  where transition.id > $1
  order by transition.id
  limit ${PAGE}`;

const entriesWithoutTransition = `
  select entry.id, seal.seq
  from audit_entry entry left join audit_seal seal on seal.entry_id = entry.id
  where entry.kind = 'TRANSITION' and not exists (select from transition where transition.id = entry.id)
  order by entry.id`;

type JoinedRow = TransitionRow & { readonly entry_body: string | null; readonly same_columns: boolean | null; readonly seq: string | null };

/** Compares every transition with its entry, both ways. */
export async function findTransitionFaults(reader: Reader): Promise<{ count: number; faults: AuditFault[] }> {
  const faults: AuditFault[] = [];
  let count = 0;
  for await (const page of pages(reader)) {
    count += page.length;
    faults.push(...page.flatMap(faultOf));
  }
  const { rows: alone } = await reader.query<{ id: string; seq: string | null }>(entriesWithoutTransition);
  return { count, faults: [...faults, ...alone.map(({ id, seq }): AuditFault => ({ code: 'ENTRY_WITHOUT_TRANSITION', seq, entryId: id }))] };
}

async function* pages(reader: Reader): AsyncGenerator<JoinedRow[]> {
  let after = '00000000-0000-0000-0000-000000000000';
  for (;;) {
    const { rows } = await reader.query<JoinedRow>(transitionsWithEntries, [after]);
    if (rows.length === 0) return;
    yield rows;
    after = rows.at(-1)?.id ?? after;
  }
}

function faultOf(row: JoinedRow): AuditFault[] {
  const { id, seq, entry_body: body } = row;
  if (body === null) return [{ code: 'TRANSITION_WITHOUT_ENTRY', seq, entryId: id }];
  if (row.same_columns === true && body === canonical(transitionBody(row))) return [];
  return [{ code: 'TRANSITION_DIFFERS', seq, entryId: id }];
}
