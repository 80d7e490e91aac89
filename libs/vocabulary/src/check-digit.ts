/**
 * The check digits of the standards, each as "the digit that belongs after these characters".
 * Own code and not the package `stdnum`: its citizen id asks the machine's clock and zone, and its credit code
 * refuses every code whose sum is 0 (mod 31). The spec compares with it wherever it is right.
 */

/** Luhn digit (ISO/IEC 7812-1) of a bank card's digits without the last one. */
export function luhnDigit(digits: string): string {
  const sum = [...digits].reverse().reduce((total, digit, index) => total + luhnTerm(Number(digit), index % 2 === 0), 0);
  return String((10 - (sum % 10)) % 10);
}

function luhnTerm(digit: number, isDoubled: boolean): number {
  if (!isDoubled) return digit;
  return digit > 4 ? digit * 2 - 9 : digit * 2;
}

/** Whether digits end in their Luhn digit. */
export const passesLuhn = (digits: string): boolean => digits.length > 1 && luhnDigit(digits.slice(0, -1)) === digits.at(-1);

/** ISO 7064 MOD 11-2 character (`0`–`9` or `X`) of the first 17 digits of a citizen id (GB 11643). */
export function citizenIdDigit(first17: string): string {
  const product = [...first17].reduce((total, digit) => ((total + Number(digit)) * 2) % 11, 0);
  return '0123456789X'.charAt((12 - product) % 11);
}

/** ISO 7064 MOD 11,10 digit of the first 11 digits of a bank branch code (CNAPS). */
export function bankBranchDigit(first11: string): string {
  const product = [...first11].reduce((total, digit) => {
    const sum = (total + Number(digit)) % 10 || 10;
    return (sum * 2) % 11;
  }, 10);
  return String((11 - product) % 10);
}

/** The 31 characters of GB 32100, in the order of their values: no I, O, S, V, Z. */
export const CREDIT_CODE_ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';

/** Check character of the first 17 characters of a unified social credit code (GB 32100): weights are 3^i mod 31. */
export function creditCodeDigit(first17: string): string {
  let weight = 1;
  let sum = 0;
  for (const character of first17) {
    sum += CREDIT_CODE_ALPHABET.indexOf(character) * weight;
    weight = (weight * 3) % 31;
  }
  return CREDIT_CODE_ALPHABET.charAt((31 - (sum % 31)) % 31);
}
