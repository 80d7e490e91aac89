import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { root } from '@lianfang/setup';
import { readWish, usage } from './command-line';
import { writePage } from './reliability-page';
import { runHouse } from './run-rows';
import { columns, isWhole, lineOf, markdownOf, tellOutcome } from './table';

/** Where the table of the last full runs stands. */
const page = join(root, 'docs', 'reliability.md');

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** `npm run crash`: the fault matrix. Exit code 1 when an invariant is broken or a row could not be run to its end. */
async function main(): Promise<number> {
  const wish = readWish(process.argv.slice(2), Math.floor(Date.now() / 86_400_000));
  if (!wish) {
    say(usage);
    return 2;
  }
  const outcomes = await runHouse(wish, (outcome) => say(tellOutcome(outcome)), say);
  const date = new Date().toISOString().slice(0, 10);
  say(`\n${markdownOf(columns, outcomes.map((outcome) => lineOf(outcome, date)))}`);
  if (wish.writes) writeFileSync(page, writePage(readFileSync(page, 'utf8'), outcomes, date));
  return outcomes.every(isWhole) ? 0 : 1;
}

main().then(
  (code) => process.exit(code),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
