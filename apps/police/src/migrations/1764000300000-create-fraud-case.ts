import { sees, setting, writes } from '@lianfang/access';
import { rowSecurity } from '@lianfang/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The fraud case and the running numbers of its units. New tables, locks nothing; undo: drop them. */
export class CreateFraudCase1764000300000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [fraudCase, ...indexes, caseNumberSequence]) await runner.query(statement);
    const isPolice = `${setting('caller.agency')} = 'police'`;
    const statements = [
      ...rowSecurity({ table: 'fraud_case', runtime: sees.region, runtimeCheck: writes.region, grants: { worker: 'select, update' } }),
      ...rowSecurity({ table: 'case_number_sequence', runtime: isPolice, grants: { worker: 'select' } }),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table case_number_sequence, fraud_case');
  }
}

const fraudCase = `
  create table fraud_case (
    id                          uuid not null constraint fraud_case_pk primary key,
    case_number                 text not null constraint fraud_case_case_number_unique unique constraint fraud_case_case_number_shape check (case_number ~ '^A[0-9]{24}$'),
    state                       text not null constraint fraud_case_state_known
                                check (state in ('REPORTED', 'ACCEPTED', 'VERIFYING', 'CASE_OPENED', 'NOT_OPENED', 'MERGED')),
    version                     integer not null constraint fraud_case_version_positive check (version > 0),
    unit_code                   text not null constraint fraud_case_unit_code_shape check (unit_code ~ '^[0-9]{12}$'),
    region_code                 text not null constraint fraud_case_region_code_shape check (region_code ~ '^[0-9]{6}$'),
    report_channel              text not null,
    incident_number             text,
    recording_number            text,
    id_read_out                 boolean not null,
    incident_at                 timestamptz(3),
    reported_at                 timestamptz(3) not null,
    accepted_at                 timestamptz(3),
    receipt                     text constraint fraud_case_receipt_known check (receipt in ('HANDED_OVER', 'REFUSED', 'UNREACHABLE')),
    entry_due_at                timestamptz(3),
    decided_at                  timestamptz(3),
    case_opened_at              timestamptz(3),
    opening_document_number     text,
    not_opening_document_number text,
    merged_into_id              uuid constraint fraud_case_merged_into_fk references fraud_case (id),
    first_contact_at            timestamptz(3),
    channel                     text not null constraint fraud_case_channel_known check (channel in ('NETWORK', 'PHONE', 'SMS')),
    vector                      text not null constraint fraud_case_vector_known check (vector in ('FAKE_WEBSITE', 'FRAUD_APP', 'OTHER')),
    platform                    text,
    messenger                   text,
    crime_type                  text not null constraint fraud_case_crime_type_shape check (crime_type ~ '^T[0-9]{2}$'),
    secondary_crime_types       text[] not null,
    chain_codes                 text[] not null,
    contact_mode                text,
    personal_information_source text not null,
    narrative_sealed            bytea not null,
    loss_fen                    bigint not null constraint fraud_case_loss_not_negative check (loss_fen >= 0),
    attempted_fen               bigint not null constraint fraud_case_attempted_not_negative check (attempted_fen >= 0),
    currency                    text not null constraint fraud_case_currency_shape check (currency ~ '^[A-Z]{3}$'),
    phone_controlled            boolean not null,
    calls_forwarded             boolean not null,
    screen_shared               boolean not null,
    concerns_minor              boolean not null,
    form_state                  text not null constraint fraud_case_form_state_known check (form_state in ('SIGNED', 'DUE', 'OVERDUE')),
    form_due_at                 timestamptz(3),
    form_signed_at              timestamptz(3),
    form_hash                   text constraint fraud_case_form_hash_shape check (form_hash ~ '^[0-9a-f]{64}$'),
    notice_version              text not null,
    liability_declared          boolean not null,
    stored_warnings             jsonb not null constraint fraud_case_stored_warnings_is_array check (jsonb_typeof(stored_warnings) = 'array'),
    reported_by_id              text not null,
    accepted_by_id              text,
    decided_by_id               text,
    created_at                  timestamptz(3) not null,
    constraint fraud_case_accepted_whole check ((accepted_at is null) = (accepted_by_id is null)),
    constraint fraud_case_opened_whole check ((case_opened_at is null) = (opening_document_number is null)),
    constraint fraud_case_opened_by_two check (case_opened_at is null or decided_by_id <> accepted_by_id),
    constraint fraud_case_form_dated check ((form_state = 'SIGNED') = (form_signed_at is not null)),
    constraint fraud_case_form_has_clock check (form_state = 'SIGNED' or form_due_at is not null),
    constraint fraud_case_merged_elsewhere check ((state = 'MERGED') = (merged_into_id is not null) and merged_into_id is distinct from id)
  )`;

const indexes = [
  'create index fraud_case_newest on fraud_case (reported_at desc, id desc)',
  'create index fraud_case_unit_newest on fraud_case (unit_code, reported_at desc, id desc)',
  'create index fraud_case_merged_into on fraud_case (merged_into_id) where merged_into_id is not null',
  'create unique index fraud_case_opening_document_unique on fraud_case (unit_code, opening_document_number) where opening_document_number is not null',
  'create unique index fraud_case_not_opening_document_unique on fraud_case (unit_code, not_opening_document_number) where not_opening_document_number is not null',
];

const caseNumberSequence = `
  create table case_number_sequence (
    unit_code   text not null constraint case_number_sequence_unit_code_shape check (unit_code ~ '^[0-9]{12}$'),
    month       text not null constraint case_number_sequence_month_shape check (month ~ '^[0-9]{6}$'),
    last_number integer not null constraint case_number_sequence_last_number_range check (last_number between 1 and 999999),
    constraint case_number_sequence_pk primary key (unit_code, month)
  )`;
