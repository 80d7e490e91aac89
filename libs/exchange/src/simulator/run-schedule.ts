import { forgotten } from '../outbox/dispatch';
import { bankLoop, carryToBank } from './bank-desk';
import { Faults, type Fault } from './faults';
import { handlingLoop } from './handling';
import { receive } from './inbox';
import { findViolation } from './invariants';
import type { Violation } from './ledger';
import { Party } from './party';
import type { Plan } from './plan';
import { carryToPolice, doOdd, giveOrder, noteReceipt } from './police-desk';
import { relayLoop } from './relay';
import type { ExchangeRules } from './exchange-rules';
import { Wire } from './wire';
import { World } from './world';

/** How one schedule ended. */
export interface Outcome {
  readonly violation: Violation | undefined;
  /** The faults that happened: with the plan they are the schedule. */
  readonly faults: readonly Fault[];
  readonly steps: number;
  /** How often what happened. */
  readonly counts: ReadonlyMap<string, number>;
}

/** What a run is given beside its plan. */
export interface RunOptions {
  readonly rules: ExchangeRules;
  /** Exactly these faults, instead of those that the seed draws. */
  readonly faults?: readonly Fault[];
  /** Is told each step. */
  readonly tell?: (line: string) => void;
}

/** How often the operator comes to unpark what had failed too often. */
const OPERATOR_ROUNDS = 5;

/** Runs one schedule from its plan to rest, and checks the promises. The same plan and faults give the same outcome. */
export function runSchedule(plan: Plan, { rules, faults: given, tell }: RunOptions): Outcome {
  const faults = new Faults(plan, given);
  const world = new World(plan, rules, faults, tell);
  const parties: Party[] = [];
  const wire = new Wire(world, (agency) => find(parties, agency), receive);
  const police = new Party(world, 'police', (process) => [relayLoop(process, wire, (row) => noteReceipt(police, row)), handlingLoop(process, (row) => carryToPolice(police, row))]);
  const banks = new Party(world, 'banks', (process) => [relayLoop(process, wire, () => undefined), handlingLoop(process, (row) => carryToBank(banks, row)), bankLoop(process)]);
  parties.push(police, banks);
  for (const { processes } of parties) for (const process of processes) process.start();
  for (const order of plan.orders) world.after(order.at, () => giveOrder(police, order));
  for (const event of plan.odd) world.after(event.at, () => doOdd(police, banks, { event, wire }));
  if (plan.restore) {
    const party = find(parties, plan.restore.side);
    world.after(plan.restore.backupAt, () => party.backUp());
    world.after(plan.restore.restoreAt, () => party.restore());
  }
  let isAtRest = world.run();
  if (isAtRest && world.ledger.restores > 0) {
    world.after(Math.max(0, plan.calmAt - world.now), () => repeatNewest(parties));
    isAtRest = world.run();
  }
  for (let round = 0; isAtRest && round < OPERATOR_ROUNDS && unparkAll(parties); round += 1) isAtRest = world.run();
  if (!isAtRest) world.ledger.violate('I7', 'the two sides do not come to rest');
  return { violation: findViolation({ world, police, banks }), faults: faults.happened, steps: world.steps, counts: world.ledger.counts };
}

function find(parties: readonly Party[], agency: string): Party {
  const party = parties.find(({ side }) => side === agency);
  if (!party) throw new Error(`the simulation has no ${agency}`);
  return party;
}

/** The operator, as `unpark`: what failed too often may be tried again. Returns whether anything was parked so. */
function unparkAll(parties: readonly Party[]): boolean {
  const parked = parties.flatMap(({ database }) => database.inbox.filter(({ parking }) => parking === 'HANDLER_FAILED'));
  for (const row of parked) Object.assign(row, { isParked: false, parking: null, attempts: 0, retryAt: 0 });
  for (const party of parties) party.changed();
  return parked.length > 0;
}

/** The operators again, as `repeatNewest`, each for a partner that was restored. */
function repeatNewest(parties: readonly Party[]): void {
  for (const party of parties) {
    const newest = party.database.batches.at(-1);
    if (newest) newest.dispatch = forgotten(newest.dispatch, party.world.now);
    party.changed();
  }
}
