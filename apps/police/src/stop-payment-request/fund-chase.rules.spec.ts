import { kindOfOutflow, refuseChase, type ChasedAccount } from './fund-chase.rules';

const limits = { deepestLayer: 5, leastFen: 10_000, mostAccounts: 50 };
const account = (over: Partial<ChasedAccount> = {}): ChasedAccount => ({ layer: 2, sumFen: 10_000n, holderName: '甲虚构一', isPaymentInstitution: false, isCovered: false, ...over });

test('a person who received ¥100 or more in a layer within the limit is followed', () => {
  expect(refuseChase(account(), limits)).toBeUndefined();
  expect(refuseChase(account({ layer: 5 }), limits)).toBeUndefined();
});

test.each<[string, Partial<ChasedAccount>, string]>([
  ['a layer too deep', { layer: 6 }, 'CHASE_LAYER_LIMIT'],
  ['an account that the case already stops', { isCovered: true }, 'CHASE_ALREADY_COVERED'],
  ['less than the least amount', { sumFen: 9_999n }, 'CHASE_AMOUNT_LIMIT'],
  ['a merchant of a payment institution', { isPaymentInstitution: true, holderName: '虚构商贸有限公司' }, 'CHASE_NEEDS_A_PERSON'],
  ['a reserve account', { holderName: '虚构支付备付金' }, 'CHASE_NEEDS_A_PERSON'],
])('the machine does not follow %s', (_, over, code) => {
  expect(refuseChase(account(over), limits)).toMatchObject({ code });
});

test('name and institution tell what kind of account it is', () => {
  expect(kindOfOutflow(account())).toBe('BANK_CARD');
  expect(kindOfOutflow(account({ holderName: null }))).toBe('BANK_CARD');
  expect(kindOfOutflow(account({ holderName: '虚构商贸有限公司' }))).toBe('CORPORATE_ACCOUNT');
  expect(kindOfOutflow(account({ isPaymentInstitution: true }))).toBe('PAYMENT_ACCOUNT');
});
