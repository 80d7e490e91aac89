import { sees, writes } from '@lianfang/access';
import { rowSecurity } from '@lianfang/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Appeals against stops, and the running numbers of their receipts. New tables, locks nothing; undo: drop them. */
export class CreateAppeal1764000360000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(appeal);
    await runner.query(sequence);
    await runner.query('create index appeal_newest on appeal (received_at desc, id desc)');
    await runner.query('create index appeal_request on appeal (request_id)');
    await runner.query(`create index appeal_undecided on appeal (case_id) where state = 'RECEIVED'`);
    const statements = [
      ...rowSecurity({ table: 'appeal', runtime: sees.region, runtimeCheck: writes.region, grants: { worker: 'select' } }),
      ...rowSecurity({ table: 'appeal_number_sequence', runtime: sees.police, grants: { worker: 'select' } }),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table appeal_number_sequence, appeal');
  }
}

const appeal = `
  create table appeal (
    id                     uuid not null constraint appeal_pk primary key,
    number                 text not null constraint appeal_number_unique unique constraint appeal_number_shape check (number ~ '^S[0-9]{24}$'),
    request_id             uuid not null constraint appeal_request_fk references stop_payment_request (id),
    case_id                uuid not null constraint appeal_case_fk references fraud_case (id),
    unit_code              text not null constraint appeal_unit_code_shape check (unit_code ~ '^[0-9]{12}$'),
    region_code            text not null constraint appeal_region_code_shape check (region_code ~ '^[0-9]{6}$'),
    state                  text not null constraint appeal_state_known check (state in ('RECEIVED', 'UPHELD', 'DISMISSED')),
    version                integer not null constraint appeal_version_positive check (version > 0),
    appellant_name_sealed  bytea not null,
    appellant_phone_sealed bytea not null,
    reason_sealed          bytea not null,
    materials_sealed       bytea not null,
    received_at            timestamptz(3) not null,
    due_at                 timestamptz(3) not null constraint appeal_due_later check (due_at > received_at),
    decided_by             text,
    decided_at             timestamptz(3),
    decision_reason_sealed bytea,
    created_at             timestamptz(3) not null,
    constraint appeal_decided_whole check (
      (state = 'RECEIVED') = (decided_at is null) and (decided_at is null) = (decided_by is null) and (decided_at is null) = (decision_reason_sealed is null))
  )`;

const sequence = `
  create table appeal_number_sequence (
    unit_code   text not null constraint appeal_number_sequence_unit_code_shape check (unit_code ~ '^[0-9]{12}$'),
    month       text not null constraint appeal_number_sequence_month_shape check (month ~ '^[0-9]{6}$'),
    last_number integer not null constraint appeal_number_sequence_last_number_range check (last_number between 1 and 999999),
    constraint appeal_number_sequence_pk primary key (unit_code, month)
  )`;
