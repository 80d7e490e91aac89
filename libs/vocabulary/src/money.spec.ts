import fc from 'fast-check';
import { MOST_FEN, addMoney, formatMoney, isSameMoney, moneyFromWire, moneyOf, moneyToWire, parseYuan } from './money';
import { refuse } from './refusal';

const money = fc.bigInt({ min: -MOST_FEN, max: MOST_FEN }).map((fen) => moneyOf(fen));
const code = (text: string) => (parseYuan(text, 'amount') as { code?: string }).code;

describe('an amount as it is typed', () => {
  it.each([
    ['3000', 300000n],
    ['3000.5', 300050n],
    ['0.01', 1n],
    ['３０００．２５', 300025n],
    [' ¥3000.00 ', 300000n],
    ['￥8', 800n],
    ['007', 700n],
    ['100000000000', MOST_FEN],
  ])('reads %s', (text, fen) => {
    expect(parseYuan(text, 'amount')).toEqual({ fen, currency: 'CNY' });
  });

  it.each([
    ['', 'VALUE_MISSING'],
    ['3万', 'AMOUNT_WITH_UNIT'],
    ['3.5万元', 'AMOUNT_WITH_UNIT'],
    ['3000元', 'AMOUNT_WITH_UNIT'],
    ['30,000', 'AMOUNT_WITH_SEPARATOR'],
    ['30，000.00', 'AMOUNT_WITH_SEPARATOR'],
    ['30 000', 'AMOUNT_WITH_SEPARATOR'],
    ['-1', 'AMOUNT_NEGATIVE'],
    ['－1', 'AMOUNT_NEGATIVE'],
    ['0', 'AMOUNT_ZERO'],
    ['0.00', 'AMOUNT_ZERO'],
    ['1.234', 'AMOUNT_TOO_PRECISE'],
    ['100000000000.01', 'AMOUNT_TOO_LARGE'],
    ['1e5', 'AMOUNT_NOT_A_NUMBER'],
    ['三千', 'AMOUNT_WITH_UNIT'],
    ['.5', 'AMOUNT_NOT_A_NUMBER'],
    ['5.', 'AMOUNT_NOT_A_NUMBER'],
    ['1.2.3', 'AMOUNT_NOT_A_NUMBER'],
    ['NaN', 'AMOUNT_NOT_A_NUMBER'],
  ])('refuses "%s" as %s', (text, expected) => {
    expect(code(text)).toBe(expected);
  });

  it('says where the refused amount stands', () => {
    expect(parseYuan('0', 'transfers.0.amount')).toEqual(refuse('AMOUNT_ZERO', { path: 'transfers.0.amount' }));
  });

  it('may be zero where the field says so, as an attempted amount may', () => {
    expect(parseYuan('0', 'loss', { zeroAllowed: true })).toEqual(moneyOf(0n));
  });

  it('reads back what it formats, for every amount that may be typed', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 1n, max: MOST_FEN }), (fen) => {
        expect(parseYuan(formatMoney(moneyOf(fen), 'en').replaceAll(',', ''), 'amount')).toEqual(moneyOf(fen));
      }),
    );
  });
});

describe('money', () => {
  it('adds its fen, in either order', () => {
    fc.assert(
      fc.property(money, money, (left, right) => {
        expect(addMoney(left, right)).toEqual(moneyOf(left.fen + right.fen));
        expect(addMoney(right, left)).toEqual(addMoney(left, right));
      }),
    );
  });

  it('is the same only in the same currency', () => {
    expect(isSameMoney(moneyOf(300n), moneyOf(300n))).toBe(true);
    expect(isSameMoney(moneyOf(300n), moneyOf(301n))).toBe(false);
    expect(isSameMoney(moneyOf(300n, 'USD'), moneyOf(300n, 'CNY'))).toBe(false);
  });

  it('travels as a decimal string and comes back the same', () => {
    fc.assert(fc.property(money, (amount) => expect(moneyFromWire(moneyToWire(amount))).toEqual(amount)));
    expect(moneyToWire(moneyOf(300000n))).toEqual({ fen: '300000', currency: 'CNY' });
  });

  it('never reckons two currencies together', () => {
    expect(() => addMoney(moneyOf(1n), moneyOf(1n, 'USD'))).toThrow('CNY and USD');
  });

  it('is not made from a float or a currency that is none', () => {
    expect(() => moneyOf('1.5')).toThrow('decimal integer');
    expect(() => moneyOf(1n, 'yuan')).toThrow('ISO 4217');
  });

  it('shows yuan with two decimals in both languages', () => {
    expect(formatMoney(moneyOf(300000n), 'zh')).toBe('3,000.00元');
    expect(formatMoney(moneyOf(300000n), 'en')).toBe('¥3,000.00');
    expect(formatMoney(moneyOf(-5n), 'zh')).toBe('-0.05元');
    expect(formatMoney(moneyOf(123456789n, 'USD'), 'en')).toBe('USD 1,234,567.89');
  });
});
