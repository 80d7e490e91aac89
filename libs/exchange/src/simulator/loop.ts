import { retryPause } from '../outbox/retry-schedule';
import type { Process } from './process';

/** What a loop repeats: when the next step is due (Infinity for never), and the step, which says how it ended. */
export interface Work {
  readonly dueAt: () => number;
  readonly step: (end: (ended: 'DONE' | 'FAILED') => void) => void;
  /** The longest time until it looks again by itself. */
  readonly poll: number;
}

/** A loop of a process, as `startLoop`, without the steps that find nothing. */
export class Loop {
  private isBusy = false;
  private failures = 0;
  private notBefore = 0;
  private timerAt = Infinity;
  private token = 0;

  constructor(
    private readonly process: Process,
    private readonly work: Work,
  ) {}

  /** Looks when there is something to do; called whenever that may have changed. */
  arm(): void {
    if (this.isBusy || !this.process.isUp) return;
    const due = this.work.dueAt();
    if (due === Infinity) return;
    const { world } = this.process.party;
    const at = Math.max(world.now, due, this.notBefore) + 1 + this.process.random.below(this.work.poll);
    if (at >= this.timerAt) return;
    this.timerAt = at;
    this.token += 1;
    const { token } = this;
    this.process.after(at - world.now, () => {
      if (token === this.token) this.run();
    });
  }

  private run(): void {
    this.timerAt = Infinity;
    this.isBusy = true;
    this.work.step((ended) => {
      this.isBusy = false;
      this.failures = ended === 'DONE' ? 0 : this.failures + 1;
      if (ended === 'FAILED') this.notBefore = this.process.party.world.now + retryPause(this.failures, this.process.random.fraction());
      this.arm();
    });
  }
}
