import { CREDIT_CODE_ALPHABET, creditCodeDigit } from './check-digit';
import { refuse, type Refusal } from './refusal';
import { normaliseGrouped } from './typed-text';

/**
 * Reads a unified social credit code 统一社会信用代码 (GB 32100-2015); small letters, spaces and full-width forms are understood.
 * Returns its 18 capital characters.
 */
export function parseSocialCreditCode(text: string, path: string): string | Refusal {
  const code = normaliseGrouped(text).toUpperCase();
  if (code === '') return refuse('VALUE_MISSING', { path });
  if (code.length !== 18) return refuse('CREDIT_CODE_WRONG_LENGTH', { path, parameters: { found: String(code.length) } });
  if ([...code].some((character) => !CREDIT_CODE_ALPHABET.includes(character))) return refuse('CREDIT_CODE_BAD_CHARACTER', { path });
  return creditCodeDigit(code.slice(0, 17)) === code.at(-1) ? code : refuse('CREDIT_CODE_CHECK_DIGIT', { path });
}
