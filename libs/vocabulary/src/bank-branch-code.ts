import { bankBranchDigit } from './check-digit';
import { refuse, type Refusal } from './refusal';
import { normaliseGrouped } from './typed-text';

/** Reads a bank branch code 联行号 (CNAPS): three digits bank, four city, four branch, one check digit (ISO 7064 MOD 11,10). Returns its 12 digits. */
export function parseBankBranchCode(text: string, path: string): string | Refusal {
  const code = normaliseGrouped(text);
  if (code === '') return refuse('VALUE_MISSING', { path });
  if (/^[A-Z]{6}[0-9A-Z]{2}(?:[0-9A-Z]{3})?$/i.test(code)) return refuse('BANK_CODE_IS_SWIFT', { path });
  if (!/^\d{12}$/.test(code)) return refuse('BANK_CODE_NOT_TWELVE_DIGITS', { path, parameters: { found: String(code.length) } });
  return bankBranchDigit(code.slice(0, 11)) === code.at(-1) ? code : refuse('BANK_CODE_CHECK_DIGIT', { path });
}
