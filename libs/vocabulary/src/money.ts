import { refuse, type Refusal } from './refusal';
import { normaliseTyped } from './typed-text';

/** An amount as integer fen (1/100 yuan; for other currencies their 1/100) and ISO 4217 currency. Never a float. */
export interface Money {
  readonly fen: bigint;
  readonly currency: string;
}

/** Money as it travels in messages and GraphQL: the fen as a decimal string, as in `{ fen: '300000', currency: 'CNY' }`. */
export interface WireMoney {
  readonly fen: string;
  readonly currency: string;
}

/** Largest amount that may be typed, in fen (¥100,000,000,000.00): more is a slip of the keyboard. */
export const MOST_FEN = 10_000_000_000_000n;

/** Makes money from fen. Throws when the text is no integer or the currency no three capital letters: that is a broken program, not bad input. */
export function moneyOf(fen: bigint | string, currency = 'CNY'): Money {
  if (typeof fen === 'string' && !/^-?\d+$/.test(fen)) throw new Error('money: fen must be a decimal integer');
  if (!/^[A-Z]{3}$/.test(currency)) throw new Error('money: currency must be three capital letters (ISO 4217)');
  return Object.freeze({ fen: BigInt(fen), currency });
}

/**
 * Reads an amount in yuan as a person types it: digits, at most two decimals; full-width digits are understood.
 * Refuses separators, units (元, 万), a sign, zero (unless `zeroAllowed`), more than two decimals and more than `MOST_FEN`.
 *
 * @example parseYuan('3000.5', 'transfers.0.amount') // { fen: 300050n, currency: 'CNY' }
 */
export function parseYuan(text: string, path: string, { zeroAllowed = false } = {}): Money | Refusal {
  const typed = normaliseTyped(text).replace(/^[¥￥]\s*/, '');
  if (typed === '') return refuse('VALUE_MISSING', { path });
  if (/[万亿千百元圆块角分]|rmb|cny|yuan/i.test(typed)) return refuse('AMOUNT_WITH_UNIT', { path });
  if (/^[-−–]/.test(typed)) return refuse('AMOUNT_NEGATIVE', { path });
  if (/^[\d,，、' .]*$/.test(typed) && /\d[,，、' ]+\d/.test(typed)) return refuse('AMOUNT_WITH_SEPARATOR', { path });
  const match = /^(\d+)(?:\.(\d+))?$/.exec(typed);
  if (!match) return refuse('AMOUNT_NOT_A_NUMBER', { path });

  const [, yuan = '', decimals = ''] = match;
  if (decimals.length > 2) return refuse('AMOUNT_TOO_PRECISE', { path });
  const fen = BigInt(yuan + decimals.padEnd(2, '0'));
  if (fen === 0n && !zeroAllowed) return refuse('AMOUNT_ZERO', { path });
  return fen > MOST_FEN ? refuse('AMOUNT_TOO_LARGE', { path }) : moneyOf(fen);
}

/** The sum of two amounts of one currency; throws on two currencies. */
export const addMoney = (left: Money, right: Money): Money => moneyOf(left.fen + right.fen, oneCurrency(left, right));

/** Whether both are the same amount of the same currency; 300.00 of one currency never equals 300.00 of another. */
export const isSameMoney = (left: Money, right: Money): boolean => left.fen === right.fen && left.currency === right.currency;

function oneCurrency(left: Money, right: Money): string {
  if (left.currency !== right.currency) throw new Error(`money: ${left.currency} and ${right.currency} cannot be reckoned together; convert first`);
  return left.currency;
}

/** For screens and printed papers: `3,000.00元` in Chinese, `¥3,000.00` in English; other currencies carry their code. */
export function formatMoney({ fen, currency }: Money, language: 'zh' | 'en'): string {
  const digits = String(fen < 0n ? -fen : fen).padStart(3, '0');
  const yuan = digits.slice(0, -2).replace(/\B(?=(\d{3})+$)/g, ',');
  const figure = `${yuan}.${digits.slice(-2)}`;
  const sign = fen < 0n ? '-' : '';
  if (currency !== 'CNY') return `${sign}${currency} ${figure}`;
  return language === 'zh' ? `${sign}${figure}元` : `${sign}¥${figure}`;
}

/** Money for a message or a GraphQL answer. */
export const moneyToWire = ({ fen, currency }: Money): WireMoney => ({ fen: String(fen), currency });

/** Money from a verified message or a column; throws on a malformed one. */
export const moneyFromWire = ({ fen, currency }: WireMoney): Money => moneyOf(fen, currency);
