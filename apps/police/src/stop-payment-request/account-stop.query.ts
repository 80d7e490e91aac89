import type { EntityManager } from 'typeorm';
import { AccountStop, type Counting } from './account-stop.entity';

/** Lets one proposal at a time decide about an account, whichever unit it comes from: the locks end with the transaction. Sorted, so that two batches never wait for each other in a ring. */
export async function lockAccounts(manager: EntityManager, indexes: readonly Buffer[]): Promise<void> {
  const keys = [...new Set(indexes.map((index) => index.toString('hex')))].sort();
  await manager.query(
    `select pg_advisory_xact_lock(hashtextextended('account-stop ' || key, 0)) from unnest($1::text[]) with ordinality as account (key, place) order by place`,
    [keys],
  );
}

/** Stops of these accounts that count or still may, of every unit, by blind index in hexadecimal. */
export async function loadStanding(manager: EntityManager, indexes: readonly Buffer[]): Promise<Map<string, AccountStop[]>> {
  const stops = await manager
    .createQueryBuilder(AccountStop, 'stop')
    .where(`stop.account_index = any(:indexes) and stop.counting <> 'VOID'`, { indexes })
    .orderBy('stop.id')
    .getMany();
  const byAccount = new Map<string, AccountStop[]>();
  for (const stop of stops) {
    const key = stop.accountIndex.toString('hex');
    byAccount.set(key, [...(byAccount.get(key) ?? []), stop]);
  }
  return byAccount;
}

/** Notes whether a stop counts. What once counted never becomes void again: the account was stopped (86-5). */
export async function count(manager: EntityManager, requestId: string, counting: Exclude<Counting, 'UNDER_WAY'>, stoppedAt: Date | null = null): Promise<void> {
  await manager.query(
    `update account_stop set counting = $2, stopped_at = coalesce($3, stopped_at) where id = $1 and counting = 'UNDER_WAY'`,
    [requestId, counting, stoppedAt],
  );
}
