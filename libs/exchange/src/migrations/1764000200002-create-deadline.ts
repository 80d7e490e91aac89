import { rowSecurity } from '@lianfang/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** When the clock acts on a thing. Holds no personal data: the runtime login may see every row. New table, locks nothing; undo: drop it. */
export class CreateDeadline1764000200002 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table deadline (
        id           uuid not null constraint deadline_pk primary key,
        thing        text not null,
        thing_id     uuid not null,
        action       text not null,
        due_at       timestamptz(3) not null,
        created_at   timestamptz(3) not null default now(),
        fired_at     timestamptz(3),
        cancelled_at timestamptz(3),
        attempts     integer not null default 0,
        retry_at     timestamptz(3) not null default now(),
        last_error   text,
        constraint deadline_ends_once check (fired_at is null or cancelled_at is null)
      )`);
    await runner.query(`create unique index deadline_open on deadline (thing_id, thing, action) where fired_at is null and cancelled_at is null`);
    await runner.query(`create index deadline_due on deadline (due_at) where fired_at is null and cancelled_at is null`);
    const grants = { runtime: 'select, insert, update (due_at, cancelled_at, attempts, retry_at, last_error)', worker: 'select, insert, update' };
    for (const statement of rowSecurity({ table: 'deadline', runtime: 'true', grants })) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table deadline');
  }
}
