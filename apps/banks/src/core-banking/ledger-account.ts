import { newId, type Keyring } from '@lianfang/database';
import type { Money } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { CoreAccount, CoreAccountStatus } from './core-banking';
import type { ExemptKind } from './exempt-kind';
import { accountNumberIndex, inLedger, rowsOf, type Ledger } from './ledger';

/** An account to be opened; its opening balance becomes its first entry, so that the statement always sums to the balance. */
export interface NewLedgerAccount {
  readonly institution: string;
  readonly number: string;
  readonly holderName: string;
  readonly openingBalance: Money;
  readonly openedAt: Date;
  readonly product?: string;
  readonly status?: CoreAccountStatus;
  readonly exemptKind?: ExemptKind | null;
}

/** Where an account's sealed values stand. */
export const accountPlace = (column: 'number_sealed' | 'holder_name_sealed', id: string) => ({ table: 'ledger.account', column, id });

/** The columns of an account as one row holds them. */
export interface AccountRow {
  readonly id: string;
  readonly institution: string;
  readonly number_sealed: Buffer;
  readonly holder_name_sealed: Buffer;
  readonly status: CoreAccountStatus;
  readonly exempt_kind: ExemptKind | null;
  readonly currency: string;
  readonly product: string;
  readonly balance: string;
}

/** The columns of `AccountRow`. */
export const accountColumns = 'id, institution, number_sealed, holder_name_sealed, status, exempt_kind, currency, product, balance';

/** Opens an account; an existing number of the institution is left as it is. Returns its ref either way. */
export async function openLedgerAccount(ledger: Ledger, account: NewLedgerAccount): Promise<string> {
  return inLedger(ledger, async (manager) => {
    const [opened] = await insertAccounts(manager, ledger.database.keyring, [account]);
    if (opened) return opened.id;
    const earlier = await findAccountRow(manager, account.institution, ledger.database.keyring.index(accountNumberIndex, account.number));
    if (!earlier) throw new Error('ledger: an account was neither opened nor found');
    return earlier.id;
  });
}

/**
 * Inserts accounts and their opening entries, in two statements whatever their number. A number that the institution has already is left out of the result.
 */
export async function insertAccounts(manager: EntityManager, keyring: Keyring, accounts: readonly NewLedgerAccount[]): Promise<{ id: string; position: number }[]> {
  const ids = accounts.map(() => newId());
  const sealed = (index: number, column: 'number_sealed' | 'holder_name_sealed', text: string): Buffer => keyring.seal(text, accountPlace(column, ids[index] ?? ''));
  const inserted = await rowsOf<{ id: string }>(manager, insertAccountRows, [
    ids,
    accounts.map((account) => account.institution),
    accounts.map((account, index) => sealed(index, 'number_sealed', account.number)),
    accounts.map((account) => keyring.index(accountNumberIndex, account.number)),
    accounts.map((account) => account.number.split('_', 1).join('').slice(-4)),
    accounts.map((account, index) => sealed(index, 'holder_name_sealed', account.holderName)),
    accounts.map((account) => account.status ?? 'ACTIVE'),
    accounts.map((account) => account.exemptKind ?? null),
    accounts.map((account) => account.openingBalance.currency),
    accounts.map((account) => account.product ?? 'current account'),
    accounts.map((account) => account.openingBalance.fen.toString()),
    accounts.map((account) => account.openedAt),
  ]);
  const positions = new Map(ids.map((id, position) => [id, position]));
  await manager.query(insertOpenings, [inserted.map(({ id }) => id), inserted.map(() => newId())]);
  return inserted.map(({ id }) => ({ id, position: positions.get(id) ?? -1 }));
}

const insertAccountRows = `
  insert into ledger.account (id, institution, number_sealed, number_index, last_four, holder_name_sealed, status, exempt_kind, currency, product, balance, opened_at)
  select * from unnest($1::uuid[], $2::text[], $3::bytea[], $4::bytea[], $5::text[], $6::bytea[], $7::text[], $8::text[], $9::text[], $10::text[], $11::bigint[], $12::timestamptz[])
  on conflict on constraint account_number_once do nothing
  returning id`;

const insertOpenings = `
  insert into ledger.entry (id, transfer_id, account_id, at, kind, amount, balance_after, reference)
  select opening.entry_id, opening.entry_id, account.id, account.opened_at, 'OPENING', account.balance, account.balance, 'opening'
  from unnest($1::uuid[], $2::uuid[]) as opening (account_id, entry_id)
  join ledger.account on account.id = opening.account_id
  where account.balance > 0`;

/** The account of an institution with this number, by its blind index. */
export async function findAccountRow(manager: EntityManager, institution: string, numberIndex: Buffer): Promise<AccountRow | undefined> {
  const [row] = await rowsOf<AccountRow>(manager, `select ${accountColumns} from ledger.account where institution = $1 and number_index = $2`, [institution, numberIndex]);
  return row;
}

/** Opens the seals of a row. */
export const coreAccountOf = (keyring: Keyring, row: AccountRow): CoreAccount => ({
  ref: row.id,
  institution: row.institution,
  number: keyring.open(row.number_sealed, accountPlace('number_sealed', row.id)),
  holderName: keyring.open(row.holder_name_sealed, accountPlace('holder_name_sealed', row.id)),
  status: row.status,
  exemptKind: row.exempt_kind,
  currency: row.currency,
  product: row.product,
});

/** Locks accounts in the order of their ids, so that two who want the same ones never wait for each other in a ring. */
export const lockAccounts = (manager: EntityManager, ids: readonly string[]): Promise<AccountRow[]> =>
  rowsOf<AccountRow>(manager, `select ${accountColumns} from ledger.account where id = any($1::uuid[]) order by id for update`, [ids]);

/** Sets an account's status: FROZEN by another authority, CLOSED, or ACTIVE again. */
export async function setLedgerAccountStatus(ledger: Ledger, ref: string, status: CoreAccountStatus): Promise<void> {
  await inLedger(ledger, (manager) => manager.query('update ledger.account set status = $2 where id = $1', [ref, status]));
}
