import { mayDo, move } from '@lianfang/access';
import { newId, once, Sealed } from '@lianfang/database';
import { setDeadline } from '@lianfang/exchange';
import { isRefused, Refused } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { ActionContext } from '../action-context';
import { CaseLead } from './case-lead.entity';
import { mintCaseNumber } from './case-number';
import { CasePerson } from './case-person.entity';
import { leadRow, personRow, transferRow, type RowGround } from './case-rows';
import { CaseTransfer } from './case-transfer.entity';
import { getCase } from './find-case';
import { linkDuplicates, tracesOf } from './find-duplicates.query';
import { FraudCase, targetOf } from './fraud-case.entity';
import { fraudCaseLifecycle } from './fraud-case.lifecycle';
import { readReport, type ReadReport } from './read-report';
import { recordFact } from './record-fact';
import type { ReportFraudInput } from './report-fraud.input';
import { withoutKnownInstitutions } from './known-institution';

/** Takes a report of fraud 接报: the case with its persons, transfers and leads, its likely duplicates, and in the phone lane the clock of the form. */
export async function reportFraud(context: ActionContext, input: ReportFraudInput): Promise<FraudCase | Refused> {
  const { database, caller, clock, settings } = context;
  const now = clock.now();
  const report = readReport(input, { caller, now, settings: settings.fraudCase });
  if (Array.isArray(report)) return new Refused(report);

  return database.asCaller(caller, async (manager) => {
    const submission = { caller, key: input.idempotencyKey, action: 'fraud-case.REPORT', content: input };
    const done = await once(manager, submission, () => enter(manager, { context, report, now }));
    return isRefused(done) ? done : getCase(manager, done.id);
  });
}

interface Entry {
  readonly context: ActionContext;
  readonly report: ReadReport;
  readonly now: Date;
}

async function enter(manager: EntityManager, entry: Entry): Promise<string | Refused> {
  const { context: { caller, directory }, report, now } = entry;
  const denied = mayDo(caller, 'fraud-case.REPORT', { unit: report.unitCode, region: report.regionCode });
  const isOwnUnit = report.unitCode === caller.unit;
  if (denied) return new Refused([isOwnUnit ? denied : { ...denied, path: 'unitCode' }]);
  if (!directory.findUnit(report.unitCode)) return Refused.because('UNIT_NOT_LISTED', { path: 'unitCode', parameters: { unit: report.unitCode } });

  const fraudCase = await newCase(manager, entry);
  const facts = { reportChannel: report.reportChannel, crimeType: report.crimeType, lossFen: String(report.lossFen), formState: fraudCase.formState };
  const refusal = await move(manager, { lifecycle: fraudCaseLifecycle, thing: fraudCase, action: 'REPORT', caller, at: now, target: targetOf(fraudCase), caseId: fraudCase.id, facts });
  if (refusal) return new Refused([refusal]);

  await manager.insert(FraudCase, fraudCase);
  if (fraudCase.formDueAt) {
    await setDeadline(manager, { thing: 'fraud-case', thingId: fraudCase.id, action: 'FORM_OVERDUE', dueAt: fraudCase.formDueAt });
    await recordFact(manager, caller, { of: fraudCase, kind: 'FORM_DUE', at: now });
  }
  await enterRows(manager, fraudCase, entry);
  return fraudCase.id;
}

/** A case that is not yet moved: `move` gives it state and version. */
async function newCase(manager: EntityManager, { context: { caller, settings }, report, now }: Entry): Promise<FraudCase> {
  const { persons, narrative, transfers: _transfers, leads: _leads, form, warnings, ...columns } = report;
  return Object.assign(new FraudCase(), {
    ...columns,
    id: newId(),
    caseNumber: await mintCaseNumber(manager, report.unitCode, now),
    narrativeSealed: Sealed.of(narrative),
    currency: 'CNY',
    concernsMinor: persons.some(({ person }) => person.isMinor),
    formState: form ? ('SIGNED' as const) : ('DUE' as const),
    formDueAt: form ? null : new Date(now.getTime() + settings.fraudCase.formCatchUp),
    formSignedAt: form?.signedAt ?? null,
    formHash: form?.hash ?? null,
    storedWarnings: await withoutKnownInstitutions(manager, warnings, report.transfers),
    acceptedAt: null, receipt: null, entryDueAt: null, decidedAt: null, caseOpenedAt: null, openingDocumentNumber: null, notOpeningDocumentNumber: null, mergedIntoId: null,
    reportedById: caller.id, acceptedById: null, decidedById: null,
    createdAt: now,
  });
}

async function enterRows(manager: EntityManager, fraudCase: FraudCase, { context: { caller, keyring, settings }, report, now }: Entry): Promise<void> {
  const ground: RowGround = { of: fraudCase, keyring, now };
  const persons = report.persons.map((person) => personRow(person, ground));
  const payerPersonId = persons.find(({ parts }) => parts.includes('PAYER'))?.id ?? null;
  const transfers = report.transfers.map((transfer, index) => transferRow(transfer, { position: index + 1, payerPersonId }, ground));
  await manager.insert(CasePerson, persons);
  await manager.insert(CaseTransfer, transfers);
  if (report.leads.length > 0) await manager.insert(CaseLead, report.leads.map((lead) => leadRow(lead, ground)));

  const traces = tracesOf(transfers, persons.filter(({ parts }) => parts.includes('DECEIVED')), ground);
  const { pairs } = await linkDuplicates(manager, traces, { ...ground, within: settings.fraudCase.sameTransferWithin });
  if (pairs > 0) await recordFact(manager, caller, { of: fraudCase, kind: 'DUPLICATES_FOUND', at: now, facts: { pairs } });
}
