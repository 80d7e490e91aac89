import { chainLinks, type ChainCode } from './chain';
import { warn, type Warning } from './refusal';

/**
 * Types of telecom and online fraud. `national` is the ministry's type of 2023 that a case is reported under, null where there is none:
 * T09 is told apart as T12 or T13, T08 is extortion in law.
 */
export const crimeTypes = {
  T01: { zh: '冒充公检法', en: 'impersonating police, procuratorate or court', national: '冒充公检法及政府机关' },
  T02: { zh: '冒充客服', en: 'fake customer service', national: '冒充电商物流客服' },
  T03: { zh: '冒充熟人', en: 'impersonating an acquaintance or superior', national: '冒充领导熟人' },
  T04: { zh: '网络贷款', en: 'fake loan', national: '虚假贷款' },
  T05: { zh: '网络投资（杀猪盘等）', en: 'fake investment', national: '虚假网络投资理财' },
  T06: { zh: '网络交友', en: 'romance or friend fraud', national: '网络婚恋交友' },
  T07: { zh: '兼职刷单', en: 'task and rebate fraud', national: '刷单返利' },
  T08: { zh: '裸聊敲诈', en: 'nude-chat extortion', national: null },
  T09: { zh: '网络交易', en: 'online trade fraud', national: null },
  T10: { zh: '银行卡盗刷', en: 'card theft or misuse', national: null },
  T11: { zh: '虚假征信', en: 'fake credit repair', national: '虚假征信' },
  T12: { zh: '虚假购物服务', en: 'fake shopping or service', national: '虚假购物服务' },
  T13: { zh: '网络游戏虚假交易', en: 'fake game-item trade', national: '网络游戏产品虚假交易' },
  T14: { zh: '虚假中奖', en: 'fake prize', national: null },
  T99: { zh: '其他', en: 'other', national: null },
} as const;

/** A crime type's code, as in `T07`. */
export type CrimeType = keyof typeof crimeTypes;

/** Which crime types each way of leading usually serves: a soft rule, other pairs are stored with a warning. */
export const usualCrimeTypes = {
  'L1.01': ['T01', 'T02', 'T04'],
  'L1.02': ['T01', 'T02', 'T04'],
  'L1.03': ['T05', 'T06', 'T07', 'T08'],
  'L1.04': ['T05', 'T07'],
  'L1.05': ['T07'],
  'L1.06': ['T02', 'T05', 'T09'],
} as const satisfies Partial<Record<ChainCode, readonly CrimeType[]>>;

/** Types that the matrix speaks of; of the others it knows nothing and warns of nothing. */
const knownTypes: ReadonlySet<CrimeType> = new Set(Object.values(usualCrimeTypes).flat());

const isLead = (code: ChainCode): code is keyof typeof usualCrimeTypes => Object.hasOwn(usualCrimeTypes, code);

/** A warning when a way of leading (`L1.xx`) is unusual for the crime type; nothing for other codes and for types outside the matrix. */
export function warnOfUnusualLead(lead: ChainCode, crimeType: CrimeType, path: string): Warning | undefined {
  if (!isLead(lead) || !knownTypes.has(crimeType)) return undefined;
  const usual: readonly CrimeType[] = usualCrimeTypes[lead];
  if (usual.includes(crimeType)) return undefined;
  const [leadWords, typeWords] = [chainLinks[lead], crimeTypes[crimeType]] as const;
  return warn('LEAD_UNUSUAL_FOR_CRIME_TYPE', path, {
    leadZh: `${lead} ${leadWords.zh}`,
    leadEn: `${lead} ${leadWords.en}`,
    crimeTypeZh: `${crimeType} ${typeWords.zh}`,
    crimeTypeEn: `${crimeType} ${typeWords.en}`,
  });
}
