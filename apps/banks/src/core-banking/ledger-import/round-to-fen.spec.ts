import fc from 'fast-check';
import { roundToFen } from './round-to-fen';

describe('an amount with many decimals', () => {
  it.each([
    ['544595.7886430753', 54_459_579n],
    ['0.005', 1n],
    ['0.0049999999999999999999', 0n],
    ['1.995', 200n],
    ['2.675', 268n],
    ['1.005', 101n],
    ['3', 300n],
    ['3.1', 310n],
    ['1.0E7', 1_000_000_000n],
    ['1.2345678E7', 1_234_567_800n],
    ['4.5E-3', 0n],
    ['5E-3', 1n],
    ['5E-4', 0n],
    ['999999999999999999', 99_999_999_999_999_999_900n],
  ])('%s yuan is rounded half up, exactly', (text, fen) => {
    expect(roundToFen(text)).toBe(fen);
  });

  it.each(['', '-1', '+1', '1,000.00', '12x', '1.', '.5', 'NaN', 'Infinity', '1e999', '１２'])('%j is no amount', (text) => {
    expect(roundToFen(text)).toBeUndefined();
  });

  it('agrees with exact reckoning in integers, whatever the decimals', () => {
    fc.assert(fc.property(fc.bigInt(0n, 10n ** 15n), fc.integer({ min: 1, max: 12 }), (digits, decimals) => {
      const padded = digits.toString().padStart(decimals + 1, '0');
      const text = `${padded.slice(0, -decimals)}.${padded.slice(-decimals)}`;
      const scale = 10n ** BigInt(decimals);

      expect(roundToFen(text)).toBe((digits * 200n + scale) / (scale * 2n));
    }));
  });
});
