import type { FundDestination } from './case-dimensions';

/** Who can act on a payee; `nobody` when the money has left every system. */
export type PayeeDoer = 'bank' | 'payment-institution' | 'acquirer' | 'exchange-or-issuer' | 'nobody';

/** By which rule a payee's identifier is read. */
export type PayeeIdentifierRule =
  | 'account' | 'payment-account' | 'order-number' | 'merchant-number' | 'wallet' | 'crypto-address' | 'card-serial' | 'description';

interface PayeeKindRow {
  readonly zh: string;
  readonly en: string;
  readonly doer: PayeeDoer;
  readonly identifier: PayeeIdentifierRule;
  /** Whether a stop order (止付指令) can reach it at all. */
  readonly stoppable: boolean;
  /** The bucket of S-3 that it counts in. */
  readonly destination: FundDestination;
  /** What to do instead, where no stop order helps. */
  readonly advice: { readonly zh: string; readonly en: string } | null;
}

/** Where a victim's money can go: a payee is not always an account. Each row says who the doer is and whether it can be stopped. */
export const payeeKinds = {
  BANK_CARD: { zh: '银行卡', en: 'bank card', doer: 'bank', identifier: 'account', stoppable: true, destination: 'BANK_CARD', advice: null },
  CORPORATE_ACCOUNT: { zh: '对公账户', en: 'corporate account', doer: 'bank', identifier: 'account', stoppable: true, destination: 'BANK_CARD', advice: null },
  PASSBOOK: { zh: '存折或子账户', en: 'passbook or sub-account', doer: 'bank', identifier: 'account', stoppable: true, destination: 'BANK_CARD', advice: null },
  PAYMENT_ACCOUNT: {
    zh: '支付账户', en: 'payment account', doer: 'payment-institution', identifier: 'payment-account',
    stoppable: true, destination: 'THIRD_PARTY_PAYMENT', advice: null,
  },
  QR_CODE_OR_ORDER: {
    zh: '收款码或订单号', en: 'payment code or order number', doer: 'payment-institution', identifier: 'order-number',
    stoppable: true, destination: 'THIRD_PARTY_PAYMENT', advice: null,
  },
  MERCHANT: { zh: '商户', en: 'merchant', doer: 'acquirer', identifier: 'merchant-number', stoppable: true, destination: 'THIRD_PARTY_PAYMENT', advice: null },
  ECNY_WALLET: { zh: '数字人民币钱包', en: 'e-CNY wallet', doer: 'bank', identifier: 'wallet', stoppable: true, destination: 'OTHER', advice: null },
  CHAIN_ADDRESS: {
    zh: '链上地址', en: 'address on a blockchain', doer: 'exchange-or-issuer', identifier: 'crypto-address', stoppable: false, destination: 'OTHER',
    advice: {
      zh: '止付指令无法到达链上地址：请固定链、地址和交易哈希，查明归属的交易所或代币发行方，发函请其冻结，并追查购币时的银行卡。',
      en: 'No stop order reaches a chain: secure address and transaction, ask exchange or issuer to freeze, and follow the card that bought the coins.',
    },
  },
  TOP_UP_CARD: {
    zh: '充值卡或礼品卡', en: 'top-up or gift card', doer: 'exchange-or-issuer', identifier: 'card-serial', stoppable: false, destination: 'OTHER',
    advice: {
      zh: '请立即联系发卡方，提供卡号或订单号，核实是否已使用，未使用的请其作废或锁定。',
      en: 'Call the issuer at once with the serial or order number; what is not yet used can be voided or locked.',
    },
  },
  CASH_OR_GOLD: {
    zh: '现金或黄金', en: 'cash or gold handed over', doer: 'nobody', identifier: 'description', stoppable: false, destination: 'OTHER',
    advice: {
      zh: '无账户可止付：请立即记录交付时间、地点、取款人和车辆特征，调取监控，通知附近警力和金店、网点。',
      en: 'There is no account to stop: record time, place, collector and vehicle, secure video, and tell nearby patrols, gold shops and branches.',
    },
  },
} as const satisfies Record<string, PayeeKindRow>;

/** A kind of payee, as in `MERCHANT`. */
export type PayeeKind = keyof typeof payeeKinds;

/** Whether a string from outside is a kind of payee. */
export const isPayeeKind = (value: string): value is PayeeKind => Object.hasOwn(payeeKinds, value);

/** A kind of payee that a stop order can reach. */
export type StoppablePayeeKind = { [Kind in PayeeKind]: (typeof payeeKinds)[Kind]['stoppable'] extends true ? Kind : never }[PayeeKind];

/** Whether a stop order can reach a kind of payee at all. */
export const isStoppable = (kind: PayeeKind): kind is StoppablePayeeKind => payeeKinds[kind].stoppable;

/** The kinds of payee that a stop order can reach, in the table's order. */
export const stoppablePayeeKinds: readonly StoppablePayeeKind[] = Object.keys(payeeKinds).filter(isPayeeKind).filter(isStoppable);

/** Classes of personal bank accounts: Ⅱ and Ⅲ have limits, and some core systems cannot hold a part of them. */
export const accountClasses = {
  I: { zh: 'Ⅰ类户', en: 'class I account' },
  II: { zh: 'Ⅱ类户', en: 'class II account' },
  III: { zh: 'Ⅲ类户', en: 'class III account' },
} as const;

/** An account class, as in `II`. */
export type AccountClass = keyof typeof accountClasses;

/** The bucket of S-3 that a payee counts in. */
export const fundDestinationOf = (kind: PayeeKind): FundDestination => payeeKinds[kind].destination;
