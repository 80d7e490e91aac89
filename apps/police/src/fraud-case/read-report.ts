import {
  chainLinkOf, chainLinks, contactModes, crimeTypes, fraudChannels, fraudVectors, messengers, parseFreeText, parsePoliceUnitCode, parseSha256Hash,
  parseYuan, personalInformationSources, regionOfUnit, reportChannels, sourcePlatforms, warn, warnOfUnusualLead, type Caller, type ChainCode,
  type CrimeType, type Refusal,
} from '@lianfang/vocabulary';
import type { PoliceSettings } from '../settings';
import { Findings, readCode, readReference } from './findings';
import { readPersons, type NamedPerson } from './named-persons';
import { warnOfAnotherPerson } from './narrative.rules';
import { readLead } from './read-lead';
import { readPast, readTransfer, settlementCodeOf, warnOfRepeats, type ReadTransfer } from './read-transfer';
import { reportRules } from './report-fraud.rules';
import type { ApplicationFormInput, ReportFraudInput } from './report-fraud.input';

/** What reading a report needs beside it. */
export interface ReportReading {
  readonly caller: Caller;
  readonly now: Date;
  readonly settings: PoliceSettings['fraudCase'];
}

/** A report as read: every value trusted. */
export type ReadReport = NonNullable<ReturnType<typeof assemble>>;

/** Reads a whole report; all refusals come back at once, each with its path, or the report with its doubts. */
export function readReport(input: ReportFraudInput, reading: ReportReading): ReadReport | Refusal[] {
  const findings = new Findings();
  const report = assemble(input, reading, findings);
  findings.refusals.push(...reportRules.flatMap((rule) => rule({ input, settings: reading.settings, persons: report?.persons ?? [] }) ?? []));
  return findings.refusals.length > 0 || report === undefined ? findings.refusals : report;
}

function assemble(input: ReportFraudInput, { caller, now, settings }: ReportReading, findings: Findings) {
  const place = readPlace(input, caller, findings);
  const times = readTimes(input, now, findings);
  const words = readWords(input, findings);
  const persons = readPersons(input, { findings, now, elderAge: settings.elderAge });
  const narrative = findings.keep(parseFreeText(input.narrative, 'narrative', settings.longestNarrative));
  const incidentNumber = findings.keepOptional(input.incidentNumber, (text) => readReference(text, 'incidentNumber'));
  const recordingNumber = findings.keepOptional(input.recordingNumber, (text) => readReference(text, 'recordingNumber'));
  const form = input.applicationForm ? readForm(input.applicationForm, { path: 'applicationForm', now, findings }) : null;
  const noticeVersion = findings.keepOptional(input.noticeVersion, (text) => parseFreeText(text, 'noticeVersion', 40));
  const transfers = readTransfers(input, { now, reportedAt: times?.reportedAt ?? now, findings });
  const leads = (input.leads ?? []).map((lead, index) => readLead(lead, `leads.${index}`, findings)).filter((lead) => lead !== undefined);
  const amounts = readAmounts(input, transfers, findings);
  if (!place || !times || !words || narrative === undefined || form === undefined || !amounts) return undefined;

  warnOfReport(input, { persons, narrative, hasForm: form !== null }, findings);
  return {
    ...place, ...times, ...words, ...amounts, persons, narrative, transfers, leads, form,
    chainCodes: withSettlement(words.chainCodes, transfers),
    incidentNumber: incidentNumber ?? null,
    recordingNumber: recordingNumber ?? null,
    noticeVersion: noticeVersion ?? settings.noticeVersion,
    idReadOut: input.idReadOut ?? false,
    phoneControlled: input.phoneControlled ?? false,
    callsForwarded: input.callsForwarded ?? false,
    screenShared: input.screenShared ?? false,
    liabilityDeclared: input.liabilityDeclared ?? false,
    warnings: findings.warnings,
  };
}

function readPlace(input: ReportFraudInput, caller: Caller, findings: Findings) {
  const reportChannel = findings.keep(readCode(reportChannels, input.reportChannel, 'reportChannel'));
  const named = findings.keepOptional(input.unitCode, (text) => parsePoliceUnitCode(text, 'unitCode'));
  const unitCode = named ?? caller.unit;
  if (unitCode === null || named === undefined || reportChannel === undefined) return undefined;
  return { reportChannel, unitCode, regionCode: named ? regionOfUnit(named) : (caller.region ?? regionOfUnit(unitCode)) };
}

function readTimes(input: ReportFraudInput, now: Date, findings: Findings) {
  const past = (path: 'reportedAt' | 'incidentAt' | 'firstContactAt') => findings.keepOptional(input[path], (text) => readPast(text, path, now));
  const [reportedAt, incidentAt, firstContactAt] = [past('reportedAt'), past('incidentAt'), past('firstContactAt')] as const;
  if (reportedAt === undefined || incidentAt === undefined || firstContactAt === undefined) return undefined;
  return { reportedAt: reportedAt ?? now, incidentAt, firstContactAt };
}

