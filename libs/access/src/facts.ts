import type { Facts } from './transition.entity';

/**
 * Facts travel into time lines, live hints and metrics that people without a look at personal data read.
 * Throws on words (any Chinese character), on 15 digits or more in a row (ids, cards) and on numbers that are not integers.
 */
export function assertPlainFacts(facts: Facts): void {
  for (const [name, value] of Object.entries(facts)) {
    if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new Error(`fact ${name}: expected an integer; give amounts as decimal strings of fen`);
    if (typeof value !== 'string') continue;
    if (value.length > 120 || /\p{Script=Han}/u.test(value) || /\d{15,}/.test(value)) {
      throw new Error(`fact ${name}: expected a code, an id or an amount; words and numbers of persons or accounts belong in sealed columns`);
    }
  }
}
