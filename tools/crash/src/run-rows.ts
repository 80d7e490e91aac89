import { cp, mkdtemp } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { performance } from 'node:perf_hooks';
import { seeded } from '@lianfang/demo';
import { layLine } from '@lianfang/testing';
import type { Wish } from './command-line';
import { naiveDesigns, type NaiveDesign } from './config';
import type { Design } from './design';
import { withHouse, type House } from './house/house';
import { withSmallDisk } from './house/small-disk';
import { checkLedgers, type Breach, type Invariant } from './invariants';
import { withNaive } from './naive/naive';
import type { Row, Run } from './row';

/** What came of one row with one design. */
export interface Outcome {
  readonly row: Row;
  readonly design: string;
  readonly seed: number;
  readonly accidents: number;
  readonly breaches: readonly Breach[];
  /** What the design has the records for. */
  readonly checked: readonly Invariant[];
  /** Why the row ended before its end, if it did. */
  readonly fault: string | null;
  readonly seconds: number;
}

/** Whether everything was as it must be. */
export const isWhole = ({ fault, breaches }: Outcome): boolean => fault === null && breaches.length === 0;

/** One row of a design, with the checker after it. What the row throws is its fault, not the end of the others. */
export async function runRow<Under extends Design>(row: Row & { run(run: Run<Under>): Promise<number> }, { design, seed, extent, say }: { design: Under; seed: number; extent: Wish['extent']; say: (line: string) => void }): Promise<Outcome> {
  const began = performance.now();
  let accidents = 0;
  let fault: string | null = null;
  let breaches: Breach[] = [];
  try {
    accidents = await row.run({ design, extent, random: seeded(seed), say });
    breaches = await design.examine();
  } catch (error) {
    fault = error instanceof Error ? error.message : String(error);
  }
  breaches = [...checkLedgers(design.ledgers), ...breaches];
  const seconds = Math.round((performance.now() - began) / 1000);
  return { row, design: design.name, seed, accidents, breaches, checked: design.checks, fault, seconds };
}

/** What each naive design must be found out by: a suite that does not see it is no suite. */
const weakness: Readonly<Record<NaiveDesign, Invariant>> = { 'dual write': 'I1', 'outbox without inbox': 'I2' };

/** Whether the rows have found each naive design out; true when none of them was run. */
export const isFoundOut = (outcomes: readonly Outcome[]): boolean =>
  naiveDesigns.every((name) => {
    const own = outcomes.filter(({ design }) => design === name);
    return own.length === 0 || own.some(({ breaches }) => breaches.some(({ invariant }) => invariant === weakness[name]));
  });

/** The same rows, clients, ledgers and checker against the naive designs. */
export async function runNaive({ rows, seed, extent }: Wish, tell: (outcome: Outcome) => void, say: (line: string) => void): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  for (const name of naiveDesigns) {
    for (const row of rows) {
      if (row.of !== 'any design') continue;
      say(`\n${row.name} · ${name} · seed ${seed}`);
      const outcome = await withNaive(name, (design) => runRow(row, { design, seed, extent, say: () => undefined }));
      outcomes.push(outcome);
      tell(outcome);
    }
  }
  return outcomes;
}

/** Our system through the rows: each has a system of its own; the sample shares one. */
export async function runHouse({ rows, seed, extent }: Wish, tell: (outcome: Outcome) => void, say: (line: string) => void): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const take = async (house: House, row: Row): Promise<void> => {
    say(`\n${row.name} · seed ${seed}`);
    const outcome = await runRow(row, { design: house, seed, extent, say });
    outcomes.push(outcome);
    tell(outcome);
    if (!isWhole(outcome)) say(`the logs of the processes are kept in ${await keepLogs(house, row)}`);
  };
  if (extent === 'sample') {
    await withLines(async (house) => {
      for (const row of rows) await take(house, row);
    });
    return outcomes;
  }
  for (const row of rows) {
    await withSystemFor(row, (house) => take(house, row)).catch((error: unknown) => {
      // No system for this row: the others are run all the same, and the run ends with exit code 1.
      const outcome: Outcome = { row, design: 'Lianfang', seed, accidents: 0, breaches: [], checked: [], fault: error instanceof Error ? error.message : String(error), seconds: 0 };
      outcomes.push(outcome);
      tell(outcome);
    });
  }
  return outcomes;
}

/** Puts the logs of a system that is about to be removed where they last. */
async function keepLogs({ own }: House, { name }: Row): Promise<string> {
  const kept = await mkdtemp(join(tmpdir(), `lianfang-logs-${name}-`));
  await cp(join(own.folder, 'logs'), kept, { recursive: true });
  return kept;
}

/** A system as a row wishes it. */
async function withSystemFor(row: Row, use: (house: House) => Promise<void>): Promise<void> {
  const { diskMegabytes, lines = false, isBackedUp = false } = row.of === 'Lianfang' ? (row.system ?? {}) : {};
  if (diskMegabytes !== undefined) return withSmallDisk(diskMegabytes, (parent) => withHouse({ parent }, use));
  return lines ? withLines(use) : withHouse({ isBackedUp }, use);
}

/** A system whose agencies reach each other over lines of ours. */
async function withLines(use: (house: House) => Promise<void>): Promise<void> {
  const laid = { police: await layLine(), banks: await layLine() };
  try {
    await withHouse({ dialled: { policeExchange: laid.police.port, banksExchange: laid.banks.port } }, (house) => {
      laid.police.leadTo(house.own.system.ports.policeExchange);
      laid.banks.leadTo(house.own.system.ports.banksExchange);
      house.lines = laid;
      return use(house);
    });
  } finally {
    await Promise.all([laid.police.close(), laid.banks.close()]);
  }
}