function readWords(input: ReportFraudInput, findings: Findings) {
  const channel = findings.keep(readCode(fraudChannels, input.channel, 'channel'));
  const vector = findings.keep(readCode(fraudVectors, input.vector, 'vector'));
  const crimeType = findings.keep(readCode(crimeTypes, input.crimeType, 'crimeType'));
  const platform = findings.keepOptional(input.platform, (text) => readCode(sourcePlatforms, text, 'platform'));
  const messenger = findings.keepOptional(input.messenger, (text) => readCode(messengers, text, 'messenger'));
  const contactMode = findings.keepOptional(input.contactMode, (text) => readCode(contactModes, text, 'contactMode'));
  const source = findings.keepOptional(input.personalInformationSource, (text) => readCode(personalInformationSources, text, 'personalInformationSource'));
  const secondary = readCodes(crimeTypes, { texts: input.secondaryCrimeTypes, path: 'secondaryCrimeTypes' }, findings);
  const chainCodes = readCodes(chainLinks, { texts: input.chainCodes, path: 'chainCodes' }, findings);
  if (!channel || !vector || !crimeType || platform === undefined || messenger === undefined || contactMode === undefined) return undefined;
  warnOfUnusual(chainCodes, crimeType, findings);
  const secondaryCrimeTypes = secondary.filter((type) => type !== crimeType);
  return { channel, vector, crimeType, platform, messenger, contactMode, personalInformationSource: source ?? ('UNKNOWN' as const), secondaryCrimeTypes, chainCodes };
}

function readCodes<Table extends object>(table: Table, { texts = [], path }: { texts: readonly string[] | undefined; path: string }, findings: Findings) {
  const codes = texts.map((text, index) => findings.keep(readCode(table, text, `${path}.${index}`))).filter((code) => code !== undefined);
  return [...new Set(codes)];
}

function warnOfUnusual(codes: readonly ChainCode[], crimeType: CrimeType, findings: Findings): void {
  const leads = codes.filter((code) => chainLinkOf(code) === 'L1');
  findings.doubt(...leads.map((code) => warnOfUnusualLead(code, crimeType, `chainCodes.${codes.indexOf(code)}`)));
}

/** Reads a signed form: signed in the past, its scan by hash. */
export function readForm(input: ApplicationFormInput, { path, now, findings }: { path: string; now: Date; findings: Findings }) {
  const signedAt = findings.keep(readPast(input.signedAt, `${path}.signedAt`, now));
  const hash = findings.keepOptional(input.sha256, (text) => parseSha256Hash(text, `${path}.sha256`));
  return signedAt === undefined || hash === undefined ? undefined : { signedAt, hash };
}

function readTransfers(input: ReportFraudInput, reading: Parameters<typeof readTransfer>[2]): ReadTransfer[] {
  const transfers = input.transfers.map((transfer, index) => readTransfer(transfer, `transfers.${index}`, reading));
  warnOfRepeats(transfers, reading.findings);
  return transfers.filter((transfer) => transfer !== undefined);
}

/** The loss in fen: the transfers in yuan that are a loss. */
export const lossOf = (transfers: readonly Pick<ReadTransfer, 'isLoss' | 'amount'>[]): bigint =>
  transfers.reduce((sum, { isLoss, amount }) => (isLoss && amount.currency === 'CNY' ? sum + amount.fen : sum), 0n);

function readAmounts(input: ReportFraudInput, transfers: readonly ReadTransfer[], findings: Findings) {
  const stated = findings.keepOptional(input.statedLoss, (text) => parseYuan(text, 'statedLoss', { zeroAllowed: true }));
  const attempted = findings.keepOptional(input.attemptedAmount, (text) => parseYuan(text, 'attemptedAmount', { zeroAllowed: true }));
  if (stated === undefined || attempted === undefined) return undefined;
  const lossFen = lossOf(transfers);
  if (stated !== null && stated.fen !== lossFen) findings.doubt(warn('LOSS_DIFFERS', 'statedLoss'));
  return { lossFen, attemptedFen: attempted?.fen ?? lossOf(transfers.map((transfer) => ({ ...transfer, isLoss: !transfer.isLoss }))) };
}

function withSettlement(codes: readonly ChainCode[], transfers: readonly ReadTransfer[]): ChainCode[] {
  return [...new Set<ChainCode>([...codes, ...transfers.map(({ payee }) => settlementCodeOf(payee))])];
}

interface Told {
  readonly persons: readonly NamedPerson[];
  readonly narrative: string;
  readonly hasForm: boolean;
}

function warnOfReport(input: ReportFraudInput, { persons, narrative, hasForm }: Told, findings: Findings): void {
  const names = persons.flatMap(({ person }) => [person.name, ...(person.contact ? [person.contact.name] : [])]);
  const idNumbers = persons.flatMap(({ person }) => [person.document?.number, person.contact?.agent.document?.number].filter((number) => number !== undefined));
  findings.doubt(warnOfAnotherPerson(narrative, { names, idNumbers }));
  if (input.phoneControlled || input.callsForwarded || input.screenShared) findings.doubt(warn('PHONE_NOT_SAFE', input.deceived ? 'deceived.phone' : 'reporter.phone'));
  if (hasForm && !input.liabilityDeclared) findings.doubt(warn('LIABILITY_NOT_DECLARED', 'liabilityDeclared'));
}
