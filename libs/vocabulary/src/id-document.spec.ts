import { citizenIdDigit } from './check-digit';
import { idKinds, isIdKind, maskIdNumber, parseIdDocument } from './id-document';

const now = new Date('2026-05-01T00:00:00+08:00');
const parsed = (kind: string, number: string) => parseIdDocument({ kind, number }, 'deceived.id', now);
const withDigit = (first17: string) => first17 + citizenIdDigit(first17);

describe('an identity document', () => {
  it('as citizen id says who its holder is', () => {
    expect(parsed('CITIZEN_ID', '11010519491231002x')).toMatchObject({ number: '11010519491231002X', citizen: { birthDate: '1949-12-31' } });
  });

  it('as residence permit follows GB 11643 with the three regions of its holders only', () => {
    expect(parsed('RESIDENCE_PERMIT', withDigit('81000019900101001'))).toMatchObject({ kind: 'RESIDENCE_PERMIT', citizen: { sex: 'MALE' } });
    expect(parsed('RESIDENCE_PERMIT', '11010519491231002X')).toMatchObject({ code: 'ID_NUMBER_FORM', path: 'deceived.id.number' });
  });

  it.each([
    ['HK_MACAO_PERMIT', 'h12345678'],
    ['TAIWAN_PERMIT', '12345678'],
    ['FOREIGNER_PERMIT', 'XXX123456789012'],
    ['PASSPORT', 'E00000000'],
    ['MILITARY_ID', '虚字第00000000号'.replace('第', '')],
    ['OTHER', 'AB-123'],
  ])('as %s is not forced into GB 11643', (kind, number) => {
    expect(parsed(kind, number)).toMatchObject({ kind, citizen: null });
  });

  it.each([
    ['HK_MACAO_PERMIT', 'A12345678', 'ID_NUMBER_FORM'],
    ['PASSPORT', 'E0', 'ID_NUMBER_FORM'],
    ['PASSPORT', 'E****0000', 'ID_MASKED'],
    ['PASSPORT', '', 'VALUE_MISSING'],
    ['CITIZEN_ID', '110105491231002', 'CITIZEN_ID_FIFTEEN_DIGITS'],
    ['LIBRARY_CARD', '1', 'VALUE_NOT_LISTED'],
  ])('of %s with "%s" is refused as %s', (kind, number, code) => {
    expect(parsed(kind, number)).toMatchObject({ code });
  });

  it('has kinds with names in both languages', () => {
    expect(Object.keys(idKinds).every(isIdKind)).toBe(true);
    expect(isIdKind('valueOf')).toBe(false);
  });

  it('shows its last four characters', () => {
    expect(maskIdNumber('E00001234')).toBe('*****1234');
  });
});
