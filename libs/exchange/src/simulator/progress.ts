import type { Request } from './command-line';
import { addCounts, type Findings, type SeedRange } from './find-broken';

/** Schedules that a thread runs at a time: what is lost when the command is stopped. */
const CHUNK = 5_000;

/** How far a simulation on several threads is. */
export class Progress {
  broken: Findings['broken'];
  readonly counts = new Map<string, number>();
  private readonly underWay = new Set<number>();
  private readonly beganAt = performance.now();
  private next: number;
  private schedules = 0;
  private steps = 0;

  constructor(private readonly request: Request) {
    this.next = request.seed;
  }

  /** Every seed below this one is done. */
  get doneBelow(): number {
    return this.broken?.plan.seed ?? Math.min(this.next, ...this.underWay);
  }

  take(): SeedRange | undefined {
    const { next: first, request } = this;
    const count = Math.min(CHUNK, request.seed + request.schedules - first);
    if (count <= 0 || this.broken) return undefined;
    this.next += count;
    this.underWay.add(first);
    return { first, count };
  }

  add(first: number, { broken, schedules, steps, counts }: Findings): void {
    this.underWay.delete(first);
    this.schedules += schedules;
    this.steps += steps;
    addCounts(this.counts, counts);
    if (broken && (!this.broken || broken.plan.seed < this.broken.plan.seed)) this.broken = broken;
  }

  line(): string {
    const seconds = (performance.now() - this.beganAt) / 1_000;
    const memory = Math.round(process.memoryUsage.rss() / 1_000_000);
    return `${this.schedules} of ${this.request.schedules} schedules, ${this.steps} steps, ${seconds.toFixed(0)} s, ${(this.schedules / seconds).toFixed(0)}/s, all seeds below ${this.doneBelow} are done, ${memory} MB`;
  }

  table(): string {
    const rows = [...this.counts].sort(([one], [other]) => (one < other ? -1 : 1)).map(([what, times]) => `${String(times).padStart(10)}  ${what}`);
    return ['no promise was broken; what happened:', ...rows].join('\n');
  }
}
