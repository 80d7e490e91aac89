import type { Sentences } from '../refusal';

/** Refusals on the bank side of a stop-payment. */
export const stopPaymentOrderRefusals = {
  CLAIMED_BY_ANOTHER: { zh: '此指令已由同事领取，锁定至{until}；请处理下一条，或到时再领。', en: 'A colleague holds this order until {until}; take the next one, or claim it then.' },
  NOT_CLAIMED_BY_YOU: { zh: '请先领取此指令再处理；领取超时会自动释放。', en: 'Claim the order first; a claim that runs out is given back by itself.' },
  FACTS_DIFFER: { zh: '四项事实核对不一致（{field}），不得止付；请按不一致项退回，或核对后再试。', en: 'The four facts do not match ({field}); do not stop. Decline with the field that differs, or check again.' },
  NAME_NOT_CONFIRMED: { zh: '指令未提供户名：请人工核实户名后勾选“已核实户名”再执行。', en: 'The order names no holder: check the holder by hand and confirm it before executing.' },
  ORDER_NO_LONGER_VALID: { zh: '指令有效期已过，不得执行；系统会回复公安“指令已失效”。', en: 'The order is past its validity and may not be executed; the police are told so.' },
  NOTE_REQUIRED: { zh: '此退回原因须填写业务说明。', en: 'This reason needs a business note.' },
  CORE_UNREACHABLE: { zh: '核心系统暂无应答，未执行任何操作；请稍后重试，系统也会自动重试。', en: 'The core system does not answer; nothing was done. Try again; the system also tries by itself.' },
} as const satisfies Record<string, Sentences>;
