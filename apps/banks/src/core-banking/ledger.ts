import type { Database } from '@lianfang/database';
import { clockCaller, type Clock } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';

/** The built-in core system: the worker login of the banks' database, and the ledger's own clock. */
export interface Ledger {
  readonly database: Database;
  readonly clock: Clock;
}

/** Purpose of the blind index over account numbers, in the ledger as in the bank desk's own tables. */
export const accountNumberIndex = 'account-number';

/** Runs one transaction of the ledger, in the name of the banks' machine. */
export const inLedger = <T>(ledger: Ledger, work: (manager: EntityManager) => Promise<T>): Promise<T> => ledger.database.asCaller(clockCaller('banks'), work);

/** Rows of a statement, typed by the caller: the shape stands in the statement right beside it. */
export const rowsOf = async <Row>(manager: EntityManager, sql: string, parameters: readonly unknown[]): Promise<Row[]> =>
  (await manager.query(sql, [...parameters])) as Row[];

/** Whether a ref can be one of ours; anything else names no account. */
export const isLedgerRef = (ref: string): boolean => /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(ref);
