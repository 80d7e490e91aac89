import type { Sentences } from '../refusal';
import { caseValueRefusals } from './value-case';
import { identityValueRefusals } from './value-identity';
import { moneyValueRefusals } from './value-money';

/** Refusals and warnings of a value that was typed or imported; the path says where. */
export const valueRefusals = {
  VALUE_MISSING: { zh: '此项必填，请填写。', en: 'This is required; fill it in.' },
  VALUE_TOO_LONG: { zh: '内容过长，最多 {longest} 字，请缩短后再提交。', en: 'Too long; at most {longest} characters. Shorten it and submit again.' },
  VALUE_UNWRITABLE: { zh: '内容中有无法保存的字符（多由粘贴带入），请删除后重新输入。', en: 'It holds characters that cannot be kept, mostly from pasting; delete them and type it anew.' },
  VALUE_NOT_LISTED: { zh: '不在可选项中，请从列表中选择。', en: 'Not one of the choices; pick one from the list.' },
  ...moneyValueRefusals,
  ...identityValueRefusals,
  ...caseValueRefusals,
} as const satisfies Record<string, Sentences>;
