import { readFileSync, readdirSync } from 'node:fs';
import { availableParallelism } from 'node:os';
import { join } from 'node:path';
import { rightRules } from './exchange-rules';
import { everyFault } from './faults';
import { planOf } from './plan';
import { Progress } from './progress';
import { runSchedule } from './run-schedule';
import { tellBroken } from './tell-broken';
import { runOnThreads } from './threads';

/** As many as a minute of a busy machine allows; `npm run simulate` runs more, of other seeds. */
const SCHEDULES = 100_000;

/** Rare turns of the protocol: a simulation that never takes one says nothing about it. */
const turns = [
  'posted again', 'the same receipt again', 'out of sequence', 'repeating from an earlier number', 'noted later', 'a message id again', 'restored from a backup', 'a forgotten hold ended',
  'no receipt: UNREACHED', 'no receipt: NOT_BELIEVED', 'no receipt: REFUSED', 'refused: WRONG_SENDER',
  'parked: HANDLER_FAILED', 'parked: UNKNOWN_TYPE', 'parked: SENDER_MAY_NOT_SEND', 'parked: DATA_NOT_AS_AGREED',
];

describe('the exchange in a simulated world', () => {
  it(`keeps its promises in ${SCHEDULES} schedules of lost, doubled, late and repeated batches and dying processes`, async () => {
    const request = { schedules: SCHEDULES, seed: 1, workers: availableParallelism(), wrongRule: undefined };
    const progress = new Progress(request);
    await runOnThreads(progress, { ...request, thread: join(__dirname, '../../simulate-thread.cjs') });

    expect(progress.broken && tellBroken(progress.broken, rightRules)).toBeUndefined();
    expect(progress.doneBelow).toBe(SCHEDULES + 1);
    expect([...everyFault, ...turns].filter((what) => !progress.counts.has(what))).toEqual([]);
  }, 600_000);

  it('runs the same steps again from the same seed, and from the faults that it told', () => {
    for (let seed = 1; seed <= 50; seed += 1) {
      const plan = planOf(seed);
      const [first, second, replayed]: string[][] = [[], [], []];
      const { faults } = runSchedule(plan, { rules: rightRules, tell: (line) => first?.push(line) });
      runSchedule(planOf(seed), { rules: rightRules, tell: (line) => second?.push(line) });
      runSchedule(plan, { rules: rightRules, faults, tell: (line) => replayed?.push(line) });

      expect(second).toEqual(first);
      expect(replayed).toEqual(first);
    }
  });

  it('is out of reach of what runs in production', () => {
    const source = join(__dirname, '..');
    const production = readdirSync(source, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts') && !file.startsWith('simulator'));

    expect(production.filter((file) => /from '[^']*simulator/.test(readFileSync(join(source, file), 'utf8')))).toEqual([]);
  });
});
