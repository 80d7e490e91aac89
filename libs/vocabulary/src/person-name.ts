import { refuse, type Refusal } from './refusal';
import { hasInvisible, hasUnwritable, isMaskedText } from './typed-text';

/** Longest name of a person or an account's holder, in characters; what messages carry. */
export const LONGEST_NAME = 120;

/** Dots that can only mean the middle dot of a name, whichever keyboard typed them. */
const MIDDLE_DOTS = /[•‧∙⋅・･᛫]/g;

/**
 * Reads a person's name: NFC, outer space trimmed, spaces between Chinese characters closed, every middle dot written `·`.
 * Refuses masked names, an ASCII dot in a Chinese name, invisible characters, digits and fewer than two characters.
 *
 * @example parsePersonName('阿迪力•吐尔逊', 'deceived.name') === '阿迪力·吐尔逊'
 */
export function parsePersonName(text: string, path: string): string | Refusal {
  const name = parseHolderName(text, path);
  if (typeof name !== 'string') return name;
  if (/\p{Script=Han}/u.test(name) && /[.．。]/.test(name)) return refuse('NAME_ASCII_DOT', { path });
  return /^[\p{L}\p{M}][\p{L}\p{M}·'’.\- ]*$/u.test(name) ? name : refuse('NAME_BAD_CHARACTER', { path });
}

/** Reads the name of an account's holder, a person or an organisation: as `parsePersonName`, but digits and brackets may stand beside letters. */
export function parseHolderName(text: string, path: string): string | Refusal {
  const name = text.normalize('NFC').trim().replace(MIDDLE_DOTS, '·').replace(/(?<=[\p{Script=Han}·])\s+(?=[\p{Script=Han}·])/gu, '').replace(/\s+/g, ' ');
  if (name === '') return refuse('VALUE_MISSING', { path });
  if (isMaskedText(name)) return refuse('NAME_MASKED', { path });
  if (hasInvisible(name)) return refuse('NAME_INVISIBLE', { path });
  if ([...name].length < 2) return refuse('NAME_TOO_SHORT', { path });
  if ([...name].length > LONGEST_NAME) return refuse('NAME_TOO_LONG', { path, parameters: { longest: String(LONGEST_NAME) } });
  return /\p{L}/u.test(name) && !hasUnwritable(name) && !/[<>]/.test(name) ? name : refuse('NAME_BAD_CHARACTER', { path });
}

/** Whether two writings are one name: width, case, spaces, kinds of dot and of brackets make no difference; nothing else is forgiven. */
export const sameName = (left: string, right: string): boolean => nameKey(left) === nameKey(right);

/** The form in which names are compared and indexed; not for showing. */
export const nameKey = (name: string): string =>
  name.replace(MIDDLE_DOTS, '·').normalize('NFKC').replace(/[.。]/g, '·').replace(/\s/g, '').replace(/[\u200b-\u200d\u2060\ufeff]/g, '').toUpperCase();

/** For screens: the first character and one star for every other, as in `张**`; of `阿迪力·吐尔逊` the dot stays. */
export const maskName = (name: string): string => [...name].map((character, index) => (index === 0 || character === '·' ? character : '*')).join('');
