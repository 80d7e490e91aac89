import { refuse, type Refusal } from './refusal';
import { normaliseTyped } from './typed-text';

/** A document number 文书号: the organ's short name, the year in 〔〕, a running number and 号. */
export interface DocumentNumber {
  /** The whole, as in `虚公（刑）止字〔2026〕12号`. */
  readonly text: string;
  /** What stands before the year, as in `虚公（刑）止字`. */
  readonly organ: string;
  readonly year: number;
  readonly serial: number;
}

/**
 * Reads a document number. Only 〔〕 hold the year: [] and () are refused with a sentence; round brackets in the organ's name
 * are written full-width. `approvedIn` is the year of approval in China (`chinaYear`), when it is known: another year is refused.
 */
export function parseDocumentNumber(text: string, path: string, approvedIn?: number): DocumentNumber | Refusal {
  const typed = normaliseTyped(text).replaceAll(' ', '');
  if (typed === '') return refuse('VALUE_MISSING', { path });
  if (/[[(【［〈<{「]\d{4}[\])】］〉>}」]/.test(typed)) return refuse('DOCUMENT_NUMBER_BRACKETS', { path });
  const match = /^(?<organ>[\p{Script=Han}A-Z()]{1,40})〔(?<year>(?:19|20)\d{2})〕第?0*(?<serial>[1-9]\d{0,8})号$/u.exec(typed);
  const { organ = '', year = '', serial = '' } = match?.groups ?? {};
  if (!match) return refuse('DOCUMENT_NUMBER_FORM', { path });
  if (approvedIn !== undefined && Number(year) !== approvedIn) {
    return refuse('DOCUMENT_NUMBER_YEAR', { path, parameters: { found: year, expected: String(approvedIn) } });
  }

  const fullWidthOrgan = organ.replaceAll('(', '（').replaceAll(')', '）');
  return { text: `${fullWidthOrgan}〔${year}〕${serial}号`, organ: fullWidthOrgan, year: Number(year), serial: Number(serial) };
}
