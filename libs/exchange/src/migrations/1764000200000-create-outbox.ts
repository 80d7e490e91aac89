import { rowSecurity } from '@lianfang/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forWorkerOnly } from './for-worker-only';

/**
 * What we send: messages as they were posted, the batches in which they left, and one chain per partner.
 * New tables, lock nothing; undo: drop them. There is no foreign key from a message to its chain:
 * it would lock the chain's row in every business transaction.
 */
export class CreateOutbox1764000200000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table outbox_chain (
        id         uuid not null constraint outbox_chain_pk primary key,
        partner    text not null constraint outbox_chain_partner unique,
        last_seq   bigint not null default 0,
        head_hash  bytea not null constraint outbox_chain_head_hash_length check (length(head_hash) = 32),
        created_at timestamptz(3) not null default now()
      )`);
    await runner.query(`
      create table outbox_dispatch (
        id              uuid not null constraint outbox_dispatch_pk primary key,
        partner         text not null,
        first_seq       bigint not null,
        last_seq        bigint not null,
        prev_hash       bytea not null,
        head_hash       bytea not null,
        signature       text not null,
        attempts        integer not null default 1,
        next_attempt_at timestamptz(3) not null,
        failing_since   timestamptz(3),
        last_error      text,
        receipt         text,
        receipted_at    timestamptz(3),
        repeat          boolean not null default false,
        noted_at        timestamptz(3),
        created_at      timestamptz(3) not null,
        constraint outbox_dispatch_first_seq unique (partner, first_seq),
        constraint outbox_dispatch_range check (last_seq >= first_seq),
        constraint outbox_dispatch_receipted check ((receipt is null) = (receipted_at is null))
      )`);
    await runner.query(`create index outbox_dispatch_pending on outbox_dispatch (partner, first_seq) where receipt is null or repeat`);
    await runner.query(`create index outbox_dispatch_unnoted on outbox_dispatch (partner, first_seq) where noted_at is null`);
    await runner.query(`
      create table outbox_message (
        id          uuid not null constraint outbox_message_pk primary key,
        position    bigint generated always as identity,
        partner     text not null,
        type        text not null,
        subject     text not null,
        urgent      boolean not null,
        content     bytea,
        created_at  timestamptz(3) not null,
        dispatch_id uuid constraint outbox_message_dispatch references outbox_dispatch (id),
        seq         bigint,
        jws         bytea,
        noted_at    timestamptz(3),
        constraint outbox_message_seq unique (partner, seq),
        constraint outbox_message_dispatched check (
          case when dispatch_id is null then content is not null and seq is null and jws is null
               else content is null and seq is not null and jws is not null end)
      )`);
    // Ciphertext does not compress.
    await runner.query(`alter table outbox_message alter column content set storage external, alter column jws set storage external`);
    await runner.query(`create index outbox_message_waiting on outbox_message (partner, position) where dispatch_id is null`);
    await runner.query(`create index outbox_message_waiting_urgent on outbox_message (partner, position) where dispatch_id is null and urgent`);
    await runner.query(`create index outbox_message_waiting_subject on outbox_message (partner, subject, position) where dispatch_id is null`);
    await runner.query(`create index outbox_message_dispatch on outbox_message (dispatch_id) where dispatch_id is not null`);

    const statements = [
      ...forWorkerOnly('outbox_chain'),
      ...forWorkerOnly('outbox_dispatch'),
      ...rowSecurity({ table: 'outbox_message', runtime: 'true', grants: { runtime: 'insert', worker: 'select, insert, update' } }),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['outbox_message', 'outbox_dispatch', 'outbox_chain']) await runner.query(`drop table ${table}`);
  }
}
