/** Pauses before the next attempt, in milliseconds: quick enough for a restart, slow enough for an outage. */
const pauses = [200, 500, 1_000, 2_000, 4_000, 8_000, 16_000, 30_000] as const;

/** The longest pause of the schedule, in milliseconds. */
export const LONGEST_PAUSE = 30_000;

/**
 * The pause after the `failures`-th failure in a row (from 1), in milliseconds; the last one repeats.
 * `chance` in [0, 1) spreads it by ±20 %, so that partners that failed together do not come back together.
 */
export function retryPause(failures: number, chance: number): number {
  const pause = pauses[Math.min(Math.max(failures, 1), pauses.length) - 1] ?? LONGEST_PAUSE;
  return Math.round(pause * (0.8 + 0.4 * chance));
}

/** Why a posted batch has no receipt: nobody answered, or the answer was not to be believed, a refusal, or shows two different pasts. */
export type DeliveryFailure = 'UNREACHED' | 'NOT_BELIEVED' | 'REFUSED' | 'CHAINS_DIFFER';

/** Attempts after which a refusal, or an answer that is not believed, cannot be the line's fault any more. */
const BLAMED_ON_THE_LINE = 3;

/**
 * The pause before a batch is posted again, in milliseconds. A partner that is away may soon be back, and one byte that a line has changed makes a refusal:
 * the first few are tried again quickly. What stays refused or forged needs a person, and haste helps nobody.
 */
export function deliveryPause(failure: DeliveryFailure, attempts: number, chance: number): number {
  const isQuick = failure === 'UNREACHED' || (failure !== 'CHAINS_DIFFER' && attempts <= BLAMED_ON_THE_LINE);
  return isQuick ? retryPause(attempts, chance) : LONGEST_PAUSE;
}
