import { chainLinks, type ChainCode } from './chain';
import { warn, type Warning } from './refusal';

/** Types of telecom and online fraud; together with T99 they cover the ministry's ten types of 2023. */
export const crimeTypes = {
  T01: { zh: '冒充公检法及政府机关', en: 'impersonating police, procuratorate or court' },
  T02: { zh: '冒充电商物流客服', en: 'fake customer service' },
  T03: { zh: '冒充领导熟人', en: 'impersonating a superior or acquaintance' },
  T04: { zh: '虚假贷款', en: 'fake loan' },
  T05: { zh: '虚假网络投资理财（杀猪盘等）', en: 'fake investment' },
  T06: { zh: '网络婚恋交友', en: 'romance or friend fraud' },
  T07: { zh: '兼职刷单返利', en: 'task and rebate fraud' },
  T08: { zh: '裸聊敲诈', en: 'nude-chat extortion' },
  T09: { zh: '网络交易', en: 'online trade fraud' },
  T10: { zh: '银行卡盗刷', en: 'card misuse' },
  T11: { zh: '虚假征信', en: 'fake credit repair' },
  T12: { zh: '虚假购物服务', en: 'fake shopping or service' },
  T13: { zh: '网络游戏产品虚假交易', en: 'fake game-item trade' },
  T14: { zh: '虚假中奖', en: 'fake prize' },
  T99: { zh: '其他', en: 'other' },
} as const;

/** A crime type's code, as in `T07`. */
export type CrimeType = keyof typeof crimeTypes;

/** Whether a string from outside is a crime type. */
export const isCrimeType = (value: string): value is CrimeType => Object.hasOwn(crimeTypes, value);

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
