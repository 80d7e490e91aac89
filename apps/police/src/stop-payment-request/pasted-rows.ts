import { normaliseTyped, refuse, type Refusal } from '@lianfang/vocabulary';
import { CsvError, parse } from 'csv-parse/sync';

/** What a pasted column holds. */
export type PastedColumn = 'accountNumber' | 'holderName' | 'institution' | 'amount' | 'transferredAt' | 'layer' | 'kind';

/** One row as it was pasted. */
export interface PastedRow {
  /** Line of the pasted text, 1 for the first. */
  readonly line: number;
  /** Every cell as it stands there. */
  readonly cells: readonly string[];
  readonly values: Readonly<Partial<Record<PastedColumn, string>>>;
  readonly refusals: readonly Refusal[];
}

/** A pasted table. */
export interface PastedTable {
  readonly rows: readonly PastedRow[];
  /** Titles of columns that nothing is read from. */
  readonly ignoredColumns: readonly string[];
}

/** The order of the columns where the first row is no header. */
const usualOrder: readonly PastedColumn[] = ['accountNumber', 'holderName', 'institution', 'amount', 'transferredAt', 'layer', 'kind'];

/** Titles under which a column is found, brackets and spaces left out. Who paid is never read: the case knows it. */
const titles: Readonly<Record<PastedColumn, readonly string[]>> = {
  accountNumber: ['收款账号', '收款卡号', '收款账户', '对方账号', '对方卡号', '账号', '卡号', '账户', 'account', 'account number', 'accountnumber', 'payee account'],
  holderName: ['收款户名', '收款人', '收款人姓名', '对方户名', '户名', '姓名', 'name', 'holder', 'holder name', 'holdername'],
  institution: ['收款机构', '收款行', '收款银行', '开户机构', '开户行', '机构', '机构代码', '银行', 'institution', 'bank'],
  amount: ['金额', '转账金额', '交易金额', '汇款金额', 'amount'],
  transferredAt: ['时间', '转账时间', '交易时间', '汇款时间', 'time', 'transferred at', 'transferredat'],
  layer: ['层级', '账户层级', 'layer'],
  kind: ['类型', '账户类型', '收款方类型', 'kind'],
};

/** Without these nothing can be matched (86-2). */
const requiredColumns: readonly PastedColumn[] = ['accountNumber', 'amount', 'transferredAt'];

/** Longest text that is taken, in characters: 200 rows of 500. */
const LONGEST_TEXT = 100_000;

/** Delimiters of sheets, the likeliest first: a copy from a spreadsheet has tabs. */
const delimiters = ['\t', ',', ';', '，'] as const;

/**
 * Reads rows that were copied from a sheet or a CSV file: with a header in Chinese or English, or in the usual order (account, name, institution,
 * amount, time, layer, kind). Refused as a whole only when no row can be told from the next; everything else is told at its row, as in `rows.7.amount`.
 */
export function readPastedRows(text: string): PastedTable | Refusal[] {
  if (text.length > LONGEST_TEXT) return [refuse('VALUE_TOO_LONG', { path: 'text', parameters: { longest: String(LONGEST_TEXT) } })];
  const records = readRecords(text);
  if (!Array.isArray(records)) return [records];
  const [first] = records;
  if (!first) return [refuse('BATCH_EMPTY', { path: 'text' })];
  const header = readHeader(first.record);
  if (!header) return { rows: records.map((record) => rowOf(record, usualOrder)), ignoredColumns: [] };
  const faults = headerFaults(header, first);
  if (faults.length > 0) return faults;
  if (records.length === 1) return [refuse('BATCH_EMPTY', { path: 'text' })];
  return { rows: records.slice(1).map((record) => rowOf(record, header)), ignoredColumns: first.record.filter((_, place) => header[place] === null) };
}

interface CellRecord {
  readonly record: readonly string[];
  readonly info: { readonly lines: number };
}

function readRecords(text: string): CellRecord[] | Refusal {
  const opening = text.split('\n').find((line) => line.trim() !== '') ?? '';
  const [delimiter = '\t'] = [...delimiters].sort((one, other) => opening.split(other).length - opening.split(one).length);
  try {
    const options = { bom: true, info: true, relax_column_count: true, relax_quotes: true, skip_empty_lines: true, skip_records_with_empty_values: true } as const;
    return parse(text, { ...options, delimiter }) as unknown as CellRecord[];
  } catch (error) {
    if (!(error instanceof CsvError)) throw error;
    const line = String('lines' in error ? error['lines'] : 1);
    return refuse('ROWS_MALFORMED', { path: `rows.${line}`, parameters: { line } });
  }
}

/** The column of each title, null for one that is not read; nothing when the row is no header: then it is data. */
function readHeader(cells: readonly string[]): readonly (PastedColumn | null)[] | undefined {
  const columns = cells.map((cell) => usualOrder.find((column) => titles[column].includes(titleOf(cell))) ?? null);
  const isHeader = columns.filter((column) => column !== null).length >= 2 && !cells.some((cell) => /\d{5}/.test(normaliseTyped(cell)));
  return isHeader ? columns : undefined;
}

/** `金额（元）` is `金额`. */
const titleOf = (cell: string): string => normaliseTyped(cell).replace(/\(.*?\)/g, '').replace(/^[*\s]+|[*\s:]+$/g, '').toLowerCase();

function headerFaults(header: readonly (PastedColumn | null)[], { record, info }: CellRecord): Refusal[] {
  const path = `rows.${info.lines}`;
  const missing = requiredColumns.filter((column) => !header.includes(column));
  const repeated = usualOrder.filter((column) => header.indexOf(column) !== header.lastIndexOf(column));
  const amount = record[header.indexOf('amount')] ?? '';
  return [
    ...missing.map((column) => refuse('ROWS_COLUMN_MISSING', { path: `${path}.${column}`, parameters: { column: titles[column][0] ?? column } })),
    ...repeated.map((column) => refuse('ROWS_COLUMN_TWICE', { path: `${path}.${column}`, parameters: { column: titles[column][0] ?? column } })),
    ...(/[万亿千百]/.test(amount) ? [refuse('AMOUNT_WITH_UNIT', { path: `${path}.amount` })] : []),
  ];
}

function rowOf({ record, info }: CellRecord, columns: readonly (PastedColumn | null)[]): PastedRow {
  const values: Partial<Record<PastedColumn, string>> = {};
  for (const [place, column] of columns.entries()) {
    if (column !== null) values[column] = (record[place] ?? '').trim();
  }
  const surplus = record.slice(columns.length).some((cell) => cell.trim() !== '');
  const refusals = surplus ? [refuse('ROW_TOO_MANY_CELLS', { path: `rows.${info.lines}`, parameters: { most: String(columns.length), found: String(record.length) } })] : [];
  return { line: info.lines, cells: record, values, refusals };
}
