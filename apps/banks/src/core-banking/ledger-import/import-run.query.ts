import type { EntityManager } from 'typeorm';
import { rowsOf } from '../ledger';

/** How far an import has come. */
export interface ImportRun {
  readonly name: string;
  readonly format: string;
  /** Hash of every file and the options that decide about rows. */
  readonly content: ImportContent;
  readonly accounts_done: number;
  readonly movements_done: number;
  readonly finished_at: Date | null;
}

/** What makes two runs the same import. */
export interface ImportContent {
  /** File name → SHA-256 in hex. */
  readonly files: Readonly<Record<string, string>>;
  readonly institutions: readonly string[];
}

/** The import of this name, or nothing. */
export async function findImportRun(manager: EntityManager, name: string): Promise<ImportRun | undefined> {
  const [run] = await rowsOf<ImportRun>(manager, 'select * from ledger.import_run where name = $1', [name]);
  return run;
}

/** Begins an import; a name that exists is left alone. */
export async function insertImportRun(manager: EntityManager, run: Pick<ImportRun, 'name' | 'format' | 'content'>): Promise<void> {
  await manager.query('insert into ledger.import_run (name, format, content) values ($1, $2, $3) on conflict do nothing', [run.name, run.format, JSON.stringify(run.content)]);
}

/** Counts a batch in the transaction that writes it. Throws when the counter is not where we left it: somebody else imports under the same name. */
export async function countBatch(manager: EntityManager, step: { name: string; column: 'accounts_done' | 'movements_done'; from: number; to: number }): Promise<void> {
  const { name, column, from, to } = step;
  const [rows] = (await manager.query(`update ledger.import_run set ${column} = $3 where name = $1 and ${column} = $2 and finished_at is null returning name`, [name, from, to])) as [unknown[]];
  if (rows.length === 0) throw new Error(`ledger import: "${name}" is being imported by another process; let that one finish`);
}

/** Marks an import as finished. */
export async function finishImportRun(manager: EntityManager, name: string, at: Date): Promise<void> {
  await manager.query('update ledger.import_run set finished_at = $2 where name = $1', [name, at]);
}
