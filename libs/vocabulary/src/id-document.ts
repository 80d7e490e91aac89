import { parseCitizenId, type CitizenId } from './citizen-id';
import { isRefusal, refuse, type Refusal } from './refusal';
import { isMaskedText, maskAllBut, normaliseGrouped } from './typed-text';

/** Kinds of identity document. Only the first two follow GB 11643; the others are not forced into it. */
export const idKinds = {
  CITIZEN_ID: { zh: '居民身份证', en: 'citizen id card', number: null },
  RESIDENCE_PERMIT: { zh: '港澳台居民居住证', en: 'residence permit for Hong Kong, Macao and Taiwan residents', number: /^8[123]0000/ },
  HK_MACAO_PERMIT: { zh: '港澳居民来往内地通行证', en: 'Hong Kong and Macao travel permit', number: /^[HM]\d{8}(?:\d{2})?$/ },
  TAIWAN_PERMIT: { zh: '台湾居民来往大陆通行证', en: 'Taiwan travel permit', number: /^(?:\d{8}|\d{10}(?:[0-9A-Z])?)$/ },
  FOREIGNER_PERMIT: { zh: '外国人永久居留身份证', en: "foreigner's permanent residence card", number: /^(?:[A-Z]{3}\d{12}|9\d{16}[\dX])$/ },
  PASSPORT: { zh: '护照', en: 'passport', number: /^[0-9A-Z]{5,15}$/ },
  MILITARY_ID: { zh: '军官证', en: 'military id', number: /^[\p{Script=Han}A-Z]{0,6}\d{4,12}号?$/u },
  OTHER: { zh: '其他证件', en: 'other document', number: /^[\p{Script=Han}0-9A-Z-]{3,30}$/u },
} as const;

/** A kind of identity document, as in `PASSPORT`. */
export type IdKind = keyof typeof idKinds;

/** An identity document; `citizen` is what a GB 11643 number says of its holder. */
export interface IdDocument {
  readonly kind: IdKind;
  readonly number: string;
  readonly citizen: CitizenId | null;
}

/** Whether a string from outside is a kind of identity document. */
export const isIdKind = (value: string): value is IdKind => Object.hasOwn(idKinds, value);

/** Reads an identity document of any kind; faults carry `path.kind` or `path.number`. `now` bounds the date of birth. */
export function parseIdDocument(typed: { readonly kind: string; readonly number: string }, path: string, now: Date): IdDocument | Refusal {
  const { kind } = typed;
  const at = `${path}.number`;
  if (!isIdKind(kind)) return refuse('VALUE_NOT_LISTED', { path: `${path}.kind` });
  if (kind === 'CITIZEN_ID' || kind === 'RESIDENCE_PERMIT') return readCitizenNumber(kind, parseCitizenId(typed.number, at, now), at);

  if (isMaskedText(typed.number)) return refuse('ID_MASKED', { path: at });
  const number = normaliseGrouped(typed.number).toUpperCase();
  if (number === '') return refuse('VALUE_MISSING', { path: at });
  return idKinds[kind].number.test(number) ? { kind, number, citizen: null } : wrongForm(kind, at);
}

function readCitizenNumber(kind: 'CITIZEN_ID' | 'RESIDENCE_PERMIT', citizen: CitizenId | Refusal, path: string): IdDocument | Refusal {
  if (isRefusal(citizen)) return citizen;
  if (kind === 'RESIDENCE_PERMIT' && !idKinds[kind].number.test(citizen.number)) return wrongForm(kind, path);
  return { kind, number: citizen.number, citizen };
}

const wrongForm = (kind: IdKind, path: string): Refusal =>
  refuse('ID_NUMBER_FORM', { path, parameters: { kindZh: idKinds[kind].zh, kindEn: idKinds[kind].en } });

/** For screens: all but the last four characters blanked. */
export const maskIdNumber = (number: string): string => maskAllBut(number, 4);
