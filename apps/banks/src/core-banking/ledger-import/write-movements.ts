import { newId, type Keyring } from '@lianfang/database';
import type { EntityManager } from 'typeorm';
import { inLedger, rowsOf, type Ledger } from '../ledger';
import { entryPlace } from '../ledger-statement.query';
import { insideNumber } from './check-files';
import { countBatch } from './import-run.query';
import type { ImportedEnd, ImportedMovement } from './ledger-format';
import { inBatches } from './time-order';
import type { KnownAccount } from './write-accounts';

/** Movements per transaction, two entries each: some hundred milliseconds and a few megabytes. */
const BATCH = 2_000;

type Known = ReadonlyMap<string, KnownAccount>;
/** The accounts that a batch moves, with their balances before it. */
type Touched = Map<KnownAccount, bigint>;

interface Entry {
  readonly id: string;
  readonly transferId: string;
  readonly accountId: string;
  readonly movement: ImportedMovement;
  readonly fen: bigint;
  readonly balanceAfter: bigint;
  readonly otherId: string | null;
  readonly outside: { readonly number: string; readonly holderName: string; readonly institution: string | null } | null;
}

/** Posts the movements after the first `done`, in the order of time; each batch, its balances and its count are one transaction. */
export async function writeMovements(
  ledger: Ledger,
  { movements, name, done, known, progress }: {
    readonly movements: AsyncIterable<ImportedMovement>;
    readonly name: string;
    readonly done: number;
    readonly known: Known;
    readonly progress: (count: number) => void;
  },
): Promise<void> {
  let count = 0;
  for await (const batch of inBatches(movements, BATCH)) {
    const [from, to] = [Math.max(count, done), count + batch.length];
    // What an earlier run has posted only moves the balances that we reckon with.
    for (const movement of batch.slice(0, from - count)) post(movement, known, new Map());
    const touched: Touched = new Map();
    const entries = batch.slice(from - count).flatMap((movement) => post(movement, known, touched));
    count = to;
    if (entries.length === 0) continue;
    await inLedger(ledger, async (manager) => {
      await countBatch(manager, { name, column: 'movements_done', from, to });
      await insertEntries(manager, ledger.database.keyring, entries);
      await moveBalances(manager, touched);
    });
    progress(to);
  }
}

/** The entries of a movement, debit first, and the balances after it. */
function post(movement: ImportedMovement, known: Known, touched: Touched): Entry[] {
  const transferId = newId();
  const { from, to, fen } = movement;
  const sides = [{ own: from, other: to, moved: -fen }, { own: to, other: from, moved: fen }];
  return sides.flatMap(({ own, other, moved }) => {
    const account = findKnown(own, known);
    if (!account) return [];
    if (!touched.has(account)) touched.set(account, account.balance);
    account.balance += moved;
    const counterparty = findKnown(other, known);
    const outside = !counterparty && other !== 'CASH' && 'outside' in other ? other.outside : null;
    return [{ id: newId(), transferId, accountId: account.id, movement, fen: moved, balanceAfter: account.balance, otherId: counterparty?.id ?? null, outside }];
  });
}

const findKnown = (end: ImportedEnd, known: Known): KnownAccount | undefined => known.get(insideNumber(end, known) ?? '');

async function insertEntries(manager: EntityManager, keyring: Keyring, entries: readonly Entry[]): Promise<void> {
  const column = <Value>(valueOf: (entry: Entry) => Value): Value[] => entries.map(valueOf);
  await manager.query(insertEntryRows, [
    column(({ id }) => id),
    column(({ transferId }) => transferId),
    column(({ accountId }) => accountId),
    column(({ movement }) => movement.at),
    column(({ movement }) => movement.kind),
    column(({ fen }) => fen.toString()),
    column(({ balanceAfter }) => balanceAfter.toString()),
    column(({ movement }) => movement.reference),
    column(({ otherId }) => otherId),
    column(({ id, outside }) => outside && keyring.seal(outside.number, entryPlace('counterparty_number_sealed', id))),
    column(({ id, outside }) => outside && keyring.seal(outside.holderName, entryPlace('counterparty_name_sealed', id))),
    column(({ outside }) => outside?.institution ?? null),
  ]);
}

/** `with ordinality` keeps the order of posting in `position`. */
const insertEntryRows = `
  insert into ledger.entry (id, transfer_id, account_id, at, kind, amount, balance_after, reference,
                            counterparty_account_id, counterparty_number_sealed, counterparty_name_sealed, counterparty_institution)
  select id, transfer_id, account_id, at, kind, amount, balance_after, reference, other_id, other_number, other_name, other_institution
  from unnest($1::uuid[], $2::uuid[], $3::uuid[], $4::timestamptz[], $5::text[], $6::bigint[], $7::bigint[], $8::text[],
              $9::uuid[], $10::bytea[], $11::bytea[], $12::text[])
       with ordinality as entry (id, transfer_id, account_id, at, kind, amount, balance_after, reference, other_id, other_number, other_name, other_institution, place)
  order by place`;

/** Sets the balances that the batch leads to, if they are still those that it started from. */
async function moveBalances(manager: EntityManager, touched: Touched): Promise<void> {
  const accounts = [...touched];
  const [moved] = (await manager.query(
    `update ledger.account set balance = moved.after
     from unnest($1::uuid[], $2::bigint[], $3::bigint[]) as moved (id, before, after)
     where account.id = moved.id and account.balance = moved.before
     returning account.id`,
    [accounts.map(([{ id }]) => id), accounts.map(([, before]) => before.toString()), accounts.map(([{ balance }]) => balance.toString())],
  )) as [unknown[]];
  if (moved.length !== accounts.length) throw new Error('ledger import: money of an imported account moved while the import ran; stop what moves it, reset the ledger and import again');
}

/** What the ledger says of the imported accounts: how many balances differ from the sum of their entries, and the sum of all balances in fen. */
export async function verifyAccounts(ledger: Ledger, known: Known): Promise<{ wrong: number; total: bigint }> {
  const [row] = await inLedger(ledger, (manager) =>
    rowsOf<{ wrong: number; total: string }>(
      manager,
      `select count(*) filter (where balance <> statement)::int as wrong, coalesce(sum(balance), 0)::text as total
       from (select account.balance, coalesce(sum(entry.amount), 0) as statement
             from ledger.account left join ledger.entry on entry.account_id = account.id
             where account.id = any($1::uuid[])
             group by account.id) as figures`,
      [[...known.values()].map(({ id }) => id)],
    ));
  return { wrong: row?.wrong ?? 0, total: BigInt(row?.total ?? '0') };
}
