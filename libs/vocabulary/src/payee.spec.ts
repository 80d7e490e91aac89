import { luhnDigit } from './check-digit';
import { maskPayee, parsePayee, payeeIdentifier, type TypedPayee } from './payee';
import { fundDestinationOf, isPayeeKind, payeeKinds, type PayeeKind } from './payee-kinds';

const CARD = '9900000000000000' + luhnDigit('9900000000000000');
const TRON_ADDRESS = 'T' + 'A1b2C3d4E5F6g7H8J9'.padEnd(33, 'k');
const ETHEREUM_ADDRESS = '0x' + 'aB'.repeat(20);

const samples: Record<PayeeKind, TypedPayee> = {
  BANK_CARD: { kind: 'BANK_CARD', identifier: CARD, institution: 'b001', holderName: '虚构人', accountClass: 'Ⅱ类户' },
  CORPORATE_ACCOUNT: { kind: 'CORPORATE_ACCOUNT', identifier: '990011223344', institution: 'B002', holderName: '虚构商贸有限公司' },
  PASSBOOK: { kind: 'PASSBOOK', identifier: '990011223344_01', institution: 'B002' },
  PAYMENT_ACCOUNT: { kind: 'PAYMENT_ACCOUNT', identifier: 'nobody@example.invalid', institution: 'P001' },
  QR_CODE_OR_ORDER: { kind: 'QR_CODE_OR_ORDER', identifier: '2026050100001', institution: 'P001' },
  MERCHANT: { kind: 'MERCHANT', identifier: '990290000000001', institution: 'P001' },
  ECNY_WALLET: { kind: 'ECNY_WALLET', identifier: '0990000000000001', institution: 'B001' },
  CHAIN_ADDRESS: { kind: 'CHAIN_ADDRESS', identifier: TRON_ADDRESS, chain: 'tron', transaction: 'ab'.repeat(32) },
  TOP_UP_CARD: { kind: 'TOP_UP_CARD', identifier: 'GIFT-0001', institution: 'X01' },
  CASH_OR_GOLD: { kind: 'CASH_OR_GOLD', identifier: '50 克金条，在虚构路口交给骑手' },
};

const accepted = (typed: TypedPayee) => {
  const result = parsePayee(typed, 'payee');
  if (Array.isArray(result)) throw new Error(JSON.stringify(result));
  return result;
};
const refused = (typed: TypedPayee) => {
  const result = parsePayee(typed, 'payee');
  return Array.isArray(result) ? result.map(({ code, path }) => `${code} at ${path}`) : [];
};
const warned = (typed: TypedPayee) => accepted(typed).warnings.map(({ code }) => code);

