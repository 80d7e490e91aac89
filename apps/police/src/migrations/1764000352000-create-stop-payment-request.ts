import { sees, writes } from '@lianfang/access';
import { rowSecurity } from '@lianfang/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stops of single accounts, their answers and the outflows that banks list. New tables, lock nothing; undo: drop them. */
export class CreateStopPaymentRequest1764000352000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(request);
    await runner.query(`create index stop_payment_request_case on stop_payment_request (case_id, id)`);
    await runner.query(`create index stop_payment_request_batch on stop_payment_request (batch_id, id)`);
    await runner.query(`create index stop_payment_request_state on stop_payment_request (state, created_at desc, id desc)`);
    await runner.query(`create index stop_payment_request_account on stop_payment_request (account_index)`);
    await runner.query(`
      create unique index stop_payment_request_one_under_way on stop_payment_request (case_id, account_index)
      where state in ('PROPOSED', 'ORDERED', 'RECEIVED')`);
    await runner.query(`create unique index stop_payment_request_corrects_once on stop_payment_request (corrects_id) where state not in ('RETURNED', 'CANCELLED')`);
    await runner.query(`
      create unique index stop_payment_request_followed_once on stop_payment_request (previous_stop_id)
      where state not in ('RETURNED', 'CANCELLED', 'NOT_EXECUTED')`);
    await runner.query(`
      create unique index stop_payment_request_external_number on stop_payment_request (unit_code, external_application_number)
      where state not in ('RETURNED', 'CANCELLED')`);
    await runner.query(outflow);
    await runner.query(`create index stop_payment_outflow_reference on stop_payment_outflow (reference)`);
    for (const table of ['stop_payment_request', 'stop_payment_outflow']) {
      const security = { table, runtime: sees.region, runtimeCheck: writes.region, grants: { worker: 'select, insert, update' } };
      for (const statement of rowSecurity(security)) await runner.query(statement);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table stop_payment_outflow');
    await runner.query('drop table stop_payment_request');
  }
}

const request = `
  create table stop_payment_request (
    id                          uuid not null constraint stop_payment_request_pk primary key,
    batch_id                    uuid not null constraint stop_payment_request_batch references stop_payment_batch (id),
    case_id                     uuid not null constraint stop_payment_request_case references fraud_case (id),
    transfer_id                 uuid constraint stop_payment_request_transfer references case_transfer (id),
    parent_request_id           uuid constraint stop_payment_request_parent references stop_payment_request (id),
    corrects_id                 uuid constraint stop_payment_request_corrects references stop_payment_request (id),
    previous_stop_id            uuid constraint stop_payment_request_previous_stop references stop_payment_request (id),
    unit_code                   text not null,
    region_code                 text not null,
    ordinal                     integer not null constraint stop_payment_request_ordinal check (ordinal in (1, 2)),
    layer                       integer not null constraint stop_payment_request_layer check (layer between 1 and 20),
    state                       text not null constraint stop_payment_request_state check (state in (
                                  'PROPOSED', 'ORDERED', 'RETURNED', 'CANCELLED', 'RECEIVED', 'STOPPED', 'NOT_EXECUTED',
                                  'RELEASE_ORDERED', 'RELEASED', 'EXPIRED_UNCONFIRMED', 'EXPIRED')),
    version                     integer not null,
    institution                 text not null,
    institution_source          text not null constraint stop_payment_request_institution_source check (institution_source in ('PREFIX', 'STATED', 'ANSWER')),
    channel                     text not null constraint stop_payment_request_channel check (channel in ('NATIONAL', 'LOCAL')),
    external_application_number text constraint stop_payment_request_external_length check (length(external_application_number) <= 36),
    whole_account               boolean not null,
    amount_fen                  bigint constraint stop_payment_request_amount check (amount_fen > 0),
    currency                    text not null,
    payee_kind                  text not null,
    account_number_sealed       bytea not null,
    account_index               bytea not null,
    account_last_four           text not null constraint stop_payment_request_last_four check (length(account_last_four) <= 4),
    holder_name_sealed          bytea,
    fact_fen                    bigint not null constraint stop_payment_request_fact check (fact_fen > 0),
    transferred_at              timestamptz(3) not null,
    payer_name_sealed           bytea,
    payer_account_sealed        bytea,
    shared_with_other_unit      boolean not null,
    legal_document_number       text,
    legal_document_hash         text constraint stop_payment_request_hash check (legal_document_hash ~ '^[0-9a-f]{64}$'),
    ordered_at                  timestamptz(3),
    valid_until                 timestamptz(3),
    received_at                 timestamptz(3),
    started_at                  timestamptz(3),
    expires_at                  timestamptz(3),
    held_fen                    bigint,
    balance_fen                 bigint,
    execution                   text constraint stop_payment_request_execution check (execution in ('STRAIGHT_THROUGH', 'BY_HAND')),
    bank_account_id             uuid,
    not_executed_reason         text,
    technical_cause             text,
    business_note_sealed        bytea,
    declined_at                 timestamptz(3),
    release_reason              text,
    release_ordered_at          timestamptz(3),
    release_confirmed_at        timestamptz(3),
    release_cause               text constraint stop_payment_request_release_cause check (release_cause in ('POLICE', 'EXPIRY')),
    still_stopped               boolean,
    outflows_truncated          boolean not null default false,
    stored_warnings             jsonb not null default '[]',
    created_at                  timestamptz(3) not null,
    constraint stop_payment_request_hold check (whole_account = (amount_fen is null)),
    constraint stop_payment_request_term check (expires_at = started_at + interval '48 hours'),
    constraint stop_payment_request_started check (state not in ('STOPPED', 'EXPIRED_UNCONFIRMED', 'EXPIRED') or started_at is not null),
    constraint stop_payment_request_ordered check (state in ('PROPOSED', 'RETURNED', 'CANCELLED') = (ordered_at is null)),
    constraint stop_payment_request_confirmed check (state not in ('RELEASED', 'EXPIRED') or release_confirmed_at is not null)
  )`;

const outflow = `
  create table stop_payment_outflow (
    id                      uuid not null constraint stop_payment_outflow_pk primary key,
    request_id              uuid not null constraint stop_payment_outflow_request references stop_payment_request (id),
    position                integer not null,
    unit_code               text not null,
    region_code             text not null,
    reference               text not null,
    at                      timestamptz(3) not null,
    amount_fen              bigint not null constraint stop_payment_outflow_amount check (amount_fen >= 0),
    currency                text not null,
    number_sealed           bytea,
    number_index            bytea,
    holder_name_sealed      bytea,
    institution             text,
    proposed_request_id     uuid constraint stop_payment_outflow_proposed references stop_payment_request (id),
    not_proposed_code       text,
    not_proposed_parameters jsonb not null default '{}',
    created_at              timestamptz(3) not null,
    constraint stop_payment_outflow_position unique (request_id, position)
  )`;
