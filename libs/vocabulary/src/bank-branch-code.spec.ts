import { parseBankBranchCode } from './bank-branch-code';

describe('a bank branch code', () => {
  it.each(['102100099996', '105100000017', '313651027012'])('%s is published and passes', (code) => {
    expect(parseBankBranchCode(code, 'bank')).toBe(code);
  });

  it('is read through spaces and full-width digits', () => {
    expect(parseBankBranchCode('１０２ 1000 9999 6', 'bank')).toBe('102100099996');
  });

  it.each([
    ['', 'VALUE_MISSING'],
    ['ABCDCNBJ', 'BANK_CODE_IS_SWIFT'],
    ['ABCDCNBJXXX', 'BANK_CODE_IS_SWIFT'],
    ['10210009999', 'BANK_CODE_NOT_TWELVE_DIGITS'],
    ['10210009999A', 'BANK_CODE_NOT_TWELVE_DIGITS'],
    ['102100099997', 'BANK_CODE_CHECK_DIGIT'],
    ['102100099969', 'BANK_CODE_CHECK_DIGIT'],
  ])('refuses "%s" as %s', (text, code) => {
    expect(parseBankBranchCode(text, 'bank')).toMatchObject({ code, path: 'bank' });
  });
});
