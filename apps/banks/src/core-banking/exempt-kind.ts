import type { HoldExtent } from './core-banking';

/**
 * Accounts that may not be stopped or frozen; SPECIAL_SETTLEMENT may not be stopped as a whole. MIGRANT_WAGES: 保障农民工工资支付条例 33.
 *
 * @law 53-21 53-22
 */
export const exemptKinds = {
  RESERVE: { zh: '金融机构存款准备金和备付金', en: 'reserves of a financial institution' },
  CLIENT_RESERVE: { zh: '支付机构客户备付金', en: 'client reserves of a payment institution' },
  CLOSED_LOAN: { zh: '封闭贷款专用账户', en: 'closed-loan account' },
  BILL_MARGIN: { zh: '商业汇票保证金', en: 'margin of commercial bills' },
  PROTECTION_FUND: { zh: '投资者、保险、存款保险、信托业保障基金', en: 'protection fund of investors, the insured, depositors or trusts' },
  PARTY_AND_UNION: { zh: '党、团费账户和工会经费集中户', en: 'party, league and trade-union dues' },
  SOCIAL_INSURANCE: { zh: '社会保险基金', en: 'social insurance fund' },
  BASIC_LIVING: { zh: '下岗职工基本生活保障资金', en: 'basic living allowance of laid-off workers' },
  HOUSING_FUND: { zh: '住房公积金和职工集资建房账户', en: 'housing provident fund' },
  COURT_EXECUTION: { zh: '人民法院执行账户', en: 'execution account of a court' },
  MILITARY: { zh: '军队、武警特种存款和连队账户', en: 'special deposits of the armed forces' },
  CENTRAL_BANK_PLEDGE: { zh: '质押给人民银行的债券、股票、贷款', en: 'pledge to the central bank' },
  CLEARING: { zh: '交收、清算、保证金类资产', en: 'settlement, clearing and margin assets' },
  SPECIAL_SETTLEMENT: { zh: '专用结算账户（不得整体冻结）', en: 'special settlement account (never as a whole)' },
  MIGRANT_WAGES: { zh: '农民工工资专用账户和工资保证金', en: 'wages of migrant workers and their guarantee deposits' },
  OTHER_BY_LAW: { zh: '其他法定不得冻结', en: 'otherwise exempt by law' },
} as const satisfies Record<string, { zh: string; en: string }>;

/** A code of `exemptKinds`. */
export type ExemptKind = keyof typeof exemptKinds;

/** Whether a text from outside is an exempt kind. */
export const isExemptKind = (text: string): text is ExemptKind => Object.hasOwn(exemptKinds, text);

/** Whether the law forbids a hold of this extent on an account of this kind. */
export function isExempt(kind: ExemptKind | null, extent: HoldExtent): boolean {
  if (kind === null) return false;
  return kind === 'SPECIAL_SETTLEMENT' ? extent === 'WHOLE' : true;
}
