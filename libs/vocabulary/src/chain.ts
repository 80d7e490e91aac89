/**
 * The four links of the upstream trade (产业链) and what stands under each; every case carries one code or more.
 * A product that is named here was abused by fraudsters: it is a 被利用平台/工具, never a 涉案企业.
 */
export const chainLinks = {
  L1: { zh: '推广引流', en: 'promotion and traffic leading' },
  'L1.01': { zh: '电话引流', en: 'leading by phone' },
  'L1.02': { zh: '短信引流', en: 'leading by SMS' },
  'L1.03': { zh: '交友平台引流', en: 'leading on dating and social platforms' },
  'L1.04': { zh: 'QQ群、微信群引流', en: 'leading in group chats' },
  'L1.05': { zh: '电子邮件引流', en: 'leading by e-mail' },
  'L1.06': { zh: '搜索引擎引流', en: 'leading by search engines' },
  L2: { zh: '物料支撑', en: 'material support' },
  'L2.01': { zh: '实物工具类', en: 'physical tools' },
  'L2.01.01': { zh: '电话卡', en: 'phone card' },
  'L2.01.02': { zh: '银行卡', en: 'bank card' },
  'L2.01.03': { zh: 'VOIP线路及设备', en: 'VoIP line or equipment' },
  'L2.01.04': { zh: '多卡宝', en: 'multi-SIM device' },
  'L2.01.05': { zh: 'GOIP设备', en: 'GoIP gateway' },
  'L2.01.06': { zh: '卡池、猫池', en: 'SIM pool or modem pool' },
  'L2.01.07': { zh: '伪基站设备', en: 'fake base station' },
  'L2.01.08': { zh: 'GSM劫持嗅探设备', en: 'GSM hijacking and sniffing device' },
  'L2.02': { zh: '虚拟电子类', en: 'virtual goods' },
  'L2.02.01': { zh: '公民个人信息', en: 'personal information' },
  'L2.02.02': { zh: '即时通讯账号', en: 'instant-messaging account' },
  'L2.02.03': { zh: '社交平台账号', en: 'social-platform account' },
  'L2.02.04': { zh: '电子邮箱账号', en: 'e-mail account' },
  'L2.02.05': { zh: '号码出租', en: 'account renting' },
  'L2.02.06': { zh: '号码解封', en: 'account unblocking' },
  'L2.02.07': { zh: '接码平台', en: 'SMS-code receiving platform' },
  L3: { zh: '技术支撑', en: 'technical support' },
  'L3.01': { zh: '诈骗网站制售、钓鱼网站', en: 'making of fraud and phishing sites' },
  'L3.02': { zh: 'APP制作', en: 'app development' },
  'L3.03': { zh: 'APP分发', en: 'app distribution' },
  'L3.04': { zh: 'APP封装', en: 'app packaging' },
  'L3.05': { zh: '域名注册', en: 'domain registration' },
  'L3.05.01': { zh: '国内注册商', en: 'domestic registrar' },
  'L3.05.02': { zh: '国外注册商', en: 'foreign registrar' },
  'L3.06': { zh: '服务器租赁', en: 'server rental' },
  'L3.07': { zh: '木马程序制作', en: 'making of trojans' },
  'L3.07.01': { zh: '短信拦截木马', en: 'SMS-intercepting trojan' },
  'L3.07.02': { zh: '远控木马', en: 'remote-control trojan' },
  'L3.07.03': { zh: '电子邮件木马', en: 'e-mail trojan' },
  'L3.08': { zh: '其他工具类', en: 'other tools' },
  'L3.08.01': { zh: 'VPN翻墙工具', en: 'VPN tool' },
  'L3.08.02': { zh: '改机软件', en: 'device-changing software' },
  'L3.08.03': { zh: '批量发帖程序', en: 'mass-posting software' },
  'L3.08.04': { zh: '微信云控软件', en: 'cloud-control software' },
  'L3.08.05': { zh: '远程控制软件', en: 'remote-control software' },
  'L3.09': { zh: '客服系统', en: 'fake customer-service system' },
  L4: { zh: '资金结算', en: 'fund settlement' },
  'L4.01': { zh: '银行卡转账', en: 'bank-card transfer' },
  'L4.02': { zh: '三方支付收付款', en: 'third-party payment' },
  'L4.03': { zh: '虚拟币转换', en: 'conversion to virtual currency' },
  'L4.04': { zh: '跑分平台', en: 'score-running platform' },
  'L4.05': { zh: '租码', en: 'renting of payment codes' },
  'L4.06': { zh: '购物等其他', en: 'shopping and other' },
} as const;

/** A code of the chain, as in `L2.01.05`. */
export type ChainCode = keyof typeof chainLinks;

/** The link that a code belongs to. */
export const chainLinkOf = (code: ChainCode): 'L1' | 'L2' | 'L3' | 'L4' => code.slice(0, 2) as 'L1' | 'L2' | 'L3' | 'L4';

/** Where the victim was first met (来源平台, L1.P). */
export const sourcePlatforms = {
  P01: { zh: '即时通讯工具', en: 'instant messenger' },
  P02: { zh: '电商平台', en: 'e-commerce platform' },
  P03: { zh: '游戏', en: 'game' },
  P04: { zh: '电子邮箱', en: 'e-mail' },
  P05: { zh: '二手交易平台', en: 'second-hand market' },
  P06: { zh: '社交平台', en: 'social platform' },
  P07: { zh: '搜索引擎', en: 'search engine' },
  P08: { zh: '短视频', en: 'short videos' },
  P09: { zh: '婚恋平台', en: 'marriage and dating site' },
  P10: { zh: '招聘平台', en: 'recruiting site' },
  P11: { zh: '分类信息平台', en: 'classified advertisements' },
} as const;

/** A source platform's code, as in `P01`. */
export type SourcePlatform = keyof typeof sourcePlatforms;

/** How the victim was picked (联系方式, L1.M). */
export const contactModes = {
  M1: { zh: '广撒网式', en: 'wide net' },
  M2: { zh: '半撒网式', en: 'half-wide net: bought groups with tags' },
  M3: { zh: '精准式', en: 'precise: from leaked personal information' },
} as const;

/** A contact mode's code, as in `M3`. */
export type ContactMode = keyof typeof contactModes;
