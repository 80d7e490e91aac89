import { HOUR } from '@lianfang/vocabulary';
import { missingForFreeze, nextFreezeNotice, type FreezeFacts } from './freeze-readiness.rules';

const ready: FreezeFacts = {
  fraudCase: { state: 'CASE_OPENED', openingDocumentNumber: '虚公立字〔2026〕1号', formState: 'SIGNED', lossFen: 300_000n },
  request: { legalDocumentNumber: '虚公止字〔2026〕1号' },
  thresholdFen: 300_000n,
};
const codes = (fraudCase: Partial<FreezeFacts['fraudCase']>, request = ready.request): string[] =>
  missingForFreeze({ ...ready, fraudCase: { ...ready.fraudCase, ...fraudCase }, request }).map(({ code }) => code);

test('nothing is missing for a freeze when the case is opened, its papers are there and the loss reaches the threshold', () => {
  expect(missingForFreeze(ready)).toEqual([]);
});

test('each missing part is named', () => {
  expect(codes({ state: 'VERIFYING' })).toEqual(['FREEZE_LACKS_CASE_OPENED']);
  expect(codes({ openingDocumentNumber: null })).toEqual(['FREEZE_LACKS_OPENING_DOCUMENT']);
  expect(codes({ formState: 'DUE' })).toEqual(['FREEZE_LACKS_FORM']);
  expect(codes({}, { legalDocumentNumber: null })).toEqual(['FREEZE_LACKS_LEGAL_DOCUMENT']);
  expect(codes({ lossFen: 299_999n })).toEqual(['FREEZE_BELOW_THRESHOLD']);
});

test('the next notice is the first that still lies ahead', () => {
  const expiresAt = new Date('2026-05-08T04:00:00Z');
  const before = (hours: number): Date => new Date(expiresAt.getTime() - hours * HOUR);
  const notices = [24, 12, 6].map((hours) => hours * HOUR);

  expect(nextFreezeNotice(expiresAt, before(48), notices)).toEqual(before(24));
  expect(nextFreezeNotice(expiresAt, before(24), notices)).toEqual(before(12));
  expect(nextFreezeNotice(expiresAt, before(7), notices)).toEqual(before(6));
  expect(nextFreezeNotice(expiresAt, before(6), notices)).toBeUndefined();
});
