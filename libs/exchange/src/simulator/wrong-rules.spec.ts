import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findBroken } from './find-broken';
import { runSchedule } from './run-schedule';
import { shrink, type Broken } from './shrink';
import { wrongRules, type WrongRule } from './wrong-rules';

/** Within so many schedules, from seed 1, each wrong rule is found. */
const SCHEDULES = 3_000;

const table = readFileSync(join(__dirname, '../../../../docs/simulator.md'), 'utf8');

function find({ name, rules }: WrongRule): Broken {
  const { broken } = findBroken({ first: 1, count: SCHEDULES }, rules);
  if (!broken) throw new Error(`the simulator does not find: ${name}`);
  return broken;
}

describe('a rule that is wrong on purpose', () => {
  it.each(wrongRules.map((wrong) => [wrong.name, wrong] as const))('is found: %s', (name, wrong) => {
    const broken = find(wrong);

    expect(table).toContain(`| ${name} | ${broken.violation.invariant} | ${broken.plan.seed} |`);
  });

  it.each(wrongRules.map((wrong) => [wrong.name, wrong] as const))('is told by the smallest schedule that shows it: %s', (_, wrong) => {
    const broken = find(wrong);
    const { plan, faults, violation } = shrink(broken, wrong.rules);

    expect(plan.orders.length + plan.odd.length + faults.length).toBeLessThanOrEqual(6);
    expect(violation.invariant).toBe(broken.violation.invariant);
    expect(runSchedule(plan, { rules: wrong.rules, faults }).violation).toEqual(violation);
  });
});
