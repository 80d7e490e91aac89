import type { Keyring } from '@lianfang/database';
import { moneyOf } from '@lianfang/vocabulary';
import { accountNumberIndex, inLedger, rowsOf, type Ledger } from '../ledger';
import { insertAccounts } from '../ledger-account';
import type { CheckedFiles } from './check-files';
import { countBatch } from './import-run.query';
import type { ImportSource, ImportedAccount, LedgerFormat } from './ledger-format';
import type { Report } from './row-problem';
import { inBatches } from './time-order';

/** Accounts per statement: two seals and one index each, some milliseconds of work. */
const BATCH = 500;

/** An account of the import as the ledger has it; `balance` in fen follows the movements. */
export interface KnownAccount {
  readonly id: string;
  balance: bigint;
}

/** Reports the accounts that the ledger has already, from elsewhere; nothing is written. */
export async function reportTakenNumbers(ledger: Ledger, { format, source }: { format: LedgerFormat; source: ImportSource }, report: Report): Promise<void> {
  for await (const batch of inBatches(format.accounts(source, () => undefined), BATCH)) {
    const taken = await inLedger(ledger, (manager) =>
      rowsOf<{ line: number }>(
        manager,
        `select given.line
         from unnest($1::text[], $2::bytea[], $3::int[]) as given (institution, number_index, line)
         join ledger.account using (institution, number_index)
         order by given.line`,
        [batch.map(({ institution }) => institution), indexes(ledger.database.keyring, batch), batch.map(({ line }) => line)],
      ));
    for (const { line } of taken) report({ file: format.files[0] ?? '', line, text: 'the ledger has an account with this number already, from another import' });
  }
}

/** Opens the accounts after the first `done`, batch by batch; each batch and its count are one transaction. */
export async function writeAccounts(
  ledger: Ledger,
  { accounts, name, done, openings, progress }: {
    readonly accounts: AsyncIterable<ImportedAccount>;
    readonly name: string;
    readonly done: number;
    readonly openings: CheckedFiles['openings'];
    readonly progress: (count: number) => void;
  },
): Promise<void> {
  let count = 0;
  for await (const batch of inBatches(accounts, BATCH)) {
    const [from, to] = [Math.max(count, done), count + batch.length];
    const rest = batch.slice(from - count);
    count = to;
    if (rest.length === 0) continue;
    await inLedger(ledger, async (manager) => {
      await countBatch(manager, { name, column: 'accounts_done', from, to });
      const inserted = await insertAccounts(manager, ledger.database.keyring, rest.map((account) => ({ ...account, openingBalance: moneyOf(openings.get(account.number) ?? 0n, account.currency) })));
      if (inserted.length !== rest.length) throw new Error('ledger import: an account was opened elsewhere while the import ran; run it again to see which');
    });
    progress(to);
  }
}

/** Ids of all accounts of the import, with the balances that they were opened with. */
export async function loadKnownAccounts(ledger: Ledger, accounts: AsyncIterable<ImportedAccount>, openings: CheckedFiles['openings']): Promise<Map<string, KnownAccount>> {
  const known = new Map<string, KnownAccount>();
  for await (const batch of inBatches(accounts, BATCH)) {
    const rows = await inLedger(ledger, (manager) =>
      rowsOf<{ id: string; place: number }>(
        manager,
        `select account.id, given.place::int as place
         from unnest($1::text[], $2::bytea[]) with ordinality as given (institution, number_index, place)
         join ledger.account using (institution, number_index)`,
        [batch.map(({ institution }) => institution), indexes(ledger.database.keyring, batch)],
      ));
    for (const { id, place } of rows) {
      const number = batch[place - 1]?.number ?? '';
      known.set(number, { id, balance: openings.get(number) ?? 0n });
    }
  }
  return known;
}

const indexes = (keyring: Keyring, batch: readonly ImportedAccount[]): Buffer[] => batch.map(({ number }) => keyring.index(accountNumberIndex, number));
