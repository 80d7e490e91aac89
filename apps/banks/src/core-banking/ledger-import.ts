import 'reflect-metadata';
import { basename } from 'node:path';
import { Database } from '@lianfang/database';
import { offsetClock } from '@lianfang/vocabulary';
import { readLedgerConfig } from '../config';
import { readCommandLine, usage } from './ledger-import/command-line';
import { importLedger } from './ledger-import/import-ledger';
import { progressLines, tellOutcome, type Print } from './ledger-import/tell-outcome';

const print: Print = (line) => void process.stdout.write(`${line}\n`);

/** Runs the import; the exit code is 0 when everything is in the ledger (or would be), 1 when not, 2 for a wrong command line. */
async function main(): Promise<number> {
  const command = readCommandLine(process.argv.slice(2));
  if (typeof command === 'string') {
    process.stderr.write(`${command}\n\n${usage}`);
    return 2;
  }
  const { format, source, dryRun } = command;
  const { WORKER_DATABASE_URL: url, KEYRING: keyring } = readLedgerConfig();
  const database = await Database.open({ agency: 'banks', url, entities: [], keyring, poolSize: 2, applicationName: 'lianfang ledger import' });
  try {
    print(`import "${source.name}" of format ${format.name} from ${basename(source.folder)}${dryRun ? ', dry run: nothing is written' : ''}`);
    for (const decision of format.decisions(source)) print(`  ${decision}`);
    const started = performance.now();
    const outcome = await importLedger({ database, clock: offsetClock(0) }, { ...command, progress: progressLines(print, started) });
    return tellOutcome(print, outcome, (performance.now() - started) / 1000);
  } finally {
    await database.close();
  }
}

main().then(
  (code) => void (process.exitCode = code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
