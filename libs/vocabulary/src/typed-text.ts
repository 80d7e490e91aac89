/** Characters that are on the screen of nobody: zero-width spaces and joiners, direction marks, soft hyphen, byte order mark. */
const INVISIBLE = /[\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u2069\ufeff]/g;

/**
 * What was meant by what was typed or pasted into a field of codes or numbers: full-width letters and digits become
 * half-width (NFKC), invisible characters go, outer space goes, inner runs of space become one space.
 * Not for names: see `parsePersonName`.
 *
 * @example normaliseTyped('　６２２２ 0000') === '6222 0000'
 */
export const normaliseTyped = (text: string): string => text.normalize('NFKC').replace(INVISIBLE, '').replace(/\s+/g, ' ').trim();

/** `normaliseTyped` for numbers that people group: every space goes. */
export const normaliseGrouped = (text: string): string => normaliseTyped(text).replaceAll(' ', '');

/** Whether nothing was typed that anybody could read: missing, empty, or only spaces and invisible characters. */
export const isBlank = (text: string | null | undefined): text is null | undefined | '' => text === null || text === undefined || normaliseTyped(text) === '';

/** Whether a text holds characters that nobody sees; in a name they hide a difference. */
export const hasInvisible = (text: string): boolean => text.search(INVISIBLE) >= 0;

/** Whether a text holds what cannot be written down as it is: control characters other than tab and line end, and half a character. */
export const hasUnwritable = (text: string): boolean => /[^\P{Cc}\t\n\r]|\p{Cs}/u.test(text);

/** Whether digits or letters were blanked out, as on receipts and screenshots: `6222****0001`. */
export const isMaskedText = (text: string): boolean => /[*＊●○•×✱]{2,}|[*＊✱]/.test(text);

/** All but the last `shown` characters replaced by `*`; a text that is not longer than `shown` is blanked whole. */
export const maskAllBut = (text: string, shown: number): string =>
  text.length <= shown ? '*'.repeat(text.length) : '*'.repeat(text.length - shown) + text.slice(-shown);
