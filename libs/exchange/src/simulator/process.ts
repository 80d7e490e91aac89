import type { FaultKind, Point } from './faults';
import { Random } from './random';
import type { Party } from './party';

/** How a transaction goes on. */
export interface Continuation<Result> {
  readonly then: (result: Result) => void;
  /** It was undone, or it committed and nobody told us. */
  readonly undone: () => void;
  /** The process died in it; whoever waited on the wire is told by the wire. */
  readonly died?: () => void;
}

/** One process of an agency: its memory is lost when it dies; its work is dropped. */
export class Process {
  isUp = false;
  private life = 0;
  readonly random: Random;

  constructor(
    readonly party: Party,
    readonly number: number,
    private readonly begin: (process: Process) => void,
  ) {
    this.random = new Random(party.world.plan.seed, 10 + number * 2 + (party.side === 'police' ? 0 : 1));
  }

  get name(): string {
    return `${this.party.side}${this.party.world.plan.processes[this.party.side] > 1 ? ` ${this.number}` : ''}`;
  }

  start(): void {
    this.isUp = true;
    this.life += 1;
    this.begin(this);
  }

  /** Dies, and comes back after a while. */
  die(downFor: number): void {
    if (!this.isUp) return;
    this.isUp = false;
    this.life += 1;
    this.party.world.say(() => `${this.name} dies, for ${downFor} ms`);
    this.party.world.after(downFor, () => {
      this.party.world.say(() => `${this.name} starts again`);
      this.start();
    });
  }

  /** Does something after a while if this process still lives then. */
  after(milliseconds: number, work: () => void): void {
    const { life } = this;
    this.party.world.after(milliseconds, () => {
      if (life === this.life) work();
    });
  }

  /** Wraps what is called later from outside: it does nothing in a later life. */
  ifAlive<Value>(work: (value: Value) => void): (value: Value) => void {
    const { life } = this;
    return (value) => {
      if (life === this.life) work(value);
    };
  }

  /** A process may die here between two steps. Returns whether it lives on. */
  survives(point: Point, kind: FaultKind): boolean {
    const { world, side } = this.party;
    const fault = world.fault(point, side);
    if (fault?.kind !== kind) return true;
    this.die(world.lasts(fault, { least: 20, most: 120_000 }));
    return false;
  }

  /** One transaction: `body` happens at once and for ever, or not at all. */
  transaction<Result>(point: Point, body: () => Result, { then, undone, died }: Continuation<Result>): void {
    const { world, side } = this.party;
    const fault = world.fault(point, side);
    switch (fault?.kind) {
      case 'DIES_BEFORE_COMMIT':
        world.say(() => `${this.name}: ${point} is not committed`);
        this.die(world.lasts(fault, { least: 20, most: 120_000 }));
        return died?.();
      case 'DIES_AFTER_COMMIT':
        body();
        world.say(() => `${this.name}: ${point} is committed, and that was all`);
        this.die(world.lasts(fault, { least: 20, most: 120_000 }));
        return died?.();
      case 'UNDONE':
        world.say(() => `${this.name}: ${point} is undone`);
        return undone();
      case 'COMMIT_UNHEARD':
        body();
        world.say(() => `${this.name}: ${point} is committed, but the process hears of a failure`);
        return undone();
      default:
        return then(body());
    }
  }
}
