import fc from 'fast-check';
import { stdnum } from 'stdnum';
import { CREDIT_CODE_ALPHABET, bankBranchDigit, citizenIdDigit, creditCodeDigit, luhnDigit, passesLuhn } from './check-digit';

const digits = (length: number) => fc.string({ unit: fc.constantFrom(...'0123456789'), minLength: length, maxLength: length });

describe('check digits', () => {
  it("of a citizen id agree with the standard's own examples (GB 11643)", () => {
    expect(citizenIdDigit('11010519491231002')).toBe('X');
    expect(citizenIdDigit('44052418800101001')).toBe('4');
  });

  it('of a citizen id agree with the table of weights and characters in GB 11643', () => {
    const weights = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];

    fc.assert(
      fc.property(digits(17), (first17) => {
        const sum = weights.reduce((total, weight, index) => total + weight * Number(first17[index]), 0);
        expect(citizenIdDigit(first17)).toBe('10X98765432'[sum % 11]);
      }),
    );
  });

  it('of a unified social credit code agree with the published example (GB 32100)', () => {
    expect(creditCodeDigit('91350100M000100Y4')).toBe('3');
  });

  it('of a unified social credit code agree with stdnum, except where stdnum refuses a sum of 0', () => {
    const code = fc.tuple(digits(8), fc.string({ unit: fc.constantFrom(...CREDIT_CODE_ALPHABET), minLength: 9, maxLength: 9 })).map((parts) => parts.join(''));

    fc.assert(
      fc.property(code, (first17) => {
        const digit = creditCodeDigit(first17);
        expect(stdnum['CN']?.['uscc']?.validate(first17 + digit).isValid).toBe(digit !== '0');
      }),
    );
  });

  it('of a bank branch code agree with published codes (ISO 7064 MOD 11,10)', () => {
    expect(['10210009999', '10510000001', '31365102701'].map(bankBranchDigit)).toEqual(['6', '7', '2']);
  });

  it('of a card find every single wrong digit and every swap of neighbours but 09 and 90', () => {
    fc.assert(
      fc.property(digits(18), fc.nat(17), fc.integer({ min: 1, max: 9 }), (first18, at, change) => {
        const card = first18 + luhnDigit(first18);
        const wrong = card.slice(0, at) + String((Number(card[at]) + change) % 10) + card.slice(at + 1);
        const swapped = card.slice(0, at) + card.charAt(at + 1) + card.charAt(at) + card.slice(at + 2);

        expect(passesLuhn(card)).toBe(true);
        expect(passesLuhn(wrong)).toBe(false);
        expect(passesLuhn(swapped)).toBe(swapped === card || /^(09|90)$/.test(card.slice(at, at + 2)));
      }),
    );
  });
});
