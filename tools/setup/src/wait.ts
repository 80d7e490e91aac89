/** Answers whether something is as awaited by now. */
export type Probe = () => Promise<boolean> | boolean;

const LOOK_EVERY_MS = 50;

/** Looks until `probe` agrees. Returns false when it has not within `milliseconds`. */
export async function waitUntil(probe: Probe, milliseconds: number): Promise<boolean> {
  const patienceEnds = Date.now() + milliseconds;
  while (!(await probe())) {
    if (Date.now() > patienceEnds) return false;
    await pause(LOOK_EVERY_MS);
  }
  return true;
}

/** Lets time pass, in milliseconds. */
export const pause = (milliseconds: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, milliseconds));

/** Whether a URL answers 200 by now. */
export const answers = (url: string): Probe => async () => {
  try {
    return (await fetch(url, { signal: AbortSignal.timeout(2_000) })).status === 200;
  } catch {
    return false;
  }
};
