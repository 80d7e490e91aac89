import { newId } from '@lianfang/database';
import { people, type InventedPerson } from '@lianfang/testing';
import type { CasePersonInput } from '../fraud-case/case-person.input';
import type { CaseTransferInput } from '../fraud-case/case-transfer.input';
import type { ReportFraudInput } from '../fraud-case/report-fraud.input';

/** A person as a report names them. */
export const asTyped = ({ name, idNumber, phone }: InventedPerson, over: Partial<CasePersonInput> = {}): CasePersonInput => ({
  name, phone, idDocument: { kind: 'CITIZEN_ID', number: idNumber }, contact: { relation: 'FAMILY', name: people.daughter.name, phone: people.daughter.phone }, ...over,
});

/** A transfer of the victim to a holder: ¥30,000 by mobile banking at half past eleven on the day of the scene. */
export const aTransfer = (holder: InventedPerson = people.holder, over: Partial<CaseTransferInput> = {}): CaseTransferInput => ({
  payerAccountNumber: people.victim.account,
  payerInstitution: people.victim.institution,
  payee: { kind: 'BANK_CARD', identifier: holder.account, holderName: holder.name, institution: holder.institution },
  amount: '30000.00',
  transferredAt: '2026-05-06 11:30:00',
  channel: 'MOBILE_BANKING',
  ...over,
});

/** A report at a station's desk, with the signed form; wishes replace parts of it. */
export const aReport = (over: Partial<ReportFraudInput> = {}): ReportFraudInput => ({
  idempotencyKey: newId(),
  reportChannel: 'POLICE_STATION',
  applicationForm: { signedAt: '2026-05-06 11:50:00' },
  liabilityDeclared: true,
  reporter: asTyped(people.victim),
  channel: 'PHONE',
  vector: 'OTHER',
  crimeType: 'T01',
  chainCodes: ['L1.01'],
  narrative: '接到自称公检法的电话，按要求转账。',
  transfers: [aTransfer()],
  ...over,
});

/** The same report by phone: incident, recording, the id read out, and no form yet. */
export const aPhoneReport = (over: Partial<ReportFraudInput> = {}): ReportFraudInput =>
  aReport({ reportChannel: 'HOTLINE_110', applicationForm: null, incidentNumber: '20260506-0001', recordingNumber: 'REC-0001', idReadOut: true, ...over });
