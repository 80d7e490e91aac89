import { createHash } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { CsvError, parse } from 'csv-parse';
import type { Report } from './row-problem';

/** One row of a file, by column name. */
export interface CsvRow<Column extends string> {
  readonly line: number;
  readonly values: Readonly<Record<Column, string>>;
}

/** How a format writes its files. */
export interface CsvShape<Column extends string> {
  readonly delimiter: ',' | '|';
  /** Columns that must be there, in any order; others are ignored. */
  readonly columns: readonly Column[];
}

interface ParsedRecord {
  readonly info: { readonly lines: number };
  readonly record: readonly string[];
}

/** Streams a file row by row. What cannot be read as a row is reported with its line, and reading goes on if it can. */
export async function* csvRows<Column extends string>(path: string, { delimiter, columns }: CsvShape<Column>, report: Report): AsyncGenerator<CsvRow<Column>> {
  const file = basename(path);
  // FinBench quotes nothing: a quotation mark there is part of a value.
  const parser = parse({ delimiter, bom: true, info: true, relax_column_count: true, skip_empty_lines: true, quote: delimiter === ',' ? '"' : null });
  const input = createReadStream(path).on('error', (error) => parser.destroy(error));
  let places: ReadonlyMap<Column, number> | undefined;
  let width = 0;
  try {
    for await (const { info, record } of input.pipe(parser) as AsyncIterable<ParsedRecord>) {
      if (places === undefined) {
        places = findPlaces(record, columns);
        width = record.length;
        const missing = columns.filter((column) => !places?.has(column));
        if (missing.length > 0) return report({ file, line: info.lines, text: `the header lacks ${missing.join(', ')}; expected ${columns.join(delimiter)}` });
        continue;
      }
      if (record.length !== width) report({ file, line: info.lines, text: `expected ${width} fields as in the header, found ${record.length}` });
      else yield { line: info.lines, values: valuesOf(record, places) };
    }
    if (places === undefined) report({ file, line: 1, text: `the file is empty; expected the header ${columns.join(delimiter)}` });
  } catch (error) {
    report(readingProblem(file, error));
  } finally {
    input.destroy();
  }
}

/** SHA-256 of a file's bytes in hex, or nothing when there is no such file. */
export async function findFileHash(path: string): Promise<string | undefined> {
  const hash = createHash('sha256');
  try {
    for await (const chunk of createReadStream(path) as AsyncIterable<Buffer>) hash.update(chunk);
    return hash.digest('hex');
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

const findPlaces = <Column extends string>(header: readonly string[], columns: readonly Column[]): ReadonlyMap<Column, number> =>
  new Map(columns.flatMap((column) => (header.includes(column) ? [[column, header.indexOf(column)] as const] : [])));

const valuesOf = <Column extends string>(record: readonly string[], places: ReadonlyMap<Column, number>): Record<Column, string> =>
  Object.fromEntries([...places].map(([column, place]) => [column, (record[place] ?? '').trim()])) as Record<Column, string>;

const isMissing = (error: unknown): boolean => typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';

function readingProblem(file: string, error: unknown): { file: string; line: number; text: string } {
  if (isMissing(error)) return { file, line: 0, text: 'there is no such file in the folder' };
  if (error instanceof CsvError) return { file, line: typeof error['lines'] === 'number' ? error['lines'] : 0, text: `not readable from here on (${error.code}); correct the quotation marks` };
  throw error;
}
