import { chinaYear, isBlank, isRefusal, parseDocumentNumber, parseSha256Hash, type Refusal } from '@lianfang/vocabulary';

/** A legal document as recorded: it is issued in the case system (practice A1). */
export interface LegalDocument {
  readonly legalDocumentNumber: string | null;
  readonly legalDocumentHash: string | null;
}

/** Reads number and hash as typed; both may be missing. The document's year is the year of approval, that is of `now`. */
export function readLegalDocument(typed: { number?: string | null; hash?: string | null }, path: string, now: Date): LegalDocument | Refusal[] {
  const below = (field: string): string => (path === '' ? field : `${path}.${field}`);
  const number = isBlank(typed.number) ? null : parseDocumentNumber(typed.number, below('legalDocumentNumber'), chinaYear(now));
  const hash = isBlank(typed.hash) ? null : parseSha256Hash(typed.hash, below('legalDocumentHash'));
  const faults = [number, hash].filter(isRefusal);
  if (faults.length > 0 || isRefusal(number) || isRefusal(hash)) return faults;
  return { legalDocumentNumber: number?.text ?? null, legalDocumentHash: hash };
}
