import { existsSync } from 'node:fs';
import { isAbsolute, join, resolve } from 'node:path';
import { importLedger, installationEnvironment, runProgram } from './program';
import { compare, type Comparison } from './real-input/compare';
import { readCsvLedger, type CsvLedger, type CsvMovement } from './real-input/csv-ledger';
import { pickingRule, pickTransfers, type Picking } from './real-input/pick-transfers';
import { approve, propose } from './real-input/work-on-transfers';
import { Session } from './session';
import { holds } from './step';
import { withThrowAwaySystem, type ThrowAway } from './throw-away-system';

const picking: Picking = { count: 25, laterOutflows: 3, seed: 20260501 };
/** Transfers that one case reports. */
const PER_CASE = 5;
const print = (line: string): void => void process.stdout.write(`${line}\n`);

/** In this run every institution executes straight through. */
const settings = JSON.stringify(Object.fromEntries(['B001', 'B002', 'B003', 'P001'].map((institution) => [institution, { straightThrough: true }])));

/** `npm run ci:real-input -- DIR`: real rows through the whole system, compared with the CSV; any difference ends with exit code 1. */
async function main(): Promise<boolean> {
  const [given = ''] = process.argv.slice(2);
  const folder = isAbsolute(given) ? given : resolve(given);
  if (given === '' || !existsSync(join(folder, 'AccountTransferAccount.csv'))) {
    process.stderr.write(`expected the folder of the FinBench sample, found "${given}" without AccountTransferAccount.csv in it; nothing was checked\n`);
    return false;
  }
  const ledger = await readCsvLedger(folder);
  const transfers = pickTransfers(ledger, picking);
  print(`picked: ${pickingRule(picking)}`);
  print('amounts are rounded half up to fen, times read as +08:00; the transfers lie years back, which no rule refuses: a report may come late, the match asks for the very instant');
  return withThrowAwaySystem({ name: 'real-input', environment: { INSTITUTION_SETTINGS: settings } }, async (own) => {
    await importThrice(own, folder);
    const rows = await work(own, ledger, transfers);
    tell(rows);
    const { code, output } = await runProgram('tools/setup', 'commands/verify-audit', { args: [], env: installationEnvironment(own) });
    print(output.trim());
    return code === 0 && rows.every(({ differences }) => differences.length === 0);
  });
}

async function importThrice({ system }: ThrowAway, folder: string): Promise<void> {
  const dry = await importLedger(system, ['--format', 'finbench', '--dry-run', folder]);
  const real = await importLedger(system, ['--format', 'finbench', folder]);
  const again = await importLedger(system, ['--format', 'finbench', folder]);
  holds(dry.includes('would import') && real.includes('imported') && again.includes('already imported'), `dry run, import, and a repeat that changes nothing; the importer said:\n${dry}\n${real}\n${again}`);
  print(real.trim());
  print('the same import again: nothing changed');
}

/** Proposes everything first: a layer that the machine prepares from an answer must not take a picked account. */
async function work({ system }: ThrowAway, ledger: CsvLedger, transfers: readonly CsvMovement[]): Promise<Comparison[]> {
  const as = (username: string): Session => new Session(system, username);
  const desk = { intake: as('intake.chaoyang'), officer: as('officer.chaoyang'), leader: as('leader.chaoyang') };
  const proposed = [];
  for (let number = 0; number * PER_CASE < transfers.length; number += 1) {
    proposed.push(await propose(desk, ledger, { number, transfers: transfers.slice(number * PER_CASE, (number + 1) * PER_CASE) }));
  }
  const rows: Comparison[] = [];
  for (const one of proposed) {
    const requests = await approve(desk, one);
    for (const [place, transfer] of one.transfers.entries()) {
      const request = requests[place];
      holds(request !== undefined, 'every transfer has its request');
      rows.push(await compare(system, ledger, { transfer, request }));
    }
  }
  return rows;
}

function tell(rows: readonly Comparison[]): void {
  print('row of the CSV  institution            amount           balance  outflows  audit entries');
  for (const { line, institution, amount, balance, outflows, audit, differences } of rows) {
    print(`${String(line).padStart(14)}  ${institution.padEnd(11)} ${amount.padStart(17)} ${balance.padStart(17)} ${String(outflows).padStart(9)} ${String(audit).padStart(14)}  ${differences.length === 0 ? 'equal' : 'DIFFERS'}`);
    for (const difference of differences) print(`                ${difference}`);
  }
  const different = rows.filter(({ differences }) => differences.length > 0).length;
  print(`${rows.length} transfers, ${rows.reduce((sum, { outflows }) => sum + outflows, 0)} outflows, ${rows.reduce((sum, { audit }) => sum + audit, 0)} audit entries compared with the CSV: ${different === 0 ? 'all equal' : `${different} differ`}`);
}

main().then(
  (isEqual) => void (process.exitCode = isEqual ? 0 : 1),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  },
);
