import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { stringify } from './csv';

/** An account of the invented ledger. */
export interface LedgerAccount {
  /** Code of the bank or payment institution, as in `B001`. */
  readonly institution: string;
  readonly number: string;
  readonly holderName: string;
  readonly product: string;
  /** A code of the banks' table of exempt accounts, as in `MIGRANT_WAGES`. */
  readonly exemptKind?: string;
  /** Balance before the first entry, in fen; left out, the importer finds the least that is enough. */
  readonly openingFen?: number;
}

/** A movement of the invented ledger; null stands for cash. */
export interface LedgerEntry {
  readonly at: Date;
  readonly from: LedgerAccount | null;
  readonly to: LedgerAccount | null;
  /** In fen. */
  readonly fen: number;
}

/** When every invented account was opened. */
const OPENED_AT = '2020-01-01T00:00:00Z';

/** An invented ledger on its way into the importer's own files: `accounts.csv` and `entries.csv` of format `lianfang`. */
export class LedgerFiles {
  readonly #accounts = new Map<string, LedgerAccount>();
  readonly #entries: LedgerEntry[] = [];

  /** Adds an account; the same number once. */
  open(account: LedgerAccount): LedgerAccount {
    if (this.#accounts.has(account.number)) throw new Error('an invented account number stands twice; give another seed');
    this.#accounts.set(account.number, account);
    return account;
  }

  /** Adds a movement; both its accounts must be open. */
  move(entry: LedgerEntry): LedgerEntry {
    for (const account of [entry.from, entry.to]) if (account && !this.#accounts.has(account.number)) throw new Error('a movement names an account that is not open');
    this.#entries.push(entry);
    return entry;
  }

  get accounts(): readonly LedgerAccount[] {
    return [...this.#accounts.values()];
  }

  get entries(): readonly LedgerEntry[] {
    return this.#entries;
  }

  /** Writes both files into a folder that is there. */
  async write(folder: string): Promise<void> {
    const accounts = this.accounts.map(({ institution, number, holderName, product, exemptKind = '', openingFen }) => [
      institution, number, holderName, product, 'CNY', 'ACTIVE', exemptKind, OPENED_AT, openingFen === undefined ? '' : yuan(openingFen),
    ]);
    const entries = [...this.#entries]
      .sort((one, other) => one.at.getTime() - other.at.getTime())
      .map(({ at, from, to, fen }) => [at.toISOString(), from?.number ?? '', to?.number ?? '', yuan(fen), kindOf({ from, to }), '', '']);
    await Promise.all([
      writeFile(join(folder, 'accounts.csv'), stringify([accountColumns, ...accounts])),
      writeFile(join(folder, 'entries.csv'), stringify([entryColumns, ...entries])),
    ]);
  }
}

const accountColumns = ['institution', 'number', 'holder_name', 'product', 'currency', 'status', 'exempt_kind', 'opened_at', 'opening_balance'];
const entryColumns = ['at', 'from_number', 'to_number', 'amount', 'kind', 'outside_name', 'outside_institution'];

const kindOf = ({ from, to }: Pick<LedgerEntry, 'from' | 'to'>): string => {
  if (from === null) return 'DEPOSIT';
  return to === null ? 'WITHDRAWAL' : 'TRANSFER';
};

/** Fen as yuan, the way a person types it: `3000.50`. */
export const yuan = (fen: number | bigint): string => {
  const digits = String(fen).padStart(3, '0');
  return `${digits.slice(0, -2)}.${digits.slice(-2)}`;
};
