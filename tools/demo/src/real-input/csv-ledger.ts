import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';

/*
 * The CSV reckoned a second time, by code that knows nothing of the importer: what it prints about its decisions is repeated here
 * from the words, so that a mistake of either shows.
 */

/** A row of one of the two movement files. */
export interface CsvMovement {
  readonly file: string;
  /** Line in the file; the header is line 1. */
  readonly line: number;
  readonly from: string;
  readonly to: string;
  /** Rounded half up. */
  readonly fen: bigint;
  /** Milliseconds since 1970; the file's times are China time. */
  readonly at: number;
  /** The time as the file writes it. */
  readonly writtenAt: string;
}

/** An account of the files. */
export interface CsvAccount {
  readonly id: string;
  readonly isBlocked: boolean;
  readonly institution: string;
  /** Invented from the owner's id, as the importer says that it does. */
  readonly holderName: string;
}

/** All accounts, and all movements in the order of time. */
export interface CsvLedger {
  readonly accounts: ReadonlyMap<string, CsvAccount>;
  readonly transfers: readonly CsvMovement[];
  readonly movements: readonly CsvMovement[];
}

/** Institutions in the order in which the importer spreads accounts over them. */
const institutions = ['B001', 'B002', 'B003', 'P001'] as const;

/** Reads the folder; throws when a file is missing or a row cannot be read. */
export async function readCsvLedger(folder: string): Promise<CsvLedger> {
  const names = new Map<string, string>();
  for (const [owner = '', id = ''] of await rowsOf(folder, 'PersonOwnAccount.csv')) names.set(id, `${'甲乙丙丁戊己庚辛壬癸'.charAt(Number(owner.slice(-1)))}虚构${inNumerals(owner)}`);
  for (const [owner = '', id = ''] of await rowsOf(folder, 'CompanyOwnAccount.csv')) names.set(id, `虚构${inNumerals(owner)}商贸有限公司`);
  const accounts = new Map<string, CsvAccount>();
  for (const [id = '', , blocked] of await rowsOf(folder, 'Account.csv')) accounts.set(id, { id, isBlocked: blocked === 'true', institution: institutionOf(id), holderName: names.get(id) ?? '' });
  const transfers = await movementsOf(folder, 'AccountTransferAccount.csv');
  const withdrawals = await movementsOf(folder, 'AccountWithdrawAccount.csv');
  // Array.sort is stable: at one instant transfers stand before withdrawals, each in the order of its file.
  const movements = [...transfers, ...withdrawals].sort((one, other) => one.at - other.at);
  return { accounts, transfers, movements };
}

/** What is on an account after all movements of the files: the least opening balance that never let it fall below zero, and what came and went. */
export function closingBalance({ movements }: CsvLedger, account: string): bigint {
  let running = 0n;
  let lowest = 0n;
  for (const { from, to, fen } of movements) {
    if (from === account) running -= fen;
    if (running < lowest) lowest = running;
    if (to === account) running += fen;
  }
  return running - lowest;
}

/** What left an account at or after an instant, in the order of time. */
export const outflowsSince = ({ movements }: CsvLedger, account: string, since: number): CsvMovement[] => movements.filter(({ from, at }) => from === account && at >= since);

async function rowsOf(folder: string, file: string): Promise<string[][]> {
  const text = await readFile(join(folder, file), 'utf8');
  return text.trimEnd().split('\n').slice(1).map((line) => line.split('|'));
}

async function movementsOf(folder: string, file: string): Promise<CsvMovement[]> {
  const rows = await rowsOf(folder, file);
  return rows.map(([from = '', to = '', amount = '', writtenAt = ''], index) => ({ file, line: index + 2, from, to, fen: fenOf(amount), at: Date.parse(`${writtenAt.replace(' ', 'T')}+08:00`), writtenAt }));
}

/** The first four bytes of the id's SHA-256 as a number, modulo the number of institutions. */
function institutionOf(id: string): string {
  const rest = Number.parseInt(createHash('sha256').update(id).digest('hex').slice(0, 8), 16) % institutions.length;
  return institutions[rest] ?? institutions[0];
}

const inNumerals = (id: string): string => [...id].map((digit) => '零一二三四五六七八九'.charAt(Number(digit))).join('');

/** Yuan with many decimals as fen: a thousandth of a fen and less decides by its first digit. */
function fenOf(amount: string): bigint {
  const match = /^(\d+)(?:\.(\d+))?$/.exec(amount);
  if (!match) throw new Error('an amount of the CSV is not written as digits with a point');
  const [, yuan = '', decimals = ''] = match;
  const digits = decimals.padEnd(3, '0');
  return BigInt(yuan + digits.slice(0, 2)) + (digits.charAt(2) >= '5' ? 1n : 0n);
}
