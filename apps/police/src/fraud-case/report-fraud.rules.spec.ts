import { people } from '@lianfang/testing';
import { defaultSettings, readSettings } from '../settings';
import { aPhoneReport, aReport, asTyped, aTransfer } from '../testing/fraud-report';
import { formOrPhoneLane, hasContact, hasNotTooManyLeads, hasTransfers, reporterIsAlive, type ReportRule } from './report-fraud.rules';
import type { ReportFraudInput } from './report-fraud.input';

const codes = (rule: ReportRule, input: ReportFraudInput, settings = defaultSettings.fraudCase): string[] => [rule({ input, settings, persons: [] }) ?? []].flat().map(({ code }) => code);

it('a report has one transfer at least, and no more than one submission carries', () => {
  expect(codes(hasTransfers, aReport())).toEqual([]);
  expect(codes(hasTransfers, aReport({ transfers: [] }))).toEqual(['TRANSFER_NEEDED']);
  expect(codes(hasTransfers, aReport({ transfers: Array.from({ length: 501 }, () => aTransfer()) }))).toEqual(['LIST_TOO_LONG']);
});

it('a report has no more leads than one submission carries', () => {
  expect(codes(hasNotTooManyLeads, aReport({ leads: Array.from({ length: 501 }, () => ({ kind: 'APP', value: '虚构' })) }))).toEqual(['LIST_TOO_LONG']);
});

it('somebody can be called: the phone of a contact is enough', () => {
  expect(codes(hasContact, aReport({ reporter: asTyped(people.victim, { phone: null }) }))).toEqual([]);
  expect(codes(hasContact, aReport({ reporter: asTyped(people.victim, { phone: null, contact: null }) }))).toEqual(['CONTACT_NEEDED']);
});

it('the dead do not report', () => {
  expect(codes(reporterIsAlive, aReport({ reporter: asTyped(people.victim, { isDeceased: true }) }))).toEqual(['DECEASED_CANNOT_REPORT']);
});

it('form or phone lane: one of them is whole', () => {
  expect(codes(formOrPhoneLane, aReport())).toEqual([]);
  expect(codes(formOrPhoneLane, aPhoneReport())).toEqual([]);
  expect(codes(formOrPhoneLane, aPhoneReport({ reporter: asTyped(people.victim, { idDocument: null }) }))).toEqual(['PHONE_LANE_ID_READ_OUT']);
  expect(codes(formOrPhoneLane, aPhoneReport(), readSettings({ fraudCase: { formRequiredFirst: true } }).fraudCase)).toEqual(['FORM_REQUIRED_FIRST']);
});
