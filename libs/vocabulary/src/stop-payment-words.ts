import type { z } from 'zod';
import type { notExecutedReasons, stopPaymentKinds, stopPaymentOrdered, stopPaymentReleaseOrdered, stopPaymentStopped } from './messages/stop-payment';

interface Words {
  readonly zh: string;
  readonly en: string;
}

/** The words for a bank's reasons not to execute a stop; each is a lawful answer, not a failure. */
export const notExecutedReasonWords: Readonly<Record<(typeof notExecutedReasons)[number], Words>> = {
  MISMATCH_NAME: { zh: '户名不符', en: 'the holder name differs' },
  MISMATCH_ACCOUNT: { zh: '账号不符', en: 'the account number differs' },
  MISMATCH_AMOUNT: { zh: '金额不符', en: 'the amount differs' },
  MISMATCH_TIME: { zh: '时间不符', en: 'the time differs' },
  NOT_FOUND: { zh: '查无此户', en: 'no such account' },
  CLOSED: { zh: '已销户', en: 'the account is closed' },
  ALREADY_FROZEN: { zh: '已被冻结', en: 'the account is already frozen' },
  EXEMPT_ACCOUNT: { zh: '依法不得止付的账户', en: 'the account may not be stopped by law' },
  FUNDS_MOVED: { zh: '资金已转出', en: 'the money has moved on' },
  NOT_SUPPORTED: { zh: '系统不支持此种止付', en: 'the core system cannot hold in this way' },
  WITHDRAWN: { zh: '警方已撤回', en: 'withdrawn by the police' },
  ORDER_EXPIRED: { zh: '指令已过期', en: 'the order has expired' },
  TECHNICAL: { zh: '技术原因', en: 'a technical cause' },
};

/** The words for the channel of an order: the national platform's, or ours alone. */
export const orderChannelWords: Readonly<Record<z.infer<(typeof stopPaymentOrdered)['data']>['channel'], Words>> = {
  NATIONAL: { zh: '国家平台', en: 'national platform' },
  LOCAL: { zh: '本系统', en: 'this system' },
};

/** The words for the police's reasons to release a stop. */
export const releaseReasonWords: Readonly<Record<z.infer<(typeof stopPaymentReleaseOrdered)['data']>['reason'], Words>> = {
  FALSE_REPORT: { zh: '报案不实', en: 'false report' },
  ERROR: { zh: '止付有误', en: 'stopped in error' },
  APPEAL_UPHELD: { zh: '申诉成立', en: 'appeal upheld' },
  WITHDRAWN_BY_VICTIM: { zh: '被害人撤回', en: 'withdrawn by the victim' },
  UNRELATED: { zh: '与案件无关', en: 'unrelated to the case' },
};

/** The words for what a stop is for. */
export const stopPaymentKindWords: Readonly<Record<(typeof stopPaymentKinds)[number], Words>> = {
  STOP: { zh: '紧急止付', en: "an account that took a victim's money" },
  PROTECTIVE_HOLD: { zh: '保护性止付', en: "the victim's own account, at the victim's wish" },
};

/** The words for how a bank carried a stop out. */
export const stopExecutionWords: Readonly<Record<z.infer<(typeof stopPaymentStopped)['data']>['execution'], Words>> = {
  STRAIGHT_THROUGH: { zh: '直通执行', en: 'by the core system alone' },
  BY_HAND: { zh: '人工执行', en: 'by a liaison' },
};
