import { notExecutedReasons } from '@lianfang/vocabulary';
import type { StopDraft } from './stop-draft';
import { stopPaymentRequestLifecycle } from './stop-payment-request.lifecycle';
import { isRetriable, nextOrdinal, type ProposalFacts, refuseCorrection, refuseDraft, refuseSecondStop } from './stop-payment-request.rules';

const draft: StopDraft = {
  position: 0, path: 'items.0', transferId: null, parentRequestId: null, correctsId: null, previousStopId: null, layer: 1, payeeKind: 'BANK_CARD', accountNumber: '9900010000000000001',
  holderName: null, factFen: 100n, currency: 'CNY', transferredAt: new Date(0), institution: 'B001', institutionSource: 'STATED', channel: 'LOCAL', externalApplicationNumber: null,
  holdFen: null, payer: null, legalDocumentNumber: null, legalDocumentHash: null, warnings: [],
};
const stop = (over: Partial<ProposalFacts['standing'][number]> = {}): ProposalFacts['standing'][number] => ({ id: 'other', unitCode: 'us', caseId: 'other case', counting: 'COUNTED', ...over });
const codes = ({ draft: changes = {}, ...over }: Partial<Omit<ProposalFacts, 'draft'>> & { draft?: Partial<StopDraft> } = {}): string[] =>
  refuseDraft({
    draft: { ...draft, ...changes }, unitCode: 'us', caseId: 'case', standing: [], isListed: true, isPayingAccount: false, twin: null, isExternalNumberUsed: false, paidInFen: 100n, ...over,
  }).map(({ code }) => code);

test('a stop of a listed institution’s account is proposed', () => {
  expect(codes()).toEqual([]);
});

test('an order needs an institution that the directory lists (86-1)', () => {
  expect(codes({ draft: { institution: null }, isListed: false })).toEqual(['INSTITUTION_UNKNOWN']);
  expect(codes({ isListed: false })).toEqual(['INSTITUTION_NOT_LISTED']);
});

test('the paying account is no target', () => {
  expect(codes({ isPayingAccount: true })).toEqual(['PAYING_ACCOUNT']);
});

test('one order per account in a batch', () => {
  expect(codes({ twin: 0 })).toEqual(['ACCOUNT_TWICE_IN_BATCH']);
});

test.each<[string, ProposalFacts['standing'], string[]]>([
  ['another unit has two', [stop({ unitCode: 'they' }), stop({ unitCode: 'they' })], []],
  ['ours has one in another case', [stop()], []],
  ['ours has one under way in another case', [stop({ counting: 'UNDER_WAY' })], []],
  ['ours has two', [stop(), stop()], ['THIRD_STOP']],
  ['ours has one, and one under way', [stop(), stop({ counting: 'UNDER_WAY' })], ['THIRD_STOP']],
  ['one is under way in this case', [stop({ caseId: 'case', counting: 'UNDER_WAY' })], ['STOP_UNDER_WAY']],
  ['this case has stopped it', [stop({ caseId: 'case' })], ['SECOND_STOP_BY_REQUEST']],
  ['this case has stopped it twice', [stop({ caseId: 'case' }), stop({ caseId: 'case' })], ['THIRD_STOP']],
])('when %s (86-5)', (_, standing, expected) => {
  expect(codes({ standing })).toEqual(expected);
});

test('a second stop on request follows the first of its case', () => {
  expect(codes({ standing: [stop({ caseId: 'case' })], draft: { previousStopId: 'other' } })).toEqual([]);
});

test('an amount is at most what was paid in', () => {
  expect(codes({ draft: { holdFen: 100n } })).toEqual([]);
  expect(codes({ draft: { holdFen: 101n } })).toEqual(['HOLD_ABOVE_TRANSFER']);
});

test('an application number is used once', () => {
  expect(codes({ isExternalNumberUsed: true })).toEqual(['EXTERNAL_NUMBER_USED']);
});

test('the two places of an account are filled from the first, and there is no third', () => {
  expect([nextOrdinal([]), nextOrdinal([1]), nextOrdinal([2]), nextOrdinal([1, 2])]).toEqual([1, 2, 1, null]);
});

test('every reason of a bank says whether a correction helps', () => {
  const outcome = (isChanged: boolean) => notExecutedReasons.filter((notExecutedReason) => !refuseCorrection({ state: 'NOT_EXECUTED', notExecutedReason }, { isChanged, path: 'changes' }));

  expect(outcome(true)).toEqual(['MISMATCH_NAME', 'MISMATCH_ACCOUNT', 'MISMATCH_AMOUNT', 'MISMATCH_TIME', 'NOT_FOUND', 'NOT_SUPPORTED', 'ORDER_EXPIRED', 'TECHNICAL']);
  expect(outcome(false)).toEqual(['ORDER_EXPIRED', 'TECHNICAL']);
  expect(refuseCorrection({ state: 'STOPPED', notExecutedReason: null }, { isChanged: true, path: 'changes' })).toMatchObject({ code: 'CORRECTION_NOT_POSSIBLE' });
});

test('a second stop follows an executed one', () => {
  const possible = stopPaymentRequestLifecycle.states.filter((state) => !refuseSecondStop({ state }));

  expect(possible).toEqual(['STOPPED', 'EXPIRED_UNCONFIRMED', 'EXPIRED']);
});

test('only a technical cause and a lapsed order are retried as they are', () => {
  const retried = notExecutedReasons.filter((notExecutedReason) => isRetriable({ kind: 'STOP', state: 'NOT_EXECUTED', notExecutedReason }));

  expect(retried).toEqual(['ORDER_EXPIRED', 'TECHNICAL']);
  expect(isRetriable({ kind: 'STOP', state: 'RECEIVED', notExecutedReason: null })).toBe(false);
});
