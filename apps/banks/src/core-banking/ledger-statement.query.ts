import type { Keyring } from '@lianfang/database';
import { moneyOf } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { CoreTransaction, IncomingSearch, Outflows } from './core-banking';
import { accountPlace } from './ledger-account';
import { rowsOf } from './ledger';

interface EntryRow {
  readonly id: string;
  readonly at: Date;
  readonly kind: CoreTransaction['kind'];
  readonly amount: string;
  readonly currency: string;
  readonly reference: string;
  readonly counterparty_account_id: string | null;
  readonly counterparty_number_sealed: Buffer | null;
  readonly counterparty_name_sealed: Buffer | null;
  readonly counterparty_institution: string | null;
  readonly other_number_sealed: Buffer | null;
  readonly other_name_sealed: Buffer | null;
  readonly other_institution: string | null;
}

/** Where an entry's sealed values stand. */
export const entryPlace = (column: 'counterparty_number_sealed' | 'counterparty_name_sealed', id: string) => ({ table: 'ledger.entry', column, id });

/** An account's entries, each with the other side's account where this ledger keeps it. */
const statement = `
  select entry.id, entry.at, entry.kind, abs(entry.amount)::text as amount, own.currency, entry.reference,
         entry.counterparty_account_id, entry.counterparty_number_sealed, entry.counterparty_name_sealed, entry.counterparty_institution,
         other.number_sealed as other_number_sealed, other.holder_name_sealed as other_name_sealed, other.institution as other_institution
  from ledger.entry
  join ledger.account as own on own.id = entry.account_id
  left join ledger.account as other on other.id = entry.counterparty_account_id
  where entry.account_id = $1 and own.institution = $2 and entry.kind <> 'OPENING'`;

/** Whose statement: an institution reads only its own accounts. */
export interface StatementOf {
  readonly institution: string;
  readonly ref: string;
}

/** Money that left the account at or after `since`, in the order in which it left. */
export async function selectOutflows(
  manager: EntityManager,
  keyring: Keyring,
  { institution, ref, since, limit }: StatementOf & { readonly since: Date; readonly limit: number },
): Promise<Outflows> {
  const rows = await rowsOf<EntryRow>(
    manager,
    `${statement} and entry.amount < 0 and entry.at >= $3 order by entry.at, entry.position limit $4`,
    [ref, institution, since, limit + 1],
  );
  return { transactions: rows.slice(0, limit).map((row) => transactionOf(keyring, row)), isTruncated: rows.length > limit };
}

/** Money that came in within the search's window, nearest to `around` first. */
export async function selectIncoming(
  manager: EntityManager,
  keyring: Keyring,
  { institution, ref, search }: StatementOf & { readonly search: IncomingSearch },
): Promise<CoreTransaction[]> {
  const { amount, around, toleranceMs, limit = 100 } = search;
  const [from, to] = [new Date(around.getTime() - toleranceMs), new Date(around.getTime() + toleranceMs)];
  const rows = await rowsOf<EntryRow>(
    manager,
    `${statement}
       and entry.amount > 0 and entry.at between $3 and $4
       and ($5::bigint is null or (entry.amount = $5 and own.currency = $6))
     order by abs(extract(epoch from entry.at - $7::timestamptz)), entry.position limit $8`,
    [ref, institution, from, to, amount?.fen.toString() ?? null, amount?.currency ?? null, around, limit],
  );
  return rows.map((row) => transactionOf(keyring, row));
}

function transactionOf(keyring: Keyring, row: EntryRow): CoreTransaction {
  return {
    reference: row.reference,
    at: row.at,
    amount: moneyOf(row.amount, row.currency),
    kind: row.kind,
    counterparty: row.counterparty_account_id === null ? outsideOf(keyring, row) : insideOf(keyring, row, row.counterparty_account_id),
  };
}

function insideOf(keyring: Keyring, row: EntryRow, accountId: string): CoreTransaction['counterparty'] {
  return {
    number: row.other_number_sealed && keyring.open(row.other_number_sealed, accountPlace('number_sealed', accountId)),
    holderName: row.other_name_sealed && keyring.open(row.other_name_sealed, accountPlace('holder_name_sealed', accountId)),
    institution: row.other_institution,
  };
}

function outsideOf(keyring: Keyring, row: EntryRow): CoreTransaction['counterparty'] {
  return {
    number: row.counterparty_number_sealed && keyring.open(row.counterparty_number_sealed, entryPlace('counterparty_number_sealed', row.id)),
    holderName: row.counterparty_name_sealed && keyring.open(row.counterparty_name_sealed, entryPlace('counterparty_name_sealed', row.id)),
    institution: row.counterparty_institution,
  };
}
