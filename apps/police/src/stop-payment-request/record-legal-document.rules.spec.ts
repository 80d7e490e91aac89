import { documentRules, hasNoDocument, refuseDocument, wasOrdered } from './record-legal-document.rules';

const facts = { state: 'STOPPED', orderedAt: new Date('2026-05-06T04:00:00Z'), legalDocumentNumber: null } as const;

test('a document follows an order that was given', () => {
  for (const state of ['ORDERED', 'RECEIVED', 'STOPPED', 'RELEASE_ORDERED', 'RELEASED', 'EXPIRED_UNCONFIRMED', 'EXPIRED'] as const) expect(wasOrdered({ ...facts, state })).toBeUndefined();
  for (const state of ['PROPOSED', 'RETURNED', 'CANCELLED'] as const) expect(wasOrdered({ ...facts, state, orderedAt: null })).toMatchObject({ code: 'WRONG_STATE', parameters: { state } });
});

test('a stop that was not executed needs none', () => {
  expect(wasOrdered({ ...facts, state: 'NOT_EXECUTED' })).toMatchObject({ code: 'WRONG_STATE' });
});

test('a document on record is not exchanged', () => {
  expect(hasNoDocument(facts)).toBeUndefined();
  expect(hasNoDocument({ ...facts, legalDocumentNumber: '虚公止字〔2026〕1号' })).toMatchObject({ code: 'LEGAL_DOCUMENT_RECORDED' });
});

test('every rule is asked', () => {
  expect(documentRules).toEqual([wasOrdered, hasNoDocument]);
  expect(refuseDocument(facts)).toBeUndefined();
  expect(refuseDocument({ ...facts, orderedAt: null })?.code).toBe('WRONG_STATE');
});
