import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '@lianfang/setup';
import { readWish, usage } from './command-line';
import { writePage } from './reliability-page';
import { isFoundOut, isWhole, runHouse, runNaive, type Outcome } from './run-rows';
import { columns, lineOf, markdownOf, tellNaive, tellOutcome } from './table';

/** Where the table of the last full runs stands. */
const page = join(root, 'docs', 'reliability.md');

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** `npm run crash`: the fault matrix. Exit code 1 when an invariant is broken, a row could not be run to its end, or a naive design is not found out. */
async function main(): Promise<number> {
  const wish = readWish(process.argv.slice(2), Math.floor(Date.now() / 86_400_000));
  if (!wish) {
    say(usage);
    return 2;
  }
  const tell = (outcome: Outcome): void => say(tellOutcome(outcome));
  const naive = wish.designs.includes('naive') ? await runNaive(wish, (outcome) => say(tellNaive(outcome)), say) : [];
  const own = wish.designs.includes('own') ? await runHouse(wish, tell, say) : [];
  const outcomes = [...own, ...naive];
  const date = new Date().toISOString().slice(0, 10);
  say(`\n${markdownOf(columns, outcomes.map((outcome) => lineOf(outcome, date)))}`);
  if (wish.writes) writeFileSync(page, writePage(readFileSync(page, 'utf8'), outcomes, date));
  if (!isFoundOut(naive)) say('a naive design came through: the suite does not see what it is there to see');
  return own.every(isWhole) && naive.every(({ fault }) => fault === null) && isFoundOut(naive) ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
