import type { CoreAccountStatus } from '../core-banking';
import type { ExemptKind } from '../exempt-kind';
import type { Report } from './row-problem';

/** An account as a file names it. */
export interface ImportedAccount {
  readonly line: number;
  /** The account number, by which movements name the account; once per import. */
  readonly number: string;
  readonly institution: string;
  readonly holderName: string;
  readonly status: CoreAccountStatus;
  readonly exemptKind: ExemptKind | null;
  readonly currency: string;
  readonly product: string;
  readonly openedAt: Date;
  /** Fen; null: what keeps every prefix of the account's movements non-negative. */
  readonly openingFen: bigint | null;
}

/** One end of a movement: a number of the accounts' file, somebody outside, or cash. */
export type ImportedEnd = { readonly number: string } | { readonly outside: { readonly number: string; readonly holderName: string; readonly institution: string | null } } | 'CASH';

/** A movement as a file names it. */
export interface ImportedMovement {
  readonly file: string;
  readonly line: number;
  /** Made from import name, file and line: the same in every run. */
  readonly reference: string;
  readonly at: Date;
  readonly from: ImportedEnd;
  readonly to: ImportedEnd;
  readonly fen: bigint;
  readonly kind: 'TRANSFER' | 'WITHDRAWAL' | 'DEPOSIT';
}

/** Where an import reads from, and what the command line chose. */
export interface ImportSource {
  readonly folder: string;
  /** Prefix of every reference; names the import in the progress table. */
  readonly name: string;
  readonly institutions: readonly string[];
}

/** A format that the importer can read. Every reader streams, and reports bad rows instead of throwing. */
export interface LedgerFormat {
  readonly files: readonly string[];
  /** What the reader decided where the files are silent; printed with every run. */
  readonly decisions: (source: ImportSource) => readonly string[];
  readonly accounts: (source: ImportSource, report: Report) => AsyncIterable<ImportedAccount>;
  /** One stream per file of movements, each in the order of time. */
  readonly movements: (source: ImportSource, report: Report) => readonly AsyncIterable<ImportedMovement>[];
}
