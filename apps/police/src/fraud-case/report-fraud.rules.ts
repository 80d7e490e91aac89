import { isBlank, refuse, type Refusal } from '@lianfang/vocabulary';
import type { PoliceSettings } from '../settings';
import { refuseLongList } from './findings';
import { personWith, type NamedPerson } from './named-persons';
import type { ReportFraudInput } from './report-fraud.input';

/** What the rules of a report look at: the report as typed, and the persons as far as they could be read. */
export interface ReportFacts {
  readonly input: ReportFraudInput;
  readonly persons: readonly NamedPerson[];
  readonly settings: PoliceSettings['fraudCase'];
}

/** One rule of a report: its refusals, or nothing. */
export type ReportRule = (facts: ReportFacts) => Refusal | Refusal[] | undefined;

/** At least one transfer, and no more than one submission carries. @law 86-12 */
export const hasTransfers: ReportRule = ({ input, settings: { longestList } }) => {
  if (input.transfers.length === 0) return refuse('TRANSFER_NEEDED', { path: 'transfers', law: '86-12' });
  return refuseLongList(input.transfers, 'transfers', longestList);
};

/** No more leads than one submission carries. */
export const hasNotTooManyLeads: ReportRule = ({ input, settings: { longestList } }) => refuseLongList(input.leads ?? [], 'leads', longestList);

/** Somebody can be called: the reporter, the deceived person or a contact. */
export const hasContact: ReportRule = ({ input }) => {
  const persons = [input.reporter, input.deceived, input.payer];
  return persons.every((person) => isBlank(person?.phone) && isBlank(person?.contact?.phone)) ? refuse('CONTACT_NEEDED', { path: 'reporter.phone' }) : undefined;
};

/** The dead do not report. */
export const reporterIsAlive: ReportRule = ({ input, persons }) =>
  (input.reporter.isDeceased ?? false) || (personWith(persons, 'REPORTER')?.isDeceased ?? false) ? refuse('DECEASED_CANNOT_REPORT', { path: 'reporter' }) : undefined;

/** The signed form is there; or, where a unit allows it, incident number, recording number and the id read out stand in for it. @law 86-9 */
export const formOrPhoneLane: ReportRule = ({ input, settings }) => {
  if (input.applicationForm) return undefined;
  const law = '86-9';
  if (settings.formRequiredFirst) return refuse('FORM_REQUIRED_FIRST', { path: 'applicationForm', law });
  const missing = [
    isBlank(input.incidentNumber) ? refuse('PHONE_LANE_INCIDENT_NUMBER', { path: 'incidentNumber', law }) : undefined,
    isBlank(input.recordingNumber) ? refuse('PHONE_LANE_RECORDING', { path: 'recordingNumber', law }) : undefined,
    input.idReadOut && input.reporter.idDocument ? undefined : refuse('PHONE_LANE_ID_READ_OUT', { path: 'idReadOut', law }),
  ].filter((refusal) => refusal !== undefined);
  return missing.length > 0 ? missing : undefined;
};

/** The rules of a report, in the order in which they are told. */
export const reportRules: readonly ReportRule[] = [hasTransfers, hasNotTooManyLeads, hasContact, reporterIsAlive, formOrPhoneLane];
