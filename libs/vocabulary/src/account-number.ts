import { passesLuhn } from './check-digit';
import { refuse, warn, type Refusal, type Warning } from './refusal';
import { isMaskedText, maskAllBut, normaliseGrouped } from './typed-text';

/** The number of a bank card, passbook or corporate account. */
export interface AccountNumber {
  /** As stored, compared and sent: capital letters, no spaces, the sub-account after `_`. */
  readonly text: string;
  readonly main: string;
  /** 账号识别号 of a passbook's or foreign-currency sub-account. */
  readonly sub: string | null;
}

/**
 * Reads an account number: 5 to 32 digits or letters; spaces and full-width forms are understood; `主账号_识别号` for a sub-account.
 * Refuses masked numbers and what a spreadsheet turned into `6.22E+18`; doubts come from `accountNumberWarnings`.
 */
export function parseAccountNumber(text: string, path: string): AccountNumber | Refusal {
  if (isMaskedText(text)) return refuse('ACCOUNT_MASKED', { path });
  const typed = normaliseGrouped(text).toUpperCase();
  if (typed === '') return refuse('VALUE_MISSING', { path });
  if (/^\d(?:\.\d+)?E\+?\d{1,2}$/.test(typed)) return refuse('ACCOUNT_CUT_BY_SPREADSHEET', { path });
  const match = /^([0-9A-Z]+)(?:_([0-9A-Z]{1,20}))?$/.exec(typed);
  if (!match) return refuse('ACCOUNT_BAD_CHARACTER', { path });

  const [, main = '', sub] = match;
  if (main.length < 5 || main.length > 32) return refuse('ACCOUNT_WRONG_LENGTH', { path, parameters: { found: String(main.length) } });
  return { text: typed, main, sub: sub ?? null };
}

/**
 * Doubts about a number that looks like a card (16–19 digits, no sub-account): cut by a spreadsheet, or a wrong Luhn digit.
 * Never a refusal: passbooks and corporate accounts have no check digit.
 */
export function accountNumberWarnings({ main, sub }: AccountNumber, path: string): Warning[] {
  if (sub !== null || !/^\d{16,19}$/.test(main) || passesLuhn(main)) return [];
  return [warn(/^\d{15}0+$/.test(main) ? 'ACCOUNT_MAYBE_CUT' : 'CARD_CHECK_DIGIT', path)];
}

/** The last four characters of the main number, which may be shown and searched beside the sealed whole. */
export const lastFour = ({ main }: Pick<AccountNumber, 'main'>): string => main.slice(-4);

/** For screens: everything blanked but the last four of the main number. */
export const maskAccountNumber = ({ main }: Pick<AccountNumber, 'main'>): string => maskAllBut(main, 4);
