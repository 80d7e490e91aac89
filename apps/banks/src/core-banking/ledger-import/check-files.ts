import type { ImportSource, ImportedEnd, ImportedMovement, LedgerFormat } from './ledger-format';
import type { Report } from './row-problem';
import { mergedByTime } from './time-order';

/** What a check found: the opening balance of every account, by number, and how much there is to import. */
export interface CheckedFiles {
  /** In fen. Grows with the accounts, not with the movements. */
  readonly openings: ReadonlyMap<string, bigint>;
  readonly movements: number;
}

interface Figures {
  readonly openedAt: number;
  readonly given: boolean;
  running: bigint;
  lowest: bigint;
  readonly start: bigint;
}

/** Reads everything once, writes nothing, and reports every bad row. */
export async function checkFiles(format: LedgerFormat, source: ImportSource, report: Report): Promise<CheckedFiles> {
  const figures = new Map<string, Figures>();
  const accountsFile = format.files[0] ?? '';
  for await (const { line, number, openedAt, openingFen } of format.accounts(source, report)) {
    if (figures.has(number)) report({ file: accountsFile, line, text: 'the account number stands in an earlier row already' });
    else figures.set(number, { openedAt: openedAt.getTime(), given: openingFen !== null, start: openingFen ?? 0n, running: openingFen ?? 0n, lowest: openingFen ?? 0n });
  }
  let movements = 0;
  for await (const movement of mergedByTime(format.movements(source, report), report)) {
    const problem = findProblem(movement, figures);
    if (problem) report({ file: movement.file, line: movement.line, text: problem });
    else movements += 1;
  }
  // A given balance stays; otherwise the lowest point is lifted to zero.
  const openings = new Map([...figures].map(([number, { given, start, lowest }]) => [number, given ? start : -lowest]));
  return { openings, movements };
}

/** The account number of an end that this import brings, or nothing for cash and the outside. */
export function insideNumber(end: ImportedEnd, accounts: { has(number: string): boolean }): string | undefined {
  if (end === 'CASH') return undefined;
  if ('number' in end) return end.number;
  return accounts.has(end.outside.number) ? end.outside.number : undefined;
}

function findProblem(movement: ImportedMovement, accounts: Map<string, Figures>): string | undefined {
  const { from, to, at, fen } = movement;
  const [payer, payee] = [insideNumber(from, accounts), insideNumber(to, accounts)];
  if (payer === undefined && payee === undefined) return 'neither end is an account of this import';
  for (const [number, end] of [[payer, 'paying'], [payee, 'receiving']] as const) {
    if (number === undefined) continue;
    const account = accounts.get(number);
    if (!account) return `the ${end} account is unknown: no row of the accounts' file has its number`;
    if (at.getTime() < account.openedAt) return `the ${end} account was opened only later`;
  }
  return applied(accounts.get(payer ?? ''), accounts.get(payee ?? ''), fen);
}

/** Moves the amount between the running balances, the debit first, as the ledger will post it. */
function applied(payer: Figures | undefined, payee: Figures | undefined, fen: bigint): string | undefined {
  if (payer?.given && payer.running < fen) return 'the paying account has too little: its opening balance is given';
  if (payer) {
    payer.running -= fen;
    if (payer.running < payer.lowest) payer.lowest = payer.running;
  }
  if (payee) payee.running += fen;
  return undefined;
}
