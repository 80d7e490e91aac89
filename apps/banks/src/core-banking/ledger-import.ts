import 'reflect-metadata';
import { basename, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { Database } from '@lianfang/database';
import { formatMoney, moneyOf, offsetClock } from '@lianfang/vocabulary';
import { readLedgerConfig } from '../config';
import { finbenchFormat } from './ledger-import/finbench-format';
import { importLedger, type ImportOutcome } from './ledger-import/import-ledger';
import { lianfangFormat } from './ledger-import/lianfang-format';

const usage = `Reads accounts and movements into the built-in ledger.

  npm run ledger:import -- --format finbench DIR     sample data of the LDBC FinBench driver
  npm run ledger:import -- --format lianfang DIR     our own accounts.csv and entries.csv

  --dry-run                    checks every row, writes nothing
  --institutions B001,B002     the institutions that keep the accounts (default B001,B002,B003,P001)
  --name NAME                  names the import (default: the format); the same name again goes on or changes nothing

A killed import goes on when it is started again. Any bad row: nothing is imported.
`;

const formats = { finbench: { ...finbenchFormat, name: 'finbench' }, lianfang: { ...lianfangFormat, name: 'lianfang' } } as const;
const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** Runs the import; the exit code is 0 when everything is in the ledger (or would be), 1 when not, 2 for a wrong command line. */
async function main(): Promise<number> {
  const command = readCommand();
  if (typeof command === 'string') {
    process.stderr.write(`${command}\n\n${usage}`);
    return 2;
  }
  const { format, source, dryRun } = command;
  const { WORKER_DATABASE_URL: url, KEYRING: keyring } = readLedgerConfig();
  const database = await Database.open({ url, entities: [], keyring, poolSize: 2, applicationName: 'lianfang ledger import' });
  try {
    print(`import "${source.name}" of format ${format.name} from ${basename(source.folder)}${dryRun ? ', dry run: nothing is written' : ''}`);
    for (const decision of format.decisions(source)) print(`  ${decision}`);
    const started = performance.now();
    const outcome = await importLedger({ database, clock: offsetClock(0) }, { ...command, progress: progressLines(started) });
    return tell(outcome, started);
  } finally {
    await database.close();
  }
}

function readCommand() {
  try {
    const { values, positionals } = parseArgs({
      allowPositionals: true,
      options: {
        format: { type: 'string' },
        'dry-run': { type: 'boolean', default: false },
        institutions: { type: 'string', default: 'B001,B002,B003,P001' },
        name: { type: 'string' },
      },
    });
    const { format: formatName = '' } = values;
    const institutions = values.institutions.split(',').map((code) => code.trim()).filter((code) => code !== '');
    const name = values.name ?? formatName;
    if (formatName !== 'finbench' && formatName !== 'lianfang') return 'expected --format finbench or --format lianfang';
    if (positionals.length !== 1) return 'expected one folder';
    if (institutions.length === 0 || new Set(institutions).size !== institutions.length) return 'expected --institutions with different codes, separated by commas';
    if (!/^[\w.-]{1,32}$/.test(name)) return 'expected --name with 1 to 32 letters, digits, dots or hyphens';
    return { format: formats[formatName], source: { folder: resolve(positionals[0] ?? ''), name, institutions }, dryRun: values['dry-run'] };
  } catch (error) {
    // parseArgs throws on an option that it does not know; its message says which.
    return error instanceof Error ? error.message : String(error);
  }
}

/** At most one line every two seconds and one at the end of each phase. */
function progressLines(started: number): (phase: string, done: number, all: number) => void {
  let last = started;
  return (phase, done, all) => {
    const now = performance.now();
    if (done < all && now - last < 2_000) return;
    last = now;
    print(`${phase} ${done} of ${all} (${Math.floor((done / all) * 100)} %), ${((now - started) / 1000).toFixed(1)} s`);
  };
}

function tell(outcome: ImportOutcome, started: number): number {
  const seconds = (performance.now() - started) / 1000;
  switch (outcome.outcome) {
    case 'IMPORTED':
    case 'DRY_RUN':
      tellCounts(outcome, seconds);
      return 0;
    case 'ALREADY_IMPORTED':
      print(`already imported at ${outcome.at.toISOString()}: nothing changed`);
      return 0;
    case 'CHANGED':
      print(`${outcome.files.join(', ')} changed since the import of this name ${outcome.isFinished ? 'was finished' : 'began'}: nothing is written.`);
      print('Bring the old files back, or import the new ones under another --name into a ledger without these accounts.');
      return 1;
    case 'PROBLEMS':
      for (const { file, line, text } of outcome.problems) print(`${file}:${line}: ${text}`);
      print(`${outcome.count} bad rows${outcome.count > outcome.problems.length ? `, the first ${outcome.problems.length} shown` : ''}: nothing is written. Correct them and run the import again.`);
      return 1;
    default:
      return outcome satisfies never;
  }
}

function tellCounts(outcome: Extract<ImportOutcome, { accounts: number }>, seconds: number): void {
  const { accounts, movements, openings, total, resumedAt } = outcome;
  const rows = outcome.outcome === 'DRY_RUN' ? accounts + movements : movements - resumedAt;
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  print(`${outcome.outcome === 'DRY_RUN' ? 'would import' : 'imported'} ${accounts} accounts and ${movements} movements${resumedAt > 0 ? `, going on after ${resumedAt}` : ''}`);
  print(`opening balances ${formatMoney(moneyOf(openings), 'en')}${total === null ? '' : `, balances now ${formatMoney(moneyOf(total), 'en')}; every balance is the sum of its entries`}`);
  print(`${seconds.toFixed(1)} s, ${Math.round(rows / seconds)} rows/s, at most ${memory} MB of memory`);
}

main().then(
  (code) => void (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
