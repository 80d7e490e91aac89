import { sentence } from '@lianfang/vocabulary';
import { refuseApproval, refuseDecided, type ApprovalFacts } from './stop-payment-approval.rules';

const facts = (over: Partial<ApprovalFacts> = {}): ApprovalFacts => ({
  approverId: 'leader', operatorId: 'officer', approverRegion: '990101', requiredLevel: 'COUNTY', isShared: false, reason: null,
  hasLegalDocument: false, legalDocumentMayFollow: true, usedDocumentNumbers: [], ...over,
});
const codes = (over: Partial<ApprovalFacts>): string[] => refuseApproval(facts(over)).map(({ code }) => code);

test('a county leader approves what another person proposed', () => {
  expect(codes({})).toEqual([]);
});

test('two persons: the operator does not approve (86-1)', () => {
  expect(refuseApproval(facts({ approverId: 'officer' }))).toEqual([expect.objectContaining({ code: 'SAME_PERSON', law: '86-1' })]);
});

test.each([['990101', ['LEVEL_TOO_LOW']], ['990100', []], ['990000', []]])('where a city leader is due, a leader of %s gets %j', (approverRegion, expected) => {
  expect(codes({ approverRegion, requiredLevel: 'CITY' })).toEqual(expected);
});

test('the sentence names the level in words', () => {
  const [refusal] = refuseApproval(facts({ requiredLevel: 'CITY' }));

  expect(refusal && [sentence(refusal, 'zh'), sentence(refusal, 'en')]).toEqual(['此事项须由设区的市级以上公安机关负责人审批，请转交其审批。', 'This needs a leader of city level or above; hand it to one.']);
});

test('a shared account needs a reason', () => {
  expect(codes({ isShared: true })).toEqual(['OTHER_UNIT_NEEDS_REASON']);
  expect(codes({ isShared: true, reason: '另有被害人' })).toEqual([]);
});

test('a legal document is due where it may not follow, and its number is used once', () => {
  expect(codes({ legalDocumentMayFollow: false })).toEqual(['LEGAL_DOCUMENT_MISSING']);
  expect(codes({ legalDocumentMayFollow: false, hasLegalDocument: true })).toEqual([]);
  expect(refuseApproval(facts({ usedDocumentNumbers: ['虚公止字〔2026〕1号'] }))).toEqual([expect.objectContaining({ code: 'DOCUMENT_NUMBER_USED', parameters: { number: '虚公止字〔2026〕1号' } })]);
});

test('a batch is decided once, and as it was seen', () => {
  expect(refuseDecided({ decision: 'RETURNED', version: 2 }, 2)).toMatchObject({ code: 'BATCH_DECIDED' });
  expect(refuseDecided({ decision: null, version: 2 }, 1)).toMatchObject({ code: 'CHANGED_MEANWHILE', path: 'version' });
  expect(refuseDecided({ decision: null, version: 2 }, 2)).toBeUndefined();
});
