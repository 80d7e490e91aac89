import type { Database } from '@lianfang/database';
import { clockCaller, type Agency } from '@lianfang/vocabulary';

/**
 * Posts the newest batch to a partner once more, byte for byte: for an operator whose partner was restored from a backup.
 * A partner that still has it answers with its stored receipt and nothing changes; one that has forgotten says what it waits for,
 * and everything from there is posted again (`repeatFrom`) — now, and not when there is next something to send. Returns whether anything was ever sent.
 */
export async function repeatNewest(database: Database, { agency, partner }: { agency: Agency; partner: Agency }): Promise<boolean> {
  return database.asCaller(clockCaller(agency), async (manager) => {
    const [, count] = await manager.query<[unknown[], number]>(
      `update outbox_dispatch set repeat = true, next_attempt_at = now()
       where id = (select id from outbox_dispatch where partner = $1 order by first_seq desc limit 1)`,
      [partner],
    );
    return count > 0;
  });
}
