import { clockCaller } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { Station } from '../station';
import type { Claimed } from './claim';

/** Writes down why a batch was not receipted, and when it is posted again (`pause` in milliseconds from now). */
export async function recordFailure({ agency, database }: Station, { claimed, cause, pause }: { claimed: Claimed; cause: string; pause: number }): Promise<void> {
  await database.asCaller(clockCaller(agency), (manager) => writeFailure(manager, { id: claimed.id, cause, pause }));
}

/** See `failed` in `dispatch.ts`. */
export const writeFailure = (manager: EntityManager, { id, cause, pause }: { id: string; cause: string; pause: number }): Promise<unknown> =>
  manager.query(
    `update outbox_dispatch
     set last_error = $2, failing_since = coalesce(failing_since, now()), next_attempt_at = now() + $3 * interval '1 millisecond'
     where id = $1 and (receipt is null or repeat)`,
    [id, cause, pause],
  );
