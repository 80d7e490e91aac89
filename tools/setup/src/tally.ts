/** How many tests, or how many steps, went how. */
export interface Tally {
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
}

/** Nothing counted yet. */
export const emptyTally: Tally = { passed: 0, failed: 0, skipped: 0 };

/** Two tallies in one. */
export const addTallies = (one: Tally, other: Tally): Tally => ({
  passed: one.passed + other.passed,
  failed: one.failed + other.failed,
  skipped: one.skipped + other.skipped,
});

/** One step without counts of its own, such as lint. */
export const stepTally = (succeeded: boolean): Tally => ({ ...emptyTally, ...(succeeded ? { passed: 1 } : { failed: 1 }) });

/**
 * The counts of all projects. A project that ends badly without saying why (its process was killed, its configuration is broken)
 * still makes one failure, so that the closing line never hides it.
 */
export function projectTally(counts: readonly Tally[], { projects, succeeded }: { projects: number; succeeded: boolean }): Tally {
  const sum = counts.reduce(addTallies, emptyTally);
  const silent = Math.max(0, projects - counts.length);
  const hidden = !succeeded && sum.failed === 0 && silent === 0 ? 1 : silent;
  return { ...sum, failed: sum.failed + hidden };
}

/** The line that CI reads, as in `612 passed, 0 failed`. A skipped test is a defect and counts as failed. */
export const closingLine = ({ passed, failed, skipped }: Tally): string =>
  `${passed} passed, ${failed + skipped} failed${skipped > 0 ? ` (${skipped} of them skipped, which is not allowed)` : ''}`;
