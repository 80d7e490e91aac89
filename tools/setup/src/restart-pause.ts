const SECOND = 1_000;

/** Longest pause before a crashed process starts again, in milliseconds. */
const LONGEST_MS = 30 * SECOND;

/** A process that ran this long was steady: its next crash counts as the first one. In milliseconds. */
const STEADY_MS = 60 * SECOND;

/** How long a crashed process waits: 1, 2, 4 … 30 seconds for the first, second, third … crash in a row. */
export const pauseBeforeRestart = {
  of: (crashes: number): number => Math.min(SECOND * 2 ** (crashes - 1), LONGEST_MS),
  isSteady: (ranForMs: number): boolean => ranForMs >= STEADY_MS,
};
