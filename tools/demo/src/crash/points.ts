/** A process of the system that can be made to fail. */
export type Victim = 'police' | 'banks' | 'postgres' | 'police and banks';

/** One accident: who dies, and when. */
export interface CrashPoint {
  readonly victim: Victim;
  /** As in `database.before-commit#7:kill`; null for an accident from outside, right after the approval. */
  readonly failpoint: string | null;
}

/** Writing commits of one process in the flow, from its start to the release; more than there are, so that the run itself finds the last. */
const MOST_COMMITS = 40;

/** Accidents from outside, while the order is on its way. */
const outside: readonly CrashPoint[] = [
  { victim: 'postgres', failpoint: null },
  { victim: 'police and banks', failpoint: null },
];

/** The accidents at the commits of one process: before and after each, in the order in which the flow reaches them. */
export const pointsOf = (victim: 'police' | 'banks'): readonly CrashPoint[] =>
  Array.from({ length: MOST_COMMITS }, (_, place) => place + 1).flatMap((place) => (['before', 'after'] as const).map((side) => ({ victim, failpoint: `database.${side}-commit#${place}:kill` })));

/** A few accidents that meet different steps of the flow, for every test run; `npm run crash` takes them all. */
export const sample: readonly CrashPoint[] = [
  ...[3, 6].flatMap((place) => [{ victim: 'police', failpoint: `database.after-commit#${place}:kill` } as const]),
  ...[2, 4].flatMap((place) => [{ victim: 'banks', failpoint: `database.before-commit#${place}:kill` } as const, { victim: 'banks', failpoint: `database.after-commit#${place}:kill` } as const]),
  ...outside,
];

/** Every accident: the two from outside, then each commit of both processes. */
export const allPoints: readonly CrashPoint[] = [...outside, ...pointsOf('police'), ...pointsOf('banks')];

/** As in `banks database.before-commit#4:kill`. */
export const nameOf = ({ victim, failpoint }: CrashPoint): string => `${victim} ${failpoint ?? 'killed from outside'}`;
