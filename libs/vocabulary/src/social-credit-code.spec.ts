import fc from 'fast-check';
import { CREDIT_CODE_ALPHABET, creditCodeDigit } from './check-digit';
import { parseSocialCreditCode } from './social-credit-code';

const first17 = fc.string({ unit: fc.constantFrom(...CREDIT_CODE_ALPHABET), minLength: 17, maxLength: 17 });

describe('a unified social credit code', () => {
  it('is read from the published example, in small letters and groups too', () => {
    expect(parseSocialCreditCode('91350100M000100Y43', 'code')).toBe('91350100M000100Y43');
    expect(parseSocialCreditCode(' 91350100 m000100y43 ', 'code')).toBe('91350100M000100Y43');
  });

  it.each([
    ['', 'VALUE_MISSING'],
    ['91350100M000100Y4', 'CREDIT_CODE_WRONG_LENGTH'],
    ['9135O100M000100Y43', 'CREDIT_CODE_BAD_CHARACTER'],
    ['91350100M000100Y4Z', 'CREDIT_CODE_BAD_CHARACTER'],
    ['91350100M000100Y44', 'CREDIT_CODE_CHECK_DIGIT'],
    ['91310115MA1H8R7C6D', 'CREDIT_CODE_CHECK_DIGIT'],
  ])('refuses "%s" as %s', (text, code) => {
    expect(parseSocialCreditCode(text, 'code')).toMatchObject({ code, path: 'code' });
  });

  it('is taken with its check character, the 0 of a sum of 0 included, and with no other', () => {
    fc.assert(
      fc.property(first17, fc.constantFrom(...CREDIT_CODE_ALPHABET), (start, last) => {
        expect(parseSocialCreditCode(start + last, 'code') === start + last).toBe(creditCodeDigit(start) === last);
      }),
    );
  });
});
