import type { MigrationInterface, QueryRunner } from 'typeorm';
import { rowSecurity } from '../row-security';

/** One row per submission that was carried out, so that a repeat changes nothing. New table, locks nothing; undo: drop it. */
export class CreateIdempotencyKey1764000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table idempotency_key (
        caller_id    text not null,
        key          text not null constraint idempotency_key_key_length check (length(key) between 1 and 128),
        action       text not null,
        content_hash bytea not null constraint idempotency_key_content_hash_length check (length(content_hash) = 17),
        thing_id     uuid not null,
        created_at   timestamptz(3) not null default now(),
        constraint idempotency_key_pk primary key (caller_id, key)
      )`);
    // TypeORM makes the table before the first migration; the worker reads it to say whether the database is up to date.
    await runner.query('grant select on migration to lianfang_worker');
    const own = `caller_id = current_setting('caller.id', true)`;
    for (const statement of rowSecurity({ table: 'idempotency_key', runtime: own, grants: { runtime: 'select, insert' } })) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table idempotency_key');
  }
}