describe('a payee', () => {
  it.each(Object.values(samples))('can be a $kind', (typed) => {
    expect(accepted(typed).payee.kind).toBe(typed.kind);
  });

  it('of a bank card keeps account, class, institution and holder', () => {
    expect(accepted(samples.BANK_CARD)).toEqual({
      payee: { kind: 'BANK_CARD', account: { text: CARD, main: CARD, sub: null }, accountClass: 'II', institution: 'B001', holderName: '虚构人' },
      warnings: [],
    });
  });

  it('may lack holder and institution, and the missing institution is a warning', () => {
    const { payee, warnings } = accepted({ kind: 'BANK_CARD', identifier: CARD, holderName: ' ', institution: null });

    expect(payee).toMatchObject({ holderName: null, institution: null, accountClass: null });
    expect(warnings).toEqual([{ code: 'INSTITUTION_UNKNOWN', path: 'payee.institution', parameters: {} }]);
  });

  it('is told all its faults at once, each with its path', () => {
    expect(refused({ kind: 'BANK_CARD', identifier: '6222****', institution: '甲银行', holderName: '张*', accountClass: 'IV' })).toEqual([
      'INSTITUTION_CODE_FORM at payee.institution',
      'NAME_MASKED at payee.holderName',
      'ACCOUNT_MASKED at payee.identifier',
      'VALUE_NOT_LISTED at payee.accountClass',
    ]);
  });

  it('of an unknown kind is refused', () => {
    expect(refused({ kind: 'PIGEON', identifier: '1' })).toEqual(['VALUE_NOT_LISTED at payee.kind']);
    expect(isPayeeKind('toString')).toBe(false);
  });

  it('with a wrong card digit is warned of; a corporate account has none', () => {
    const wrong = CARD.slice(0, -1) + String((Number(CARD.at(-1)) + 1) % 10);

    expect(warned({ ...samples.BANK_CARD, identifier: wrong })).toEqual(['CARD_CHECK_DIGIT']);
    expect(warned({ ...samples.CORPORATE_ACCOUNT, identifier: wrong })).toEqual([]);
  });

  it('on a chain names the chain, and is told when the address is of another', () => {
    expect(refused({ ...samples.CHAIN_ADDRESS, chain: '' })).toEqual(['CHAIN_MISSING at payee.chain']);
    expect(refused({ ...samples.CHAIN_ADDRESS, chain: 'DOGE' })).toEqual(['VALUE_NOT_LISTED at payee.chain']);
    expect(refused({ ...samples.CHAIN_ADDRESS, identifier: ETHEREUM_ADDRESS })).toEqual(['CHAIN_ADDRESS_OF_OTHER_CHAIN at payee.identifier']);
    expect(refused({ ...samples.CHAIN_ADDRESS, identifier: 'T123' })).toEqual(['CHAIN_ADDRESS_FORM at payee.identifier']);
  });

  it('is refused when its identifier is masked, cut by a spreadsheet, too short or missing', () => {
    expect(refused({ ...samples.MERCHANT, identifier: '9902****0001' })).toEqual(['ACCOUNT_MASKED at payee.identifier']);
    expect(refused({ ...samples.MERCHANT, identifier: '9.9E+14' })).toEqual(['ACCOUNT_CUT_BY_SPREADSHEET at payee.identifier']);
    expect(refused({ ...samples.ECNY_WALLET, identifier: '1' })).toEqual(['PAYEE_IDENTIFIER_FORM at payee.identifier']);
    expect(refused({ ...samples.CASH_OR_GOLD, identifier: '' })).toEqual(['VALUE_MISSING at payee.identifier']);
    expect(refused({ ...samples.CASH_OR_GOLD, identifier: '金'.repeat(501) })).toEqual(['VALUE_TOO_LONG at payee.identifier']);
  });

  it('that no stop order can reach is taken down with a warning and an advice', () => {
    expect(warned(samples.CASH_OR_GOLD)).toEqual(['PAYEE_NOT_STOPPABLE']);
    expect(warned(samples.CHAIN_ADDRESS)).toEqual(['INSTITUTION_UNKNOWN', 'PAYEE_NOT_STOPPABLE']);
  });

  it('has advice exactly where it cannot be stopped, and a doer wherever it can', () => {
    for (const row of Object.values(payeeKinds)) {
      expect(row.advice === null).toBe(row.stoppable);
      if (row.stoppable) expect(['bank', 'payment-institution', 'acquirer']).toContain(row.doer);
    }
  });

  it('counts in one of the three buckets of S-3', () => {
    expect(fundDestinationOf('PASSBOOK')).toBe('BANK_CARD');
    expect(fundDestinationOf('MERCHANT')).toBe('THIRD_PARTY_PAYMENT');
    expect(fundDestinationOf('CHAIN_ADDRESS')).toBe('OTHER');
  });

  it('is indexed by one text and shown with its last four characters', () => {
    expect(payeeIdentifier(accepted(samples.PASSBOOK).payee)).toBe('990011223344_01');
    expect(payeeIdentifier(accepted(samples.CHAIN_ADDRESS).payee)).toBe(TRON_ADDRESS);
    expect(payeeIdentifier(accepted(samples.CASH_OR_GOLD).payee)).toBeNull();
    expect(maskPayee(accepted(samples.PASSBOOK).payee)).toBe('********3344');
    expect(maskPayee(accepted(samples.TOP_UP_CARD).payee)).toBe('*****0001');
    expect(maskPayee(accepted(samples.CASH_OR_GOLD).payee)).toContain('金条');
  });
});
