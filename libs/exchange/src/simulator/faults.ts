import { sides, type Plan, type Side } from './plan';
import { Random } from './random';

/** What can fail where. A transaction can die with its process before or after its commit, be undone, or commit without its process learning of it. */
const transaction = ['DIES_BEFORE_COMMIT', 'DIES_AFTER_COMMIT', 'UNDONE', 'COMMIT_UNHEARD'] as const;
const points = {
  post: transaction,
  claim: transaction,
  'keep-receipt': transaction,
  'record-failure': transaction,
  'mark-repeat': transaction,
  note: transaction,
  receive: transaction,
  handle: transaction,
  'record-outcome': transaction,
  'begin-execution': transaction,
  'record-execution': transaction,
  dispatched: ['DIES'],
  answered: ['DIES'],
  core: ['SILENT', 'DIES'],
  handler: ['THROWS'],
  noting: ['THROWS'],
  wire: ['LOST', 'DOUBLED', 'LATE', 'ANSWER_LOST', 'OLD_ANSWER', 'GARBLED', 'BUSY', 'ALL_AGAIN'],
} as const;

/** A step at which something can fail. */
export type Point = keyof typeof points;

/** What fails. */
export type FaultKind = (typeof points)[Point][number];

/** A fault that happened: at the `count`-th time that an agency came to a point. */
export interface Fault {
  readonly point: Point;
  readonly side: Side;
  readonly count: number;
  readonly kind: FaultKind;
}

const names = Object.keys(points) as Point[];

/** Every point with each of its faults, as in `wire: LOST`. */
export const everyFault: readonly string[] = names.flatMap((point) => points[point].map((kind) => `${point}: ${kind}`));

/** Where each kind stands in the plan's swarm. */
const bitOf = new Map<string, number>(everyFault.map((name, place) => [name, place % 32]));

const textOf = ({ point, side, count }: Omit<Fault, 'kind'>): string => `${point} ${side} ${count}`;

/** The faults of one schedule: drawn from its seed, or exactly those of a list. */
export class Faults {
  readonly happened: Fault[] = [];
  private readonly counts = new Uint16Array(names.length * 2);
  private readonly random: Random;
  private readonly given: ReadonlyMap<string, Fault> | undefined;

  constructor(
    private readonly plan: Plan,
    given?: readonly Fault[],
  ) {
    this.random = new Random(plan.seed, 2);
    this.given = given && new Map(given.map((fault) => [textOf(fault), fault]));
  }

  /** What fails now; nothing most of the time, and never once it is calm. */
  at(point: Point, side: Side, now: number): Fault | undefined {
    if (now >= this.plan.calmAt) return undefined;
    const place = names.indexOf(point) * 2 + sides.indexOf(side);
    const count = (this.counts[place] ?? 0) + 1;
    this.counts[place] = count;
    const fault = this.given ? this.given.get(textOf({ point, side, count })) : this.draw({ point, side, count });
    if (fault) this.happened.push(fault);
    return fault;
  }

  private draw(where: Omit<Fault, 'kind'>): Fault | undefined {
    if (this.random.fraction() >= this.plan.intensity) return undefined;
    const kind = this.random.pick<FaultKind>(points[where.point]);
    const bit = bitOf.get(`${where.point}: ${kind}`) ?? 0;
    return (this.plan.swarm >>> bit) & 1 ? { ...where, kind } : undefined;
  }

  /** How long a fault lasts, in milliseconds; the same in every run of the seed. */
  lasts({ point, side, count }: Fault, { least, most }: { least: number; most: number }): number {
    return new Random(this.plan.seed, 1_000 + count * 64 + names.indexOf(point) * 2 + sides.indexOf(side)).spread(least, most);
  }
}
