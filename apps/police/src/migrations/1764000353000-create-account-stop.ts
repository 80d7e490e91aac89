import { sees, writes } from '@lianfang/access';
import { rowSecurity } from '@lianfang/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Stops per account and unit over all regions. `account_stop_twice` is the law's own guard: an account has two places per unit (86-5).
 * Read over all regions: blind indexes, units and duty phones only. Persons may change only whether a stop counts, so that no row moves to
 * another unit. New table, locks nothing; undo: drop it.
 */
export class CreateAccountStop1764000353000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table account_stop (
        id            uuid not null constraint account_stop_pk primary key,
        account_index bytea not null,
        case_id       uuid not null,
        unit_code     text not null,
        unit_name     text not null,
        duty_phone    text not null,
        region_code   text not null,
        ordinal       integer not null constraint account_stop_ordinal check (ordinal in (1, 2)),
        counting      text not null constraint account_stop_counting check (counting in ('UNDER_WAY', 'COUNTED', 'VOID')),
        stopped_at    timestamptz(3),
        created_at    timestamptz(3) not null
      )`);
    await runner.query(`create unique index account_stop_twice on account_stop (account_index, unit_code, ordinal) where counting <> 'VOID'`);
    const grants = { runtime: 'select, insert, update (counting, stopped_at)', worker: 'select, insert, update' };
    for (const statement of rowSecurity({ table: 'account_stop', runtime: sees.police, runtimeCheck: writes.unitsRegion, grants })) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table account_stop');
  }
}
