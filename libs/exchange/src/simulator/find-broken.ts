import { rightRules, type ExchangeRules } from './exchange-rules';
import { planOf } from './plan';
import { runSchedule } from './run-schedule';
import type { Broken } from './shrink';

/** Consecutive seeds. */
export interface SeedRange {
  readonly first: number;
  readonly count: number;
}

/** What came of many schedules. */
export interface Findings {
  /** The first schedule that breaks a promise, if one does; those after it were not run. */
  readonly broken: Broken | undefined;
  readonly schedules: number;
  readonly steps: number;
  /** How often each fault and each rare turn happened. */
  readonly counts: Map<string, number>;
}

/** Runs the schedules of a range of seeds, in order, until one breaks a promise. */
export function findBroken({ first, count }: SeedRange, rules: ExchangeRules = rightRules): Findings {
  const counts = new Map<string, number>();
  let steps = 0;
  for (let seed = first; seed < first + count; seed += 1) {
    const plan = planOf(seed);
    const outcome = runSchedule(plan, { rules });
    steps += outcome.steps;
    addCounts(counts, outcome.counts);
    if (outcome.violation) return { broken: { plan, faults: outcome.faults, violation: outcome.violation }, schedules: seed - first + 1, steps, counts };
  }
  return { broken: undefined, schedules: count, steps, counts };
}

/** Adds counts to others. */
export function addCounts(sum: Map<string, number>, more: ReadonlyMap<string, number>): void {
  for (const [what, times] of more) sum.set(what, (sum.get(what) ?? 0) + times);
}
