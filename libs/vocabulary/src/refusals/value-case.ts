import type { Sentences } from '../refusal';

/** Times, documents, hashes and the words of a case. */
export const caseValueRefusals = {
  TIME_NOT_READ: { zh: '时间无法识别，请按“2026-05-01 08:30:15”填写。', en: 'Not a time; type it as 2026-05-01 08:30:15 (China time).' },
  TIME_TWELVE_HOUR: { zh: '请用 24 小时制填写，例如下午三点填 15:00。', en: 'Use the 24-hour clock, as in 15:00 for 3 p.m.' },
  TIME_IMPOSSIBLE: { zh: '没有这一天或这一时刻，请核对。', en: 'There is no such day or hour; check it.' },
  TIME_IN_FUTURE: { zh: '时间晚于现在，请核对。', en: 'This time lies in the future; check it.' },
  DOCUMENT_NUMBER_BRACKETS: { zh: '文书号的年份请用六角括号，例如“〔2026〕”，不要用方括号或圆括号。', en: 'Put the year of a document number in 〔〕, not in [] or ().' },
  DOCUMENT_NUMBER_FORM: {
    zh: '文书号应为“机关代字〔年份〕序号号”，例如“某公（刑）止字〔2026〕12号”，请核对。',
    en: 'A document number is the organ, 〔year〕, a running number and 号; check it.',
  },
  DOCUMENT_NUMBER_YEAR: {
    zh: '文书号年份（{found}）与审批年份（{expected}）不一致，请核对。',
    en: 'The year of the document ({found}) is not the year of approval ({expected}); check it.',
  },
  HASH_NOT_SHA256: {
    zh: '应为 64 位十六进制的 SHA-256 校验值，现为 {found} 位；只有 MD5 时请重新计算。',
    en: 'A SHA-256 value has 64 hexadecimal characters; {found} were found. Compute it anew if only an MD5 is at hand.',
  },
  LEAD_UNUSUAL_FOR_CRIME_TYPE: {
    zh: '此引流方式（{leadZh}）少见于所选案件类型（{crimeTypeZh}），请核对后保存。',
    en: 'This way of leading ({leadEn}) is unusual for this crime type ({crimeTypeEn}); check, then save.',
  },
} as const satisfies Record<string, Sentences>;
