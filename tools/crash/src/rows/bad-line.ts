import { holds, until } from '@lianfang/demo';
import { lineFaults, type Line, type LineFault } from '@lianfang/testing';
import { runFlow, runUnderLoad } from '../accident';
import type { House } from '../house/house';
import type { Row, Run } from '../row';

/** Posts in a row that suffer a fault before the line is good again. */
const SPELL = 3;

/** What the sample takes, each once on both lines. */
const sampled: readonly LineFault[] = ['doubled', 'straggling', 'unanswered', 'flipped'];

/** In a storm nothing hangs: that only costs ten seconds each time. */
const stormy = (Object.keys(lineFaults) as LineFault[]).filter((fault) => fault !== 'hung');

/** Messages between the agencies are doubled, reordered, delayed, lost, cut and changed, and so are the receipts. */
export const badLine: Row = {
  name: 'bad-line',
  what: 'messages and receipts are doubled, reordered, delayed, dropped, truncated, changed, slow or hung',
  where: 'both lines between police and banks',
  how: `each of ${Object.keys(lineFaults).length} faults for ${SPELL} posts of a flow on either line, doubled ×100; then a storm: half of all posts suffer a fault that the seed draws`,
  inSample: true,
  system: { lines: true },
  of: 'Lianfang',
  run: async (run) => {
    if (run.extent === 'sample') return sufferBoth(run, sampled);
    let happened = 0;
    for (const to of ['banks', 'police'] as const) for (const fault of Object.keys(lineFaults) as LineFault[]) happened += await sufferOne(run, to, fault);
    return happened + (await weather(run));
  },
};

/** The lines of a house that asked for them. */
export function linesOf({ lines }: House): NonNullable<House['lines']> {
  holds(lines !== undefined, 'the row has its lines');
  return lines;
}

/** Faults one after the other, then a good line. Returns how many have happened so far. */
function sufferInTurn(line: Line, faults: readonly LineFault[], random: () => number): () => number {
  let happened = 0;
  line.suffer(() => faults[happened++], random);
  return () => Math.min(happened, faults.length);
}

async function sufferOne(run: Run<House>, to: 'police' | 'banks', fault: LineFault): Promise<number> {
  const line = linesOf(run.design)[to];
  const spell = Array.from({ length: fault === 'hung' ? 1 : SPELL }, () => fault);
  const happened = sufferInTurn(line, spell, run.random);
  await runFlow(run, { armed: {}, mustHappen: true });
  line.mend();
  run.say(`to the ${to}: ${happened()} × ${fault} (${lineFaults[fault]})`);
  holds(happened() > 0, `a post to the ${to} is ${fault}`);
  return happened();
}

async function sufferBoth(run: Run<House>, faults: readonly LineFault[]): Promise<number> {
  const lines = linesOf(run.design);
  const counts = [lines.police, lines.banks].map((line) => sufferInTurn(line, faults, run.random));
  await runFlow(run, { armed: {}, mustHappen: true });
  lines.police.mend();
  lines.banks.mend();
  const happened = counts.reduce((sum, count) => sum + count(), 0);
  run.say(`${happened} posts on both lines: ${faults.join(', ')}`);
  holds(counts.every((count) => count() > 0), 'both lines are bad');
  return happened;
}

async function weather(run: Run<House>): Promise<number> {
  const lines = linesOf(run.design);
  const seen = new Map<LineFault, number>();
  const draw = (): LineFault | undefined => {
    if (run.random() < 0.5) return undefined;
    const fault = stormy[Math.floor(run.random() * stormy.length)];
    if (fault) seen.set(fault, (seen.get(fault) ?? 0) + 1);
    return fault;
  };
  const meanwhile = async (): Promise<number> => {
    for (const line of [lines.police, lines.banks]) line.suffer(draw, run.random);
    return 0;
  };
  await runUnderLoad(run, { flows: 8, orders: 6, meanwhile });
  lines.police.mend();
  lines.banks.mend();
  run.say(`a storm: ${[...seen].map(([fault, times]) => `${times} × ${fault}`).join(', ')}`);
  return [...seen.values()].reduce((sum, times) => sum + times, 0);
}

/** The banks execute, and no receipt of the orders comes back for as long as the line eats them. */
export const receiptsLost: Row = {
  name: 'receipts-lost',
  what: 'every receipt is lost until the orders are executed',
  where: 'the line from the police to the banks, later the one back',
  how: 'the answers of an exchange are dropped, all of them, until the core holds and the other side knows; orders are posted again meanwhile',
  inSample: false,
  system: { lines: true },
  of: 'Lianfang',
  run: async ({ design, random, say }) => {
    let lost = 0;
    for (const to of ['banks', 'police'] as const) {
      const line = linesOf(design)[to];
      const prepared = await design.prepare(4);
      line.suffer(() => (lost++, 'unanswered'), random);
      await design.order(prepared);
      const refs = prepared.orders.filter(({ isDecoy }) => !isDecoy).map(({ account }) => account.ref);
      await until('the core holds everything', async () => refs.every((ref) => design.ledgers.core.factsOf(ref).length > 0), 60_000);
      const before = lost;
      await until('a receipt is lost after the execution', async () => lost > before, 60_000);
      line.mend();
      await design.settle(prepared);
      await design.release(prepared);
      say(`to the ${to}: ${lost} receipts lost so far`);
    }
    return lost;
  },
};
