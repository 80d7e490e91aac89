import type { Sentences } from '../refusal';

/** Refusals of appeals, and the line of their notice. */
export const appealRefusals = {
  APPEAL_WITHOUT_STOP: { zh: '该账户未被实际止付，不能登记申诉；请核对通知上的文书号。', en: 'This stop never took effect, so there is nothing to appeal; check the document number on the notice.' },
  APPEAL_REVIEWER_INVOLVED: { zh: '提出或批准该止付的人不能复核申诉，请由另一名负责人决定。', en: 'Who proposed or approved the stop may not review the appeal; another leader must decide.' },
  APPEAL_OVERDUE: { zh: '申诉 {number} 已到期仍未决定，请立即复核。', en: 'Appeal {number} is due and not decided; review it at once.' },
} as const satisfies Record<string, Sentences>;
