import type { ExchangeRules } from './exchange-rules';
import { runSchedule } from './run-schedule';
import { shrink, type Broken } from './shrink';

/** A broken promise as text: the smallest schedule found that breaks it, step by step, and how to see it again. */
export function tellBroken(broken: Broken, rules: ExchangeRules): string {
  const { plan, faults, violation } = shrink(broken, rules);
  const lines: string[] = [];
  runSchedule(plan, { rules, faults, tell: (line) => lines.push(line) });
  return [
    `${violation.invariant} is broken: ${violation.says}`,
    `seed ${plan.seed}; the smallest schedule found has ${plan.orders.length} orders, ${plan.odd.length} odd events and ${faults.length} faults:`,
    ...faults.map(({ point, side, count, kind }) => `  fault: ${kind} at ${point} of ${side}, time ${count}`),
    ...lines,
  ].join('\n');
}
