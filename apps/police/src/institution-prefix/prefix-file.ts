import { hasUnwritable, normaliseGrouped, normaliseTyped, refuse, type Refusal } from '@lianfang/vocabulary';
import { CsvError, parse } from 'csv-parse/sync';

/** One row of a prefix file. */
export interface PrefixRow {
  /** Line in the file, 1 for the first. */
  readonly line: number;
  readonly prefix: string;
  readonly institution: string;
  readonly productNote: string | null;
}

/** Longest note on a product, in characters. */
const LONGEST_NOTE = 80;

interface Record {
  readonly record: Readonly<{ [column: string]: string }>;
  readonly info: { readonly lines: number };
}

/**
 * Reads a prefix file: UTF-8 CSV with the header `prefix,institution[,product]`. Every fault comes back, with its line in the path:
 * `csv.line.7.prefix`. The same row twice is one row; the same prefix for two institutions is refused.
 */
export function readPrefixFile(csv: string, isListed: (institution: string) => boolean): PrefixRow[] | Refusal[] {
  const records = readRecords(csv);
  if (!Array.isArray(records)) return [records];
  if (records.length === 0) return [refuse('PREFIX_FILE_EMPTY', { path: 'csv' })];
  const rows = records.map(({ record, info }) => readRow(record, info.lines));
  const faults = [...rows.flatMap((row) => faultsOf(row, isListed)), ...contradictions(rows)];
  return faults.length > 0 ? faults : [...new Map(rows.map((row) => [row.prefix, row])).values()];
}

function readRecords(csv: string): Record[] | Refusal {
  try {
    const options = { bom: true, trim: true, skip_empty_lines: true, info: true, relax_column_count_less: true } as const;
    const header = parse(csv, { bom: true, trim: true, to_line: 1 })[0] ?? [];
    if (header.slice(0, 2).join(',').toLowerCase() !== 'prefix,institution') return refuse('PREFIX_FILE_HEADER', { path: 'csv.line.1' });
    return parse(csv, { ...options, columns: (names: string[]) => names.map((name) => name.toLowerCase()) }) as unknown as Record[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = String('lines' in error ? error['lines'] : 1);
    return refuse('PREFIX_FILE_MALFORMED', { path: `csv.line.${line}`, parameters: { line } });
  }
}

const readRow = (record: Record['record'], line: number): PrefixRow => ({
  line,
  prefix: normaliseGrouped(record['prefix'] ?? ''),
  institution: normaliseGrouped(record['institution'] ?? '').toUpperCase(),
  productNote: normaliseTyped(record['product'] ?? '') || null,
});

function faultsOf({ line, prefix, institution, productNote }: PrefixRow, isListed: (institution: string) => boolean): Refusal[] {
  const at = `csv.line.${line}`;
  return [
    ...(/^\d{3,12}$/.test(prefix) ? [] : [refuse('PREFIX_FORM', { path: `${at}.prefix` })]),
    ...(institution === '' ? [refuse('VALUE_MISSING', { path: `${at}.institution` })] : []),
    ...(institution !== '' && !isListed(institution) ? [refuse('INSTITUTION_NOT_LISTED', { path: `${at}.institution`, parameters: { institution: institution.slice(0, 14) } })] : []),
    ...(hasUnwritable(productNote ?? '') ? [refuse('VALUE_UNWRITABLE', { path: `${at}.product` })] : []),
    ...((productNote ?? '').length > LONGEST_NOTE ? [refuse('VALUE_TOO_LONG', { path: `${at}.product`, parameters: { longest: String(LONGEST_NOTE) } })] : []),
  ];
}

function contradictions(rows: readonly PrefixRow[]): Refusal[] {
  const first = new Map<string, PrefixRow>();
  return rows.flatMap((row) => {
    const earlier = first.get(row.prefix);
    if (!earlier) first.set(row.prefix, row);
    if (!earlier || earlier.institution === row.institution) return [];
    return [refuse('PREFIX_TWICE', { path: `csv.line.${row.line}.prefix`, parameters: { line: String(earlier.line) } })];
  });
}
