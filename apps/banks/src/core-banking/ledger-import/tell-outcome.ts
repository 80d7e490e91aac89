import { formatMoney, moneyOf } from '@lianfang/vocabulary';
import type { ImportCommand, ImportOutcome } from './import-ledger';

/** Takes one line for the person at the terminal. */
export type Print = (line: string) => void;

/** At most one line every two seconds and one at the end of each phase. `started` is `performance.now()` at the start. */
export function progressLines(print: Print, started: number): ImportCommand['progress'] {
  let last = started;
  return (phase, done, all) => {
    const now = performance.now();
    if (done < all && now - last < 2_000) return;
    last = now;
    print(`${phase} ${done} of ${all} (${Math.floor((done / all) * 100)} %), ${((now - started) / 1000).toFixed(1)} s`);
  };
}

/** Says how the import ended; returns the exit code: 0 when everything is in the ledger (or would be), 1 when not. */
export function tellOutcome(print: Print, outcome: ImportOutcome, seconds: number): number {
  switch (outcome.outcome) {
    case 'IMPORTED':
    case 'DRY_RUN':
      tellCounts(print, outcome, seconds);
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

function tellCounts(print: Print, outcome: Extract<ImportOutcome, { accounts: number }>, seconds: number): void {
  const { accounts, movements, openings, total, resumedAt } = outcome;
  const rows = outcome.outcome === 'DRY_RUN' ? accounts + movements : movements - resumedAt;
  const memory = Math.round(process.resourceUsage().maxRSS / 1024);
  print(`${outcome.outcome === 'DRY_RUN' ? 'would import' : 'imported'} ${accounts} accounts and ${movements} movements${resumedAt > 0 ? `, going on after ${resumedAt}` : ''}`);
  print(`opening balances ${formatMoney(moneyOf(openings), 'en')}${total === null ? '' : `, balances now ${formatMoney(moneyOf(total), 'en')}; every balance is the sum of its entries`}`);
  print(`${seconds.toFixed(1)} s, ${Math.round(rows / seconds)} rows/s, at most ${memory} MB of memory`);
}
