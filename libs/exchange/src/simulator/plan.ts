import { Random } from './random';

/** The two agencies of a simulated world. */
export type Side = 'police' | 'banks';

export const sides: readonly Side[] = ['police', 'banks'];

/** What a message of the simulation is; those from LATER_VERSION on should never have been sent. */
export type Kind = 'ORDERED' | 'RELEASE_ORDERED' | 'STOPPED' | 'NOT_EXECUTED' | 'RELEASED' | 'LATER_VERSION' | 'NOT_THEIRS' | 'BAD_DATA';

/** An order that an officer gives, and perhaps takes back. Instants and spans in milliseconds. */
export interface PlannedOrder {
  readonly id: string;
  /** What it says beside its id: two victims of one payee give two orders of equal content. */
  readonly content: string;
  readonly at: number;
  readonly validFor: number;
  readonly isUrgent: boolean;
  /** How long after the order its release is given; null for never. */
  readonly releaseAfter: number | null;
}

/** What no program of ours sends: another version, a type that is not the sender's, data against the contract, a message id a second time, a batch in the police's name under another key. */
export interface OddEvent {
  readonly kind: 'LATER_VERSION' | 'NOT_THEIRS' | 'BAD_DATA' | 'SAME_ID' | 'FORGED';
  readonly at: number;
}

/** A schedule before its faults: who does what when, and how the two sides are set up. */
export interface Plan {
  readonly seed: number;
  readonly orders: readonly PlannedOrder[];
  readonly odd: readonly OddEvent[];
  /** Processes of each agency on one database, as during a rolling restart. */
  readonly processes: Readonly<Record<Side, number>>;
  /** By how much each agency's clock is wrong. */
  readonly skew: Readonly<Record<Side, number>>;
  /** The most messages of a batch, of a run of handling, and the failures after which a message is parked. */
  readonly batchSize: number;
  readonly runSize: number;
  readonly attempts: number;
  /** An agency whose database goes back to an earlier copy; only while it has posted nothing since. */
  readonly restore: { readonly side: Side; readonly backupAt: number; readonly restoreAt: number } | null;
  /** From then on nothing fails any more. */
  readonly calmAt: number;
  /** How often something fails where it can, and which of 32 groups of faults happen at all: few kinds at a time reach deeper than all at once. */
  readonly intensity: number;
  readonly swarm: number;
}

const MINUTE = 60_000;

/** The plan of a seed. */
export function planOf(seed: number): Plan {
  const random = new Random(seed, 1);
  const calmAt = random.spread(4_000, 4 * MINUTE);
  const orders = Array.from({ length: 1 + random.below(4) }, (_, number) => orderOf(random, { number, calmAt }));
  return {
    seed,
    orders,
    odd: Array.from({ length: Math.max(0, random.below(5) - 2) }, () => ({ kind: random.pick(['LATER_VERSION', 'NOT_THEIRS', 'BAD_DATA', 'SAME_ID', 'SAME_ID', 'FORGED'] as const), at: random.below(calmAt) })),
    processes: { police: 1 + random.below(2), banks: 1 + random.below(2) },
    skew: { police: skewOf(random), banks: skewOf(random) },
    batchSize: 1 + random.below(4),
    runSize: 1 + random.below(3),
    attempts: random.pick([2, 8]),
    restore: random.below(4) === 0 ? restoreOf(random, orders) : null,
    calmAt,
    intensity: random.spread(10, 250) / 1_000,
    swarm: random.next(),
  };
}

const skewOf = (random: Random): number => (random.below(3) === 0 ? random.below(10 * MINUTE) - 5 * MINUTE : 0);

function orderOf(random: Random, { number, calmAt }: { number: number; calmAt: number }): PlannedOrder {
  return {
    id: `order-${number + 1}`,
    content: random.pick(['account A', 'account B', 'account C']),
    at: random.below(calmAt),
    validFor: random.below(3) === 0 ? random.spread(200, 5 * MINUTE) : 60 * MINUTE,
    isUrgent: random.below(2) === 0,
    releaseAfter: random.below(2) === 0 ? random.spread(1, calmAt) : null,
  };
}

/** Around an order, when something can be forgotten that the other side will tell again. */
function restoreOf(random: Random, orders: readonly PlannedOrder[]): Plan['restore'] {
  const side = random.pick(sides);
  const backupAt = random.pick(orders).at + random.spread(1, 2_000);
  return { side, backupAt, restoreAt: backupAt + random.spread(5, 5_000) };
}
