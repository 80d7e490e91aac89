import { citizenIdDigit } from './check-digit';
import { chinaDay, isCalendarDay } from './instant';
import { refuse, warn, type Refusal, type Warning } from './refusal';
import { provinceOf } from './region';
import { isMaskedText, normaliseGrouped } from './typed-text';

/** A citizen id 公民身份号码 (GB 11643-1999) and what it says of its holder. */
export interface CitizenId {
  /** 18 characters, the last a digit or capital `X`. */
  readonly number: string;
  /** Region of first registration; abolished codes are lawful. */
  readonly regionCode: string;
  /** As in `1949-12-31`. */
  readonly birthDate: string;
  readonly sex: 'MALE' | 'FEMALE';
}

/**
 * Reads a citizen id; `x` becomes `X`, spaces and full-width digits are understood. `now` bounds the date of birth.
 * Refuses, in this order: masked, 15 digits, length, characters, a date of birth that is none or lies after `now`, check digit.
 */
export function parseCitizenId(text: string, path: string, now: Date): CitizenId | Refusal {
  if (isMaskedText(text)) return refuse('ID_MASKED', { path });
  const number = normaliseGrouped(text).toUpperCase();
  if (number === '') return refuse('VALUE_MISSING', { path });
  if (/^\d{15}$/.test(number)) return refuse('CITIZEN_ID_FIFTEEN_DIGITS', { path });
  if (number.length !== 18) return refuse('CITIZEN_ID_WRONG_LENGTH', { path, parameters: { found: String(number.length) } });
  if (!/^\d{17}[\dX]$/.test(number)) return refuse('CITIZEN_ID_BAD_CHARACTER', { path });

  const birthDate = birthDateIn(number);
  if (birthDate === undefined || birthDate > chinaDay(now)) return refuse('CITIZEN_ID_BIRTH_DATE', { path });
  if (citizenIdDigit(number.slice(0, 17)) !== number.at(-1)) return refuse('CITIZEN_ID_CHECK_DIGIT', { path });
  return { number, regionCode: number.slice(0, 6), birthDate, sex: Number(number[16]) % 2 === 1 ? 'MALE' : 'FEMALE' };
}

function birthDateIn(number: string): string | undefined {
  const [year, month, day] = [number.slice(6, 10), number.slice(10, 12), number.slice(12, 14)] as const;
  return isCalendarDay(Number(year), Number(month), Number(day)) ? `${year}-${month}-${day}` : undefined;
}

/** Doubts about an id that passes: its province was never assigned. A county that was abolished since is right on an id: it keeps the code of its first issue. */
export const citizenIdWarnings = ({ regionCode }: Pick<CitizenId, 'regionCode'>, path: string): Warning[] => (provinceOf(regionCode) ? [] : [warn('REGION_UNKNOWN', path)]);

/** Whole years of age in China at an instant; a person turns a year older on the day after the birthday (刑法 17, 司法解释: 次日起). */
export function ageAt(birthDate: string, at: Date): number {
  const today = chinaDay(at);
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4));
  return today.slice(5) > birthDate.slice(5) ? years : years - 1;
}

/** For screens: province digit pair, one more, and the last four: `110***********002X`. The date of birth never shows. */
export const maskCitizenId = (number: string): string => `${number.slice(0, 3)}***********${number.slice(-4)}`;
