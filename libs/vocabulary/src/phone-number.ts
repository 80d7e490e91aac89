import { parsePhoneNumberFromString } from 'libphonenumber-js';
import { refuse, type Refusal } from './refusal';
import { isMaskedText, normaliseTyped } from './typed-text';

/** What a number is; it decides who may act on it and whether a message may go to it. */
export const phoneKinds = {
  MOBILE: { zh: '手机号', en: 'mobile' },
  LANDLINE: { zh: '固定电话', en: 'landline' },
  IOT: { zh: '物联网卡', en: 'IoT card' },
  SERVICE: { zh: '服务号码（400/800/95/96）', en: 'service number (400, 800, 95, 96)' },
  SMS_PORT: { zh: '短信端口号', en: 'SMS port' },
  SPECIAL: { zh: '特服号码', en: 'emergency or special number' },
  FOREIGN: { zh: '境外号码', en: 'number outside the mainland' },
} as const;

/** A kind of phone number, as in `MOBILE`. */
export type PhoneKind = keyof typeof phoneKinds;

/** A phone number in one written form per number: `number` is what is stored, compared and indexed. */
export interface PhoneNumber {
  readonly kind: PhoneKind;
  /** E.164 (`+8613…`) where the number has one; otherwise its national form, as in `95588`, `106…`, `110`. */
  readonly number: string;
}

interface ChinesePattern {
  readonly kind: PhoneKind;
  readonly digits: RegExp;
  /** Whether the number can be called from abroad, and so is written as E.164; the trunk 0 goes. */
  readonly isE164: boolean;
}

/** Mainland numbers in national form, first match wins. Ranges are wider than today's allotments: operators open new ones before any library knows. */
const patterns: readonly ChinesePattern[] = [
  { kind: 'SPECIAL', digits: /^(?:11\d|12[0-2]|100\d{2}|12\d{3}|96110)$/, isE164: false },
  { kind: 'IOT', digits: /^(?:1064\d{9}|14[14]\d{10})$/, isE164: false },
  { kind: 'SMS_PORT', digits: /^106\d{5,20}$/, isE164: false },
  { kind: 'MOBILE', digits: /^1[3-9]\d{9}$/, isE164: true },
  { kind: 'SERVICE', digits: /^(?:[48]00\d{7}|9[56]\d{3,6})$/, isE164: false },
  { kind: 'LANDLINE', digits: /^0(?:10|2\d)\d{8}$/, isE164: true },
  { kind: 'LANDLINE', digits: /^0[3-9]\d{2}\d{7,8}$/, isE164: true },
];

/**
 * Reads a phone number as people type or paste it: +86, 0086 and the IP prefix 17951 go, once or doubled; spaces, hyphens,
 * brackets and full-width digits are understood; other countries by `+` or `00`.
 * Refuses masked and misread numbers and says how many digits were found.
 */
export function parsePhoneNumber(text: string, path: string): PhoneNumber | Refusal {
  if (normaliseTyped(text) === '') return refuse('VALUE_MISSING', { path });
  if (isMaskedText(text)) return refuse('PHONE_MASKED', { path });
  const typed = normaliseTyped(text).replace(/[\s()\-‐-―·.]/g, '').replace(/^\+?tel:/i, '');
  if (!/^[+\d]+$/.test(typed)) return refuse('PHONE_NOT_A_NUMBER', { path });

  const national = withoutPrefixes(typed);
  const mainland = readMainland(national);
  if (mainland) return mainland;
  if (/^(?:\+|00)/.test(national)) return readForeign(national, path);
  return /^1\d+$/.test(national)
    ? refuse('PHONE_WRONG_LENGTH', { path, parameters: { found: String(national.length) } })
    : refuse('PHONE_NOT_A_NUMBER', { path });
}

/** Beijing's `10 62345678` after +86 would read as an SMS port without its trunk 0; 400 and 800 are no area codes. */
const LANDLINE_WITHOUT_TRUNK = /^(?![48]00)(?:10|2\d)\d{8}$|^(?![48]00)[3-9]\d{2}\d{7,8}$/;

function withoutPrefixes(typed: string): string {
  const international = typed.replace(/^(?:(?:\+|00)+86)+(?=\d)/, '');
  if (international !== typed && LANDLINE_WITHOUT_TRUNK.test(international)) return `0${international}`;
  return international
    .replace(/^(?:17951|17911|12593)(?=0?1[3-9]\d{9}$|0\d{9,11}$)/, '')
    .replace(/^(?:86)+(?=1[3-9]\d{9}$)/, '')
    .replace(/^0(?=1[3-9]\d{9}$)/, '');
}

function readMainland(digits: string): PhoneNumber | undefined {
  const match = patterns.find((pattern) => pattern.digits.test(digits));
  return match && { kind: match.kind, number: match.isE164 ? `+86${digits.replace(/^0/, '')}` : digits };
}

function readForeign(typed: string, path: string): PhoneNumber | Refusal {
  const parsed = parsePhoneNumberFromString(typed.replace(/^(?:\++|00)/, '+'));
  if (!parsed?.isValid() || parsed.countryCallingCode === '86') return refuse('PHONE_NOT_A_NUMBER', { path });
  return { kind: 'FOREIGN', number: parsed.number };
}

/** For screens: mobiles as `138****8000`, every other number with its last four digits; emergency and service numbers are nobody's and stay. */
export function maskPhone({ kind, number }: PhoneNumber): string {
  if (kind === 'SPECIAL' || kind === 'SERVICE') return number;
  const national = number.replace(/^\+86/, '');
  if (kind === 'MOBILE') return `${national.slice(0, 3)}****${national.slice(-4)}`;
  return '****' + national.slice(-4);
}
