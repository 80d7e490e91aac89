import { rowSecurity } from '@lianfang/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** How far each import into the ledger has come, so that a killed one goes on and a finished one is not repeated. New table, locks nothing; undo: drop it. */
export class CreateLedgerImport1764000400020 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table ledger.import_run (
        name           text not null constraint import_run_pk primary key,
        format         text not null,
        content        jsonb not null,
        accounts_done  int not null default 0,
        movements_done int not null default 0,
        finished_at    timestamptz(3),
        created_at     timestamptz(3) not null default now()
      )`);
    for (const statement of rowSecurity({ table: 'ledger.import_run', runtime: 'false', grants: { runtime: 'select', worker: 'select, insert, update' } })) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table ledger.import_run');
  }
}
