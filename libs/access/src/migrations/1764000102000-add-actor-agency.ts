import type { MigrationInterface, QueryRunner } from 'typeorm';
import { auditorsOnly, isOwnAct, setting, trailAuditors } from '../row-security';

/**
 * Whose trail an entry stands in and whose staff acted are two facts: police may look at a bank's value in the bank's database.
 * Entries from before keep null, because their leaves were made without it; every new one has both (a check that is not asked of old rows).
 * Locks audit_entry for a moment, rewrites nothing; undo: `down` (entries written since then no longer verify).
 */
export class AddActorAgency1764000102000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table audit_entry add column actor_agency text');
    await runner.query('alter table audit_entry add constraint audit_entry_actor_agency_given check (actor_agency is not null) not valid');
    await runner.query(`alter policy audit_entry_runtime on audit_entry using (${trailAuditors})
      with check (${isOwnAct} and actor_agency = ${setting('caller.agency')} and agency = ${setting('database.agency')})`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`alter policy audit_entry_runtime on audit_entry using (${auditorsOnly}) with check (${isOwnAct} and agency = ${setting('caller.agency')})`);
    await runner.query('alter table audit_entry drop column actor_agency');
  }
}
