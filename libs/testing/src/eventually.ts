import { setTimeout as pause } from 'node:timers/promises';

/** How long to wait at most, and how often to look; milliseconds. */
export interface Patience {
  readonly limit?: number;
  readonly every?: number;
  /** What is awaited, for the error. */
  readonly what?: string;
}

/**
 * Waits until `condition` gives something truthy, and returns it. A condition that throws is asked again until the limit.
 * Throws after the limit (10 s) with the last error as cause: no spec sleeps a fixed time.
 *
 * @example const order = await eventually(() => findOrder(id), { what: 'the bank to receive the order' });
 */
export async function eventually<T>(condition: () => T | Promise<T>, { limit = 10_000, every = 20, what = 'the condition' }: Patience = {}): Promise<NonNullable<T>> {
  const end = performance.now() + limit;
  let cause: unknown;
  do {
    try {
      const outcome = await condition();
      if (outcome) return outcome;
      cause = undefined;
    } catch (error) {
      cause = error;
    }
    await pause(every);
  } while (performance.now() < end);
  throw new Error(`waited ${limit} ms in vain for ${what}`, { cause });
}
