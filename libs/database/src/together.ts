/** How Postgres answers what comes after a failure in the same transaction: not the cause. */
const AFTER_A_FAILURE = '25P02';

/**
 * Waits for work of one transaction whose parts were begun together, because none needs another's answer.
 * When one fails it throws only after all have ended: nothing may reach the database behind the rollback that undoes them.
 */
export async function together(...parts: readonly Promise<unknown>[]): Promise<void> {
  const outcomes = await Promise.allSettled(parts);
  const failures = outcomes.filter((outcome) => outcome.status === 'rejected').map(({ reason }) => reason as unknown);
  if (failures.length > 0) throw failures.find((failure) => codeOf(failure) !== AFTER_A_FAILURE) ?? failures[0];
}

const codeOf = (failure: unknown): unknown => (failure instanceof Error && 'code' in failure ? failure.code : undefined);
