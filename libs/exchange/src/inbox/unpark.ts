import type { Database } from '@lianfang/database';
import { clockCaller, type Agency } from '@lianfang/vocabulary';

/** Lets a parked message be handled again, for instance after its handler was mended. `id` is the one that `exchange:status` shows. Returns whether it was parked. */
export async function unpark(database: Database, { agency, id }: { agency: Agency; id: string }): Promise<boolean> {
  return database.asCaller(clockCaller(agency), async (manager) => {
    const [, count] = await manager.query<[unknown[], number]>(
      'update inbox_message set parked_at = null, parking = null, attempts = 0, retry_at = now() where id = $1 and parked_at is not null',
      [id],
    );
    return count > 0;
  });
}
