import { caseRules, goesOn, hasForm, isAccepted, refuseCase, type CaseFacts } from './stop-payment-case.rules';

const now = new Date('2026-05-06T04:00:00Z');
const facts = (over: Partial<CaseFacts['fraudCase']> = {}): CaseFacts => ({ fraudCase: { state: 'ACCEPTED', formState: 'SIGNED', formDueAt: null, ...over }, now });

test('a stop needs an accepted case (86-9)', () => {
  expect(isAccepted(facts({ state: 'REPORTED' }))).toMatchObject({ code: 'CASE_NOT_ACCEPTED', law: '86-9' });
  for (const state of ['ACCEPTED', 'VERIFYING', 'CASE_OPENED'] as const) expect(refuseCase(facts({ state }))).toEqual([]);
});

test('a stop needs a case that goes on (86-6)', () => {
  for (const state of ['NOT_OPENED', 'MERGED'] as const) expect(goesOn(facts({ state }))).toMatchObject({ code: 'CASE_ENDED' });
  expect(goesOn(facts())).toBeUndefined();
});

test('the form is signed, or its catch-up time runs to its last millisecond', () => {
  expect(hasForm(facts({ formState: 'DUE', formDueAt: new Date(now.getTime() + 1) }))).toBeUndefined();
  expect(hasForm(facts({ formState: 'DUE', formDueAt: now }))).toMatchObject({ code: 'FORM_MISSING', law: '86-9' });
  expect(hasForm(facts({ formState: 'OVERDUE', formDueAt: now }))).toMatchObject({ code: 'FORM_MISSING' });
});

test('every rule is asked', () => {
  expect(caseRules).toEqual([isAccepted, goesOn, hasForm]);
  expect(refuseCase(facts({ state: 'REPORTED', formState: 'OVERDUE' })).map(({ code }) => code)).toEqual(['CASE_NOT_ACCEPTED', 'FORM_MISSING']);
});
