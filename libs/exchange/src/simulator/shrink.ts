import type { ExchangeRules } from './exchange-rules';
import type { Fault } from './faults';
import type { Violation } from './ledger';
import type { Plan } from './plan';
import { runSchedule } from './run-schedule';

/** A schedule that breaks a promise: its plan and its faults. */
export interface Broken {
  readonly plan: Plan;
  readonly faults: readonly Fault[];
  readonly violation: Violation;
}

/** Plans that are simpler than this one, each by one thing. */
function* simpler(plan: Plan): Generator<Plan> {
  for (const order of plan.orders) yield { ...plan, orders: plan.orders.filter((one) => one !== order) };
  for (const event of plan.odd) yield { ...plan, odd: plan.odd.filter((one) => one !== event) };
  for (const order of plan.orders) if (order.releaseAfter !== null) yield { ...plan, orders: plan.orders.map((one) => (one === order ? { ...one, releaseAfter: null } : one)) };
  if (plan.restore) yield { ...plan, restore: null };
  if (plan.processes.banks > 1) yield { ...plan, processes: { ...plan.processes, banks: 1 } };
  if (plan.processes.police > 1) yield { ...plan, processes: { ...plan.processes, police: 1 } };
  if (plan.skew.police !== 0 || plan.skew.banks !== 0) yield { ...plan, skew: { police: 0, banks: 0 } };
}

/** The smallest schedule found that breaks the same promise: without one more order, event or fault it would not. */
export function shrink(broken: Broken, rules: ExchangeRules): Broken {
  const attempt = (plan: Plan, faults: readonly Fault[]): Broken | undefined => {
    const outcome = runSchedule(plan, { rules, faults });
    return outcome.violation?.invariant === broken.violation.invariant ? { plan, faults: outcome.faults, violation: outcome.violation } : undefined;
  };
  let smallest = attempt(broken.plan, broken.faults) ?? broken;
  for (let next: Broken | undefined = smallest; next; ) {
    smallest = next;
    const { plan, faults } = smallest;
    next = firstOf(withoutFaults(smallest, attempt)) ?? firstOf(map(simpler(plan), (one) => attempt(one, faults))) ?? firstOf(withFaultsEarlier(smallest, attempt));
  }
  return smallest;
}

/** Tries without halves, quarters … and at last without each single fault. */
function* withoutFaults({ plan, faults }: Broken, attempt: (plan: Plan, faults: readonly Fault[]) => Broken | undefined): Generator<Broken | undefined> {
  for (let size = Math.ceil(faults.length / 2); size >= 1; size = size === 1 ? 0 : Math.ceil(size / 2)) {
    for (let from = 0; from < faults.length; from += size) {
      const rest = [...faults.slice(0, from), ...faults.slice(from + size)];
      const found = attempt(plan, rest);
      yield found && found.faults.length < faults.length ? found : undefined;
    }
  }
}

/** Without something of the plan a fault may have to come at an earlier time of its point. Only tried when few are left. */
function* withFaultsEarlier({ plan, faults }: Broken, attempt: (plan: Plan, faults: readonly Fault[]) => Broken | undefined): Generator<Broken | undefined> {
  if (faults.length > 3) return;
  for (const one of simpler(plan)) {
    for (const fault of faults) {
      for (let count = 1; count < fault.count; count += 1) yield attempt(one, faults.map((other) => (other === fault ? { ...fault, count } : other)));
    }
  }
}

function* map<One, Other>(items: Iterable<One>, change: (item: One) => Other): Generator<Other> {
  for (const item of items) yield change(item);
}

function firstOf<Item>(items: Iterable<Item | undefined>): Item | undefined {
  for (const item of items) if (item !== undefined) return item;
  return undefined;
}
