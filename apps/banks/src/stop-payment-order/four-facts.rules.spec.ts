import { MINUTE, moneyOf } from '@lianfang/vocabulary';
import fc from 'fast-check';
import { differingFact, matchFourFacts, type KnownFacts, type OrderedFacts } from './four-facts.rules';

const at = new Date('2026-05-01T02:00:00.000Z');
const ordered: OrderedFacts = { holderName: '阿迪力·吐尔逊', amount: moneyOf(3_000_000n), transferredAt: at };
const known: KnownFacts = { holderName: '阿迪力·吐尔逊', credits: [{ amount: moneyOf(3_000_000n), at }] };
const differing = (over: Partial<OrderedFacts>, account: KnownFacts | null = known) =>
  differingFact(matchFourFacts({ ...ordered, ...over }, account ?? undefined, 5 * MINUTE));

describe('the match of the four facts', () => {
  it('lets an order through whose account, name, amount and time all agree', () => {
    expect(matchFourFacts(ordered, known, 5 * MINUTE)).toEqual({ account: 'MATCH', holderName: 'MATCH', amount: 'MATCH', time: 'MATCH' });
  });

  it('names the account when the bank has no such account, and judges nothing else', () => {
    expect(matchFourFacts(ordered, undefined, 5 * MINUTE)).toEqual({ account: 'MISMATCH', holderName: 'UNKNOWN', amount: 'UNKNOWN', time: 'UNKNOWN' });
    expect(differing({}, null)).toBe('NOT_FOUND');
  });

  it('names the holder when the name is another', () => {
    expect(differing({ holderName: '阿迪力·买买提' })).toBe('MISMATCH_NAME');
  });

  it('forgives the kind of dot, the width and spaces in a name', () => {
    expect(differing({ holderName: ' 阿迪力•吐尔逊 ' })).toBeUndefined();
  });

  it('marks an unknown name as unknown, never as agreeing', () => {
    expect(matchFourFacts({ ...ordered, holderName: null }, known, 5 * MINUTE).holderName).toBe('UNKNOWN');
  });

  it('names the amount when one fen is missing', () => {
    expect(differing({ amount: moneyOf(2_999_999n) })).toBe('MISMATCH_AMOUNT');
  });

  it('names the amount when as much of another currency came in', () => {
    expect(matchFourFacts({ ...ordered, amount: moneyOf(3_000_000n, 'USD') }, known, 5 * MINUTE).amount).toBe('MISMATCH');
    expect(differing({ amount: moneyOf(3_000_000n, 'USD') })).toBe('MISMATCH_AMOUNT');
  });

  it('names the time when the transfer of that amount was at another hour', () => {
    expect(differing({ transferredAt: new Date(at.getTime() + 6 * MINUTE) })).toBe('MISMATCH_TIME');
  });

  it('takes the edge of the tolerance as agreeing, on both sides, and a millisecond beyond as not', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 24 * 60 * MINUTE }), fc.integer({ min: -48 * 60 * MINUTE, max: 48 * 60 * MINUTE }), (tolerance, shift) => {
        const time = matchFourFacts({ ...ordered, transferredAt: new Date(at.getTime() + shift) }, known, tolerance).time;
        expect(time).toBe(Math.abs(shift) <= tolerance ? 'MATCH' : 'MISMATCH');
      }),
    );
  });

  it('takes the right transfer among several of the same day', () => {
    const busy: KnownFacts = { ...known, credits: [{ amount: moneyOf(100n), at }, { amount: moneyOf(3_000_000n), at: new Date(at.getTime() - MINUTE) }] };

    expect(differing({}, busy)).toBeUndefined();
  });

  it('names the amount, not the time, when money of another amount came in at that minute', () => {
    expect(differing({}, { ...known, credits: [{ amount: moneyOf(3_000_001n), at }] })).toBe('MISMATCH_AMOUNT');
  });
});
