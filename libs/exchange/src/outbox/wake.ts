import type { DataSource, EntityManager, QueryRunner } from 'typeorm';

/** Transactions of this process that have posted and not yet ended. */
const posted = new WeakSet<QueryRunner>();
const watched = new WeakSet<DataSource>();
const sleepers = new Set<() => void>();

/** Wakes this process's relays once the transaction of `manager` has committed. Another process finds the message at its next poll. */
export function wakeAfterCommit({ queryRunner, connection }: EntityManager): void {
  if (!queryRunner) return;
  if (!watched.has(connection)) {
    watched.add(connection);
    connection.subscribers.push({ afterTransactionCommit: (event) => wakeIfPosted(event.queryRunner) });
  }
  posted.add(queryRunner);
}

/** Calls `wake` after each transaction of this process that posted something. Returns how to stop. */
export function onPosted(wake: () => void): () => void {
  sleepers.add(wake);
  return () => void sleepers.delete(wake);
}

/** The end of a savepoint is reported like a commit, while the transaction around it goes on. */
function wakeIfPosted(runner: QueryRunner): void {
  if (runner.isTransactionActive || !posted.delete(runner)) return;
  for (const wake of sleepers) wake();
}
