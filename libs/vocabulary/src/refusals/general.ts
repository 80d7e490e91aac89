import type { Sentences } from '../refusal';

/** Refusals that any thing can meet. */
export const generalRefusals = {
  NOT_ALLOWED: { zh: '您的岗位不能办理此事项，请交由{rolesZh}办理。', en: 'Your role may not do this; ask: {rolesEn}.' },
  OUTSIDE_YOUR_SCOPE: { zh: '不属于您的单位或辖区，请联系主办单位。', en: 'It belongs to another unit, institution or region; contact the unit in charge.' },
  WRONG_STATE: { zh: '当前状态（{state}）不能进行此操作，请刷新后查看最新进展。', en: 'Not possible in state {state}; refresh to see what has happened since.' },
  CHANGED_MEANWHILE: { zh: '他人刚刚更新了此记录，请刷新后核对再提交。', en: 'Somebody changed it meanwhile; refresh, check and submit again.' },
  NOT_FOUND: { zh: '没有找到，请核对编号。', en: 'Not found; check the number.' },
  KEY_USED_FOR_OTHER_CONTENT: { zh: '同一提交编号已用于不同内容，请重新提交。', en: 'This idempotency key was used with other content; submit again with a new key.' },
  SAME_PERSON: { zh: '经办人与审批人不能是同一人，请由另一名有权人员审批。', en: 'The person who asked may not approve; another person must.' },
  LEVEL_TOO_LOW: { zh: '此事项须由{levelZh}以上公安机关负责人审批，请转交其审批。', en: 'This needs a leader of {levelEn} level or above; hand it to one.' },
  REASON_REQUIRED: { zh: '请填写理由。', en: 'Give a reason.' },
} as const satisfies Record<string, Sentences>;
