import { performance } from 'node:perf_hooks';
import { seeded } from '@lianfang/demo';
import type { Wish } from './command-line';
import type { Design } from './design';
import { withHouse, type House } from './house/house';
import { checkLedgers, type Breach, type Invariant } from './invariants';
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

/** Our system through the rows: each has a system of its own; the sample shares one. */
export async function runHouse({ rows, seed, extent }: Wish, tell: (outcome: Outcome) => void, say: (line: string) => void): Promise<Outcome[]> {
  const outcomes: Outcome[] = [];
  const take = async (house: House, row: Row): Promise<void> => {
    say(`\n${row.name} · seed ${seed}`);
    const outcome = await runRow(row, { design: house, seed, extent, say });
    outcomes.push(outcome);
    tell(outcome);
  };
  if (extent === 'sample') {
    await withHouse({}, async (house) => {
      for (const row of rows) await take(house, row);
    });
    return outcomes;
  }
  for (const row of rows) await withHouse({}, (house) => take(house, row));
  return outcomes;
}
