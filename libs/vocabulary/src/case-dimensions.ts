/** The dimensions by which cases are counted (S-1 … S-14); of each a case has exactly one primary value. */

/** How the fraud reached the victim (S-1). */
export const fraudChannels = {
  NETWORK: { zh: '网络', en: 'network' },
  PHONE: { zh: '电话', en: 'phone' },
  SMS: { zh: '短信', en: 'SMS' },
} as const;

/** A fraud channel, as in `PHONE`. */
export type FraudChannel = keyof typeof fraudChannels;

/** By what the fraud was done (S-5). */
export const fraudVectors = {
  FAKE_WEBSITE: { zh: '虚假网站', en: 'fake website' },
  FRAUD_APP: { zh: '诈骗APP', en: 'fraud app' },
  OTHER: { zh: '其他', en: 'other' },
} as const;

/** A vector, as in `FRAUD_APP`. */
export type FraudVector = keyof typeof fraudVectors;

/** Where the victim's money went (S-3): a view in three buckets, derived from the payee. */
export const fundDestinations = {
  BANK_CARD: { zh: '银行卡', en: 'bank card' },
  THIRD_PARTY_PAYMENT: { zh: '第三方支付', en: 'third-party payment' },
  OTHER: { zh: '其他', en: 'other' },
} as const;

/** A fund destination, as in `BANK_CARD`. */
export type FundDestination = keyof typeof fundDestinations;

/** How the victim transferred. */
export const transferChannels = {
  COUNTER: { zh: '柜面', en: 'counter' },
  ATM: { zh: 'ATM', en: 'ATM' },
  ONLINE_BANKING: { zh: '网银', en: 'online banking' },
  MOBILE_BANKING: { zh: '手机银行', en: 'mobile banking' },
  THIRD_PARTY: { zh: '第三方支付', en: 'third-party payment' },
  QR_SCAN: { zh: '扫码', en: 'scanned code' },
  VIRTUAL_CURRENCY: { zh: '虚拟币', en: 'virtual currency' },
  CASH: { zh: '现金', en: 'cash' },
  OTHER: { zh: '其他', en: 'other' },
} as const;

/** A transfer channel, as in `ATM`. */
export type TransferChannel = keyof typeof transferChannels;

/** By which door a report came in. */
export const reportChannels = {
  HOTLINE_110: { zh: '110报警', en: '110 call' },
  POLICE_STATION: { zh: '派出所', en: 'police station' },
  HOTLINE_96110: { zh: '96110', en: '96110 call' },
  BANK_BRANCH: { zh: '银行网点', en: 'bank branch' },
  APP: { zh: '反诈APP', en: 'anti-fraud app' },
  PLATFORM_TRANSFER: { zh: '平台移送', en: 'transferred by a platform' },
} as const;

/** A report channel, as in `HOTLINE_110`. */
export type ReportChannel = keyof typeof reportChannels;

/** Where the victim's personal information had leaked from (反诈法 29: the source is investigated too). */
export const personalInformationSources = {
  SHOPPING_ORDER: { zh: '电商订单', en: 'shopping order' },
  ONLINE_LOAN: { zh: '网贷记录', en: 'online loan' },
  LOGISTICS: { zh: '物流', en: 'logistics' },
  MEDICAL: { zh: '医疗', en: 'medical' },
  MATCHMAKING: { zh: '婚介', en: 'matchmaking' },
  OTHER: { zh: '其他', en: 'other' },
  UNKNOWN: { zh: '不明', en: 'unknown' },
} as const;

/** A source of personal information, as in `LOGISTICS`. */
export type PersonalInformationSource = keyof typeof personalInformationSources;

/** Messengers that are counted by name (S-4); every other is minor (S-13). */
export const messengers = {
  WECHAT: { zh: '微信', en: 'WeChat' },
  QQ: { zh: 'QQ', en: 'QQ' },
  MINOR: { zh: '小众软件', en: 'minor messenger' },
} as const;

/** A messenger, as in `WECHAT`. */
export type Messenger = keyof typeof messengers;

const chineseDigits = ['零', '一', '二', '三', '四', '五', '六', '七', '八', '九', '十'];

/** The word for an account level (L4.A): 1 receives from the victim (一级), 2 from level 1, and so on. */
export const accountLevelName = (level: number, language: 'zh' | 'en'): string =>
  language === 'en' ? `level ${level}` : `${chineseDigits[level] ?? String(level)}级`;
