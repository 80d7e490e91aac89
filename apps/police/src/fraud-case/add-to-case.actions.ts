import { isId } from '@lianfang/database';
import { cancelDeadlines } from '@lianfang/exchange';
import { refuse, Refused, type Refusal } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { ActionContext } from '../action-context';
import { CaseLead } from './case-lead.entity';
import { CasePerson } from './case-person.entity';
import { leadRow, transferRow, type RowGround } from './case-rows';
import { CaseTransfer } from './case-transfer.entity';
import type { AddCaseLeadsInput, AddCaseTransfersInput } from './case-transfer.input';
import { changeCase } from './change-case';
import { linkDuplicates, tracesOf } from './find-duplicates.query';
import { Findings, refuseLongList } from './findings';
import type { FraudCase } from './fraud-case.entity';
import type { SignApplicationFormInput } from './fraud-case.input';
import { isNotSignedYet } from './fraud-case.rules';
import { withoutKnownInstitutions } from './known-institution';
import { readLead } from './read-lead';
import { readForm } from './read-report';
import { readTransfer, warnOfRepeats, type ReadTransfer } from './read-transfer';
import { recordFact } from './record-fact';

/** Adds transfers that became known later, or corrections: the corrected row stays and no longer counts in the loss. */
export async function addCaseTransfers(context: ActionContext, input: AddCaseTransfersInput): Promise<FraudCase | Refused> {
  const { caller, keyring, settings: { fraudCase: settings } } = context;
  return changeCase(context, { input, action: 'ADD_TRANSFERS' }, async (manager, fraudCase, now) => {
    const findings = new Findings();
    const long = input.transfers.length === 0 ? refuse('TRANSFER_NEEDED', { path: 'transfers' }) : refuseLongList(input.transfers, 'transfers', settings.longestList);
    const read = input.transfers.map((transfer, index) => readTransfer(transfer, `transfers.${index}`, { findings, now, reportedAt: fraudCase.reportedAt }));
    if (long) findings.refusals.unshift(long);
    findings.refusals.push(...(await refuseCorrections(manager, { of: fraudCase, table: 'case_transfer', path: 'transfers', ids: input.transfers.map(({ correctsId }) => correctsId) })));
    if (findings.refusals.length > 0) return findings.refusals;

    warnOfRepeats(read, findings);
    const ground: RowGround = { of: fraudCase, keyring, now };
    await addRows(manager, { fraudCase, ground, read: read.filter((transfer) => transfer !== undefined), within: settings.sameTransferWithin, context });
    fraudCase.storedWarnings = [...fraudCase.storedWarnings, ...(await withoutKnownInstitutions(manager, findings.warnings, read))];
    fraudCase.lossFen = await sumLoss(manager, fraudCase.id);
    await recordFact(manager, caller, { of: fraudCase, kind: 'TRANSFERS_ADDED', at: now, facts: { transfers: read.length, lossFen: String(fraudCase.lossFen) } });
    return [];
  });
}

interface Addition {
  readonly fraudCase: FraudCase;
  readonly ground: RowGround;
  readonly read: readonly ReadTransfer[];
  readonly within: number;
  readonly context: ActionContext;
}

async function addRows(manager: EntityManager, { fraudCase, ground, read, within, context }: Addition): Promise<void> {
  const persons = await manager.findBy(CasePerson, { caseId: fraudCase.id });
  const last = (await manager.maximum(CaseTransfer, 'position', { caseId: fraudCase.id })) ?? 0;
  const payerPersonId = persons.find(({ parts }) => parts.includes('PAYER'))?.id ?? null;
  const rows = read.map((transfer, index) => transferRow(transfer, { position: last + index + 1, payerPersonId }, ground));
  await manager.insert(CaseTransfer, rows);
  const traces = tracesOf(rows, persons.filter(({ parts }) => parts.includes('DECEIVED')), ground);
  const { pairs } = await linkDuplicates(manager, traces, { ...ground, within });
  if (pairs > 0) await recordFact(manager, context.caller, { of: fraudCase, kind: 'DUPLICATES_FOUND', at: ground.now, facts: { pairs } });
}

