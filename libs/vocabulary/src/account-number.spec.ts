import fc from 'fast-check';
import { accountNumberWarnings, lastFour, maskAccountNumber, parseAccountNumber, type AccountNumber } from './account-number';
import { luhnDigit } from './check-digit';
import { isRefusal } from './refusal';

const known = (text: string): AccountNumber => {
  const account = parseAccountNumber(text, 'account');
  if (isRefusal(account)) throw new Error(account.code);
  return account;
};
const code = (text: string) => (parseAccountNumber(text, 'account') as { code?: string }).code;
const warnings = (text: string) => accountNumberWarnings(known(text), 'account').map((warning) => warning.code);
/** A card number of a prefix that no bank has, with its check digit. */
const card = (rest: string) => `99${rest}` + luhnDigit(`99${rest}`);

describe('an account number', () => {
  it('is read through spaces, full-width digits and small letters', () => {
    expect(known(' ６２００ 0000 0000　0001 ').text).toBe('6200000000000001');
    expect(known('nra12345').text).toBe('NRA12345');
  });

  it('keeps the sub-account after the underscore', () => {
    expect(known('9900112233_0002')).toEqual({ text: '9900112233_0002', main: '9900112233', sub: '0002' });
  });

  it.each([
    ['', 'VALUE_MISSING'],
    ['6222****0001', 'ACCOUNT_MASKED'],
    ['6222＊＊＊＊0001', 'ACCOUNT_MASKED'],
    ['6.22E+18', 'ACCOUNT_CUT_BY_SPREADSHEET'],
    ['6.2220E18', 'ACCOUNT_CUT_BY_SPREADSHEET'],
    ['1234', 'ACCOUNT_WRONG_LENGTH'],
    ['1'.repeat(33), 'ACCOUNT_WRONG_LENGTH'],
    ['99001122-33', 'ACCOUNT_BAD_CHARACTER'],
    ['99001122_', 'ACCOUNT_BAD_CHARACTER'],
    ['账号9900', 'ACCOUNT_BAD_CHARACTER'],
  ])('refuses "%s" as %s', (text, expected) => {
    expect(code(text)).toBe(expected);
  });

  it('is taken whole when it is a card with its check digit', () => {
    expect(warnings(card('0000000000000123'))).toEqual([]);
  });

  it('is doubted, not refused, when the check digit of a card is wrong', () => {
    fc.assert(
      fc.property(fc.string({ unit: fc.constantFrom(...'123456789'), minLength: 13, maxLength: 16 }), fc.integer({ min: 1, max: 9 }), (rest, change) => {
        const right = card(rest);
        const wrong = right.slice(0, -1) + String((Number(right.at(-1)) + change) % 10);
        expect(warnings(wrong)).toContain(/^\d{15}0+$/.test(wrong) ? 'ACCOUNT_MAYBE_CUT' : 'CARD_CHECK_DIGIT');
      }),
    );
  });

  it('is doubted as cut by a spreadsheet when only zeros follow the 15th digit', () => {
    expect(warnings('9912345678901230000')).toEqual(['ACCOUNT_MAYBE_CUT']);
  });

  it('has no check digit as passbook, corporate account or sub-account', () => {
    expect(warnings('990011223344')).toEqual([]);
    expect(warnings('99001122334455667788')).toEqual([]);
    expect(warnings('9912345678901234567_1')).toEqual([]);
  });

  it('shows its last four characters only', () => {
    expect(lastFour(known('990011223344_01'))).toBe('3344');
    expect(maskAccountNumber(known('990011223344'))).toBe('********3344');
  });
});
