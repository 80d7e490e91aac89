import { sees, writes } from '@lianfang/access';
import { rowSecurity } from '@lianfang/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The transfers and leads of a case, insert-only: a correction is a new row. New tables, locks nothing; undo: drop them. */
export class CreateCaseTransfer1764000302000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [caseTransfer, caseLead, ...indexes]) await runner.query(statement);
    const insertOnly = { runtime: 'select, insert', worker: 'select' };
    const statements = ['case_transfer', 'case_lead'].flatMap((table) => rowSecurity({ table, runtime: sees.region, runtimeCheck: writes.region, grants: insertOnly }));
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table case_lead, case_transfer');
  }
}

const caseTransfer = `
  create table case_transfer (
    id                       uuid not null constraint case_transfer_pk primary key,
    case_id                  uuid not null constraint case_transfer_case_fk references fraud_case (id),
    position                 integer not null constraint case_transfer_position_positive check (position > 0),
    corrects_id              uuid constraint case_transfer_corrects_fk references case_transfer (id) constraint case_transfer_corrected_once unique,
    payer_person_id          uuid constraint case_transfer_payer_person_fk references case_person (id),
    payer_number_sealed      bytea,
    payer_index              bytea,
    payer_last_four          text,
    payer_institution        text,
    payee_kind               text not null,
    payee_number_sealed      bytea not null,
    payee_index              bytea,
    payee_last_four          text,
    payee_account_class      text constraint case_transfer_payee_account_class_known check (payee_account_class in ('I', 'II', 'III')),
    payee_chain              text,
    payee_transaction        text,
    payee_holder_name_sealed bytea,
    payee_institution        text,
    amount_fen               bigint not null constraint case_transfer_amount_positive check (amount_fen > 0),
    currency                 text not null constraint case_transfer_currency_shape check (currency ~ '^[A-Z]{3}$'),
    transferred_at           timestamptz(3) not null,
    channel                  text not null,
    voucher_hash             text constraint case_transfer_voucher_hash_shape check (voucher_hash ~ '^[0-9a-f]{64}$'),
    fund_destination         text not null constraint case_transfer_fund_destination_known check (fund_destination in ('BANK_CARD', 'THIRD_PARTY_PAYMENT', 'OTHER')),
    account_level            integer not null constraint case_transfer_account_level_range check (account_level between 1 and 20),
    is_loss                  boolean not null,
    unit_code                text not null,
    region_code              text not null,
    created_at               timestamptz(3) not null,
    constraint case_transfer_position_unique unique (case_id, position),
    constraint case_transfer_payer_whole check ((payer_index is null) = (payer_number_sealed is null)),
    constraint case_transfer_payee_is_not_payer check (payee_index is distinct from payer_index or payee_index is null)
  )`;

const caseLead = `
  create table case_lead (
    id           uuid not null constraint case_lead_pk primary key,
    case_id      uuid not null constraint case_lead_case_fk references fraud_case (id),
    kind         text not null constraint case_lead_kind_known check (kind in ('ACCOUNT', 'PHONE', 'PLATFORM_ACCOUNT', 'DOMAIN', 'URL', 'APP')),
    value_sealed bytea not null,
    value_index  bytea not null,
    platform     text,
    note_sealed  bytea,
    corrects_id  uuid constraint case_lead_corrects_fk references case_lead (id) constraint case_lead_corrected_once unique,
    unit_code    text not null,
    region_code  text not null,
    created_at   timestamptz(3) not null
  )`;

const indexes = [
  'create index case_transfer_payee_index on case_transfer (payee_index) where payee_index is not null',
  'create index case_transfer_payer_index on case_transfer (payer_index) where payer_index is not null',
  'create index case_lead_case on case_lead (case_id)',
  'create index case_lead_value_index on case_lead (value_index)',
];
