import { sees } from '@lianfang/access';
import { rowSecurity } from '@lianfang/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Which institution issued an account, by the first digits of its number; filled by import only. New table, locks nothing; undo: drop it. */
export class CreateInstitutionPrefix1764000350000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table institution_prefix (
        id           uuid not null constraint institution_prefix_pk primary key,
        prefix       text not null constraint institution_prefix_form check (prefix ~ '^[0-9]{3,12}$'),
        institution  text not null,
        product_note text,
        changed_at   timestamptz(3) not null,
        created_at   timestamptz(3) not null,
        constraint institution_prefix_once unique (prefix)
      )`);
    for (const statement of rowSecurity({ table: 'institution_prefix', runtime: sees.police, grants: { worker: 'select' } })) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table institution_prefix');
  }
}
