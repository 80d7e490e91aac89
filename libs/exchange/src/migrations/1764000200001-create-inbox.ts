import type { MigrationInterface, QueryRunner } from 'typeorm';
import { forWorkerOnly } from './for-worker-only';

/**
 * What we receive: messages as the partner signed them (sealed), our receipts, one chain per partner, and the newest edition of the directory that we know.
 * New tables, lock nothing; undo: drop them.
 */
export class CreateInbox1764000200001 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table inbox_chain (
        id         uuid not null constraint inbox_chain_pk primary key,
        partner    text not null constraint inbox_chain_partner unique,
        last_seq   bigint not null default 0,
        head_hash  bytea not null constraint inbox_chain_head_hash_length check (length(head_hash) = 32),
        created_at timestamptz(3) not null default now()
      )`);
    await runner.query(`
      create table inbox_receipt (
        id          uuid not null constraint inbox_receipt_pk primary key,
        partner     text not null,
        first_seq   bigint not null,
        last_seq    bigint not null,
        batch_hash  bytea not null,
        receipt     text not null,
        created_at  timestamptz(3) not null,
        constraint inbox_receipt_first_seq unique (partner, first_seq)
      )`);
    await runner.query(`
      create table inbox_message (
        id                 uuid not null constraint inbox_message_pk primary key,
        partner            text not null,
        seq                bigint not null,
        message_id         uuid,
        type               text not null,
        subject            text not null,
        urgent             boolean not null,
        jws                bytea not null,
        possible_duplicate boolean not null,
        repeats_id         boolean not null,
        created_at         timestamptz(3) not null,
        handled_at         timestamptz(3),
        attempts           integer not null default 0,
        retry_at           timestamptz(3) not null default now(),
        last_error         text,
        parked_at          timestamptz(3),
        parking            text,
        constraint inbox_message_seq unique (partner, seq),
        constraint inbox_message_parked check ((parked_at is null) = (parking is null) and (parked_at is null or handled_at is null))
      )`);
    // Ciphertext does not compress, and a row that is marked as handled should not carry it along.
    await runner.query(`alter table inbox_message alter column jws set storage external`);
    await runner.query(`alter table inbox_message set (toast_tuple_target = 256)`);
    await runner.query(`create unique index inbox_message_message_id on inbox_message (partner, message_id) where not repeats_id`);
    await runner.query(`create index inbox_message_waiting on inbox_message (partner, urgent desc, seq) where handled_at is null and parked_at is null`);
    await runner.query(`create index inbox_message_waiting_subject on inbox_message (partner, subject, seq) where handled_at is null`);
    await runner.query(`create index inbox_message_parked on inbox_message (parked_at) where parked_at is not null`);
    await runner.query(`
      create table directory_edition (
        version    integer not null constraint directory_edition_pk primary key,
        digest     text not null,
        created_at timestamptz(3) not null default now()
      )`);
    for (const table of ['inbox_chain', 'inbox_receipt', 'inbox_message', 'directory_edition']) {
      for (const statement of forWorkerOnly(table)) await runner.query(statement);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    for (const table of ['directory_edition', 'inbox_message', 'inbox_receipt', 'inbox_chain']) await runner.query(`drop table ${table}`);
  }
}
