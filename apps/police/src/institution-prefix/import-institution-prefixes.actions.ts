import { mayDo, recordAudit } from '@lianfang/access';
import { newId, once, sha256 } from '@lianfang/database';
import { Refused, isRefusal, isRefused } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { ActionContext } from '../action-context';
import { InstitutionPrefix } from './institution-prefix.entity';
import { readPrefixFile, type PrefixRow } from './prefix-file';

/** A prefix file to import. */
export interface ImportInstitutionPrefixes {
  readonly idempotencyKey: string;
  readonly csv: string;
  /** Tells what would change, and changes nothing. */
  readonly dryRun: boolean;
}

/** What an import did, or would do. */
export interface PrefixImport {
  readonly dryRun: boolean;
  readonly added: number;
  readonly changed: number;
  readonly unchanged: number;
}

/**
 * Brings the prefix table up to date from a CSV. All or nothing: one faulty row refuses the file and every fault is listed with its line,
 * for a half-imported reference table would find wrong institutions. Importing the same file again changes nothing. Rows are never removed.
 */
export async function importInstitutionPrefixes(context: ActionContext, input: ImportInstitutionPrefixes): Promise<PrefixImport | Refused> {
  const { caller, clock, database, directory } = context;
  const denied = mayDo(caller, 'institution-prefix.import');
  if (denied) return new Refused([denied]);
  const rows = readPrefixFile(input.csv, (code) => directory.findInstitution(code) !== undefined);
  if (areRefused(rows)) return new Refused(rows);

  return database.asCaller(caller, async (manager) => {
    const plan = await planImport(manager, rows);
    const outcome = { dryRun: input.dryRun, added: plan.added.length, changed: plan.changed.length, unchanged: rows.length - plan.added.length - plan.changed.length };
    if (input.dryRun) return outcome;
    const content = { sha256: sha256(input.csv).toString('hex') };
    const done = await once(manager, { caller, key: input.idempotencyKey, action: 'importInstitutionPrefixes', content }, async () => {
      await save(manager, [...plan.added, ...plan.changed], clock.now());
      const body = { added: outcome.added, changed: outcome.changed, unchanged: outcome.unchanged, file: content.sha256 };
      return recordAudit(manager, caller, { at: clock.now(), kind: 'IMPORT', thing: 'institution-prefix', body });
    });
    return isRefused(done) ? done : outcome;
  });
}

const areRefused = (rows: ReturnType<typeof readPrefixFile>): rows is Extract<ReturnType<typeof readPrefixFile>, readonly { code: unknown }[]> => rows.some(isRefusal);

async function planImport(manager: EntityManager, rows: readonly PrefixRow[]): Promise<{ added: PrefixRow[]; changed: PrefixRow[] }> {
  await manager.query(`select pg_advisory_xact_lock(hashtextextended('institution-prefix.import', 0))`);
  const present = new Map((await manager.find(InstitutionPrefix)).map((row) => [row.prefix, row]));
  const isChanged = (row: PrefixRow): boolean => {
    const old = present.get(row.prefix);
    return old !== undefined && (old.institution !== row.institution || old.productNote !== row.productNote);
  };
  return { added: rows.filter(({ prefix }) => !present.has(prefix)), changed: rows.filter(isChanged) };
}

async function save(manager: EntityManager, rows: readonly PrefixRow[], now: Date): Promise<void> {
  await manager.query(
    `insert into institution_prefix (id, prefix, institution, product_note, changed_at, created_at)
     select id, prefix, institution, product_note, $5, $5
     from unnest($1::uuid[], $2::text[], $3::text[], $4::text[]) as row (id, prefix, institution, product_note)
     on conflict (prefix) do update
     set institution = excluded.institution, product_note = excluded.product_note, changed_at = excluded.changed_at`,
    [rows.map(() => newId()), rows.map(({ prefix }) => prefix), rows.map(({ institution }) => institution), rows.map(({ productNote }) => productNote), now],
  );
}
