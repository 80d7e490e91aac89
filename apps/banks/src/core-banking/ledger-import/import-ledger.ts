import { join } from 'node:path';
import { canonical } from '@lianfang/database';
import { inLedger, type Ledger } from '../ledger';
import { checkFiles, type CheckedFiles } from './check-files';
import { findFileHash } from './csv-rows';
import { findImportRun, finishImportRun, insertImportRun, type ImportContent, type ImportRun } from './import-run.query';
import type { ImportSource, LedgerFormat } from './ledger-format';
import { collectProblems, type Report, type RowProblem } from './row-problem';
import { mergedByTime } from './time-order';
import { loadKnownAccounts, reportTakenNumbers, writeAccounts } from './write-accounts';
import { verifyAccounts, writeMovements } from './write-movements';

/** What to import, and who hears how it goes. */
export interface ImportCommand {
  readonly format: LedgerFormat & { readonly name: string };
  readonly source: ImportSource;
  readonly dryRun: boolean;
  /** Called after every batch. */
  readonly progress: (phase: 'accounts' | 'movements', done: number, all: number) => void;
}

/** How an import ended. Only IMPORTED has written. Amounts in fen. */
export type ImportOutcome =
  | { readonly outcome: 'IMPORTED' | 'DRY_RUN'; readonly accounts: number; readonly movements: number; readonly resumedAt: number; readonly openings: bigint; readonly total: bigint | null }
  | { readonly outcome: 'ALREADY_IMPORTED'; readonly at: Date }
  | { readonly outcome: 'CHANGED'; readonly files: readonly string[]; readonly isFinished: boolean }
  | { readonly outcome: 'PROBLEMS'; readonly problems: readonly RowProblem[]; readonly count: number };

/** Checks all files, then writes them in batches. Run again after a kill it goes on where it was; run again after the end it changes nothing. */
export async function importLedger(ledger: Ledger, command: ImportCommand): Promise<ImportOutcome> {
  const { format, source, dryRun } = command;
  const { report, problems, count } = collectProblems();
  const content = await readContent(command, report);
  if (count() > 0) return { outcome: 'PROBLEMS', problems, count: count() };
  const earlier = await inLedger(ledger, (manager) => findImportRun(manager, source.name));
  const changed = earlier ? changedFiles(earlier, format.name, content) : [];
  if (earlier?.finished_at && changed.length === 0) return { outcome: 'ALREADY_IMPORTED', at: earlier.finished_at };

  const checked = await checkFiles(format, source, report);
  if (count() > 0) return { outcome: 'PROBLEMS', problems, count: count() };
  // Only now: whoever brings new files under an old name learns of their bad rows first.
  if (earlier && changed.length > 0) return { outcome: 'CHANGED', files: changed, isFinished: earlier.finished_at !== null };
  if (!earlier?.accounts_done) await reportTakenNumbers(ledger, { format, source }, report);
  if (count() > 0) return { outcome: 'PROBLEMS', problems, count: count() };
  const counts = { accounts: checked.openings.size, movements: checked.movements, openings: sum(checked.openings.values()) };
  if (dryRun) return { outcome: 'DRY_RUN', ...counts, resumedAt: 0, total: null };

  if (!earlier) await inLedger(ledger, (manager) => insertImportRun(manager, { name: source.name, format: format.name, content }));
  const total = await write(ledger, command, { checked, earlier });
  return { outcome: 'IMPORTED', ...counts, resumedAt: earlier?.movements_done ?? 0, total };
}

async function write(ledger: Ledger, { format, source, progress }: ImportCommand, { checked, earlier }: { checked: CheckedFiles; earlier: ImportRun | undefined }): Promise<bigint> {
  const { name } = source;
  const { openings, movements: all } = checked;
  // The files were checked a moment ago, and their hashes name this import.
  const accounts = () => format.accounts(source, unexpected);
  await writeAccounts(ledger, { accounts: accounts(), name, done: earlier?.accounts_done ?? 0, openings, progress: (done) => progress('accounts', done, openings.size) });
  const known = await loadKnownAccounts(ledger, accounts(), openings);
  const movements = mergedByTime(format.movements(source, unexpected), unexpected);
  await writeMovements(ledger, { movements, name, done: earlier?.movements_done ?? 0, known, progress: (done) => progress('movements', done, all) });
  const { wrong, total } = await verifyAccounts(ledger, known);
  const expected = sum([...known.values()].map(({ balance }) => balance));
  if (wrong > 0 || total !== expected) throw new Error(`ledger import: ${wrong} balances differ from their entries, and the sum is ${total} fen where ${expected} were expected; reset the ledger`);
  await inLedger(ledger, (manager) => finishImportRun(manager, name, ledger.clock.now()));
  return total;
}

async function readContent({ format, source }: ImportCommand, report: Report): Promise<ImportContent> {
  const files: Record<string, string> = {};
  for (const file of format.files) {
    const hash = await findFileHash(join(source.folder, file));
    if (hash === undefined) report({ file, line: 0, text: 'there is no such file in the folder' });
    else files[file] = hash;
  }
  return { files, institutions: source.institutions };
}

/** What differs from the import of the same name; `--institutions` and `--format` decide about rows as a file does. */
function changedFiles(earlier: ImportRun, format: string, content: ImportContent): string[] {
  const files = Object.keys({ ...earlier.content.files, ...content.files }).filter((file) => earlier.content.files[file] !== content.files[file]);
  const options = [
    ...(earlier.format === format ? [] : ['--format']),
    ...(canonical(earlier.content.institutions) === canonical(content.institutions) ? [] : ['--institutions']),
  ];
  return [...options, ...files];
}

const unexpected: Report = ({ file, line, text }) => {
  throw new Error(`ledger import: ${file}:${line} was right when it was checked and is not any more (${text}); run the import again`);
};

const sum = (amounts: Iterable<bigint>): bigint => {
  let total = 0n;
  for (const amount of amounts) total += amount;
  return total;
};