/** The loss of a case in fen: its transfers in yuan that are a loss and were not corrected. */
async function sumLoss(manager: EntityManager, caseId: string): Promise<bigint> {
  const [row] = await manager.query<{ loss: string }[]>(
    `select coalesce(sum(amount_fen), 0)::text as loss
     from case_transfer counted
     where case_id = $1 and is_loss and currency = 'CNY'
       and not exists (select from case_transfer correction where correction.corrects_id = counted.id)`,
    [caseId],
  );
  return BigInt(row?.loss ?? '0');
}

/** Adds leads that became known later, or corrections. */
export async function addCaseLeads(context: ActionContext, input: AddCaseLeadsInput): Promise<FraudCase | Refused> {
  const { caller, keyring, settings } = context;
  return changeCase(context, { input, action: 'ADD_LEADS' }, async (manager, fraudCase, now) => {
    const findings = new Findings();
    const long = input.leads.length === 0 ? refuse('LEAD_NEEDED', { path: 'leads' }) : refuseLongList(input.leads, 'leads', settings.fraudCase.longestList);
    const read = input.leads.map((lead, index) => readLead(lead, `leads.${index}`, findings)).filter((lead) => lead !== undefined);
    if (long) findings.refusals.unshift(long);
    findings.refusals.push(...(await refuseCorrections(manager, { of: fraudCase, table: 'case_lead', path: 'leads', ids: input.leads.map(({ correctsId }) => correctsId) })));
    if (findings.refusals.length > 0) return findings.refusals;

    await manager.insert(CaseLead, read.map((lead) => leadRow(lead, { of: fraudCase, keyring, now })));
    fraudCase.storedWarnings = [...fraudCase.storedWarnings, ...findings.warnings];
    await recordFact(manager, caller, { of: fraudCase, kind: 'LEADS_ADDED', at: now, facts: { leads: read.length } });
    return [];
  });
}

/** Records that the form of a report by phone was signed; its clock ends. @law 86-9 */
export async function signApplicationForm(context: ActionContext, input: SignApplicationFormInput): Promise<FraudCase | Refused> {
  const findings = new Findings();
  const form = readForm(input.applicationForm, { path: 'applicationForm', now: context.clock.now(), findings });
  if (!form) return new Refused(findings.refusals);
  return changeCase(context, { input, action: 'SIGN_FORM' }, async (manager, fraudCase, now) => {
    const refusal = input.version === fraudCase.version ? isNotSignedYet(fraudCase) : refuse('CHANGED_MEANWHILE', { path: 'version' });
    if (refusal) return [refusal];
    const wasOverdue = fraudCase.formState === 'OVERDUE';
    Object.assign(fraudCase, { formState: 'SIGNED', formSignedAt: form.signedAt, formHash: form.hash, liabilityDeclared: fraudCase.liabilityDeclared || (input.liabilityDeclared ?? false) });
    await cancelDeadlines(manager, { thingId: fraudCase.id, actions: ['FORM_OVERDUE'] });
    await recordFact(manager, context.caller, { of: fraudCase, kind: 'FORM_SIGNED', at: now, facts: { wasOverdue } });
    return [];
  });
}

interface Corrections {
  readonly of: FraudCase;
  readonly table: 'case_transfer' | 'case_lead';
  readonly path: string;
  readonly ids: readonly (string | null | undefined)[];
}

/** What is corrected stands in this case, and was not corrected before, here or twice in one list. */
async function refuseCorrections(manager: EntityManager, { of, table, path, ids }: Corrections): Promise<Refusal[]> {
  const named = ids.filter((id) => id !== null && id !== undefined);
  if (named.length === 0) return [];
  const rows = await manager.query<{ id: string; corrected: boolean }[]>(
    `select id, exists (select from ${table} correction where correction.corrects_id = row.id) as corrected
     from ${table} row where case_id = $1 and id = any($2)`,
    [of.id, named.filter(isId)],
  );
  return ids.flatMap((id, index) => {
    if (id === null || id === undefined) return [];
    const row = rows.find((known) => known.id === id);
    const at = { path: `${path}.${index}.correctsId` };
    if (!row) return [refuse('CORRECTED_UNKNOWN', at)];
    return row.corrected || ids.indexOf(id) < index ? [refuse('CORRECTED_ALREADY', at)] : [];
  });
}
