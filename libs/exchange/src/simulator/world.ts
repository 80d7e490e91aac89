import type { FaultKind, Fault, Faults, Point } from './faults';
import type { ExchangeRules } from './exchange-rules';
import { Ledger } from './ledger';
import type { Plan, Side } from './plan';
import { Random } from './random';

interface Event {
  readonly at: number;
  readonly work: () => void;
}

/** Steps after which a world that does not come to rest is given up. */
const MOST_STEPS = 20_000;

/** Time, the wire's chance, and what everybody in the simulation can see. */
export class World {
  now = 0;
  steps = 0;
  readonly ledger = new Ledger();
  readonly wire: Random;
  /** Events to come, the next one last. */
  private readonly events: Event[] = [];
  private readonly hashes = new Map<string, string>();
  private serial = 0;

  constructor(
    readonly plan: Plan,
    readonly rules: ExchangeRules,
    private readonly faults: Faults,
    /** Where each step is told, when somebody wants to read them. */
    readonly tell: ((line: string) => void) | undefined,
  ) {
    this.wire = new Random(plan.seed, 3);
  }

  /** Does something after a while. */
  after(milliseconds: number, work: () => void): void {
    const event = { at: this.now + milliseconds, work };
    let place = this.events.length;
    while (place > 0 && (this.events[place - 1]?.at ?? 0) <= event.at) place -= 1;
    this.events.splice(place, 0, event);
  }

  /** Runs until nothing is left to happen. Returns whether it came to rest. */
  run(): boolean {
    for (let event = this.events.pop(); event; event = this.events.pop()) {
      if (this.ledger.violation) return true;
      this.steps += 1;
      if (this.steps > MOST_STEPS) return false;
      this.now = event.at;
      event.work();
    }
    return true;
  }

  /** What fails at this point now, if anything. */
  fault(point: Point, side: Side): Fault | undefined {
    const fault = this.faults.at(point, side, this.now);
    if (fault) this.ledger.count(`${point}: ${fault.kind}`);
    return fault;
  }

  isFault(point: Point, side: Side, kind: FaultKind): boolean {
    return this.fault(point, side)?.kind === kind;
  }

  lasts(fault: Fault, span: { least: number; most: number }): number {
    return this.faults.lasts(fault, span);
  }

  /** A number that nobody else has. */
  next(): number {
    this.serial += 1;
    return this.serial;
  }

  /** A chain in which every different past has another head; stands for SHA-256. */
  chainAfter(head: string, messageHashes: readonly string[]): string {
    let after = head;
    for (const hash of messageHashes) {
      const past = `${after}<${hash}`;
      const known = this.hashes.get(past) ?? `head-${this.hashes.size + 1}`;
      this.hashes.set(past, known);
      after = known;
    }
    return after;
  }

  say(line: () => string): void {
    this.tell?.(`${String(this.now).padStart(8)} ms  ${line()}`);
  }
}
