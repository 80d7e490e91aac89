import type { Expectation } from '../receipt/expectation';
import type { Receipt } from '../receipt/receipt';
import { isExpectationOf, isReceiptOf, repeatRange, type SentBatch } from './believe-answer';
import { nextPost } from './next-post';

const sent: SentBatch = { from: 'police', to: 'banks', firstSeq: 4, lastSeq: 5, headHash: 'h5', messageHashes: ['a', 'b'] };
const receipt = (over: Partial<Receipt> = {}): Receipt => ({ ...sent, messageIds: [null, null], messageHashes: ['a', 'b'], receivedAt: '2026-05-01T00:00:00.000Z', ...over });
const expectation = (over: Partial<Expectation> = {}): Expectation => ({ from: 'police', to: 'banks', expectedSeq: 2, headHash: 'h1', ...over });

describe('what a relay posts next', () => {
  it('is a new batch only when each earlier one has its receipt, and the same one when its pause is over', () => {
    expect([nextPost(undefined), nextPost({ isDue: true }), nextPost({ isDue: false })]).toEqual(['NEW_BATCH', 'SAME_BATCH', 'NOTHING']);
  });
});

describe('a receipt', () => {
  it('is believed when it names the batch that was posted', () => {
    expect(isReceiptOf(receipt(), sent)).toBe(true);
  });

  it.each<[string, Partial<Receipt>]>([
    ['another sender', { from: 'banks' }],
    ['another receiver', { to: 'telecoms' }],
    ['an earlier beginning', { firstSeq: 3 }],
    ['a later end', { lastSeq: 6 }],
    ['another chain', { headHash: 'h4' }],
    ['another message', { messageHashes: ['a', 'c'] }],
    ['the messages in another order', { messageHashes: ['b', 'a'] }],
  ])('is not believed when it names %s', (_, over) => {
    expect(isReceiptOf(receipt(over), sent)).toBe(false);
  });
});

describe('a partner that waits for another number', () => {
  it('gets everything from there again when the chains agree before it', () => {
    expect(repeatRange(expectation(), { chainBefore: 'h1', sentSeq: 4 })).toEqual({ first: 2, last: 4 });
  });

  it('gets nothing when the chains differ, when no batch of ours begins there, or when it is ahead of us', () => {
    expect(repeatRange(expectation(), { chainBefore: 'other', sentSeq: 4 })).toBeUndefined();
    expect(repeatRange(expectation(), { chainBefore: undefined, sentSeq: 4 })).toBeUndefined();
    expect(repeatRange(expectation({ expectedSeq: 6 }), { chainBefore: 'h1', sentSeq: 4 })).toBeUndefined();
  });

  it('is not heard when it speaks of the chain between others', () => {
    expect([isExpectationOf(expectation(), sent), isExpectationOf(expectation({ from: 'telecoms' }), sent), isExpectationOf(expectation({ to: 'platforms' }), sent)]).toEqual([true, false, false]);
  });
});
