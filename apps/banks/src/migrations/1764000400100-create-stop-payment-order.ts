import { sees, writes } from '@lianfang/access';
import { rowSecurity } from '@lianfang/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Orders to stop payments, as the bank holds them. New table, locks nothing; undo: drop it. */
export class CreateStopPaymentOrder1764000400100 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table stop_payment_order (
        id                          uuid primary key,
        state                       text not null constraint stop_payment_order_state check (state in
                                      ('RECEIVED', 'EXECUTING', 'STOPPED', 'NOT_EXECUTED', 'RELEASING', 'RELEASED', 'EXPIRING', 'EXPIRED')),
        version                     int not null,
        institution                 text not null,
        channel                     text not null constraint stop_payment_order_channel check (channel in ('NATIONAL', 'LOCAL')),
        external_application_number text,
        case_id                     uuid not null,
        case_number                 text not null,
        asker_unit                  text not null,
        asker_unit_name             text not null,
        asker_region                text not null,
        duty_phone                  text not null,
        operator_name               bytea not null,
        approver_name               bytea not null,
        ordinal                     int not null constraint stop_payment_order_ordinal check (ordinal between 1 and 2),
        layer                       int not null constraint stop_payment_order_layer check (layer between 1 and 20),
        whole_account               boolean not null,
        hold_amount                 bigint constraint stop_payment_order_hold_amount check (hold_amount > 0),
        account_number              bytea not null,
        account_index               bytea not null,
        account_last_four           text not null,
        holder_name                 bytea,
        fact_amount                 bigint not null constraint stop_payment_order_fact_amount check (fact_amount > 0),
        currency                    text not null,
        transferred_at              timestamptz(3) not null,
        payer_name                  bytea,
        payer_account_number        bytea,
        legal_document_number       text,
        legal_document_sha256       text,
        ordered_at                  timestamptz(3) not null,
        valid_until                 timestamptz(3) not null,
        received_at                 timestamptz(3) not null,
        answer_due_at               timestamptz(3) not null,
        claimed_by                  text,
        claimed_by_name             text,
        lease_until                 timestamptz(3),
        facts                       jsonb,
        bank_account_id             uuid,
        execution                   text constraint stop_payment_order_execution check (execution in ('STRAIGHT_THROUGH', 'BY_HAND')),
        started_at                  timestamptz(3),
        expires_at                  timestamptz(3),
        held_amount                 bigint constraint stop_payment_order_held_amount check (held_amount >= 0),
        balance_amount              bigint,
        not_executed_reason         text,
        technical_cause             text,
        business_note               text,
        answered_at                 timestamptz(3),
        release_ordered_at          timestamptz(3),
        released_at                 timestamptz(3),
        still_stopped               boolean,
        core_due_at                 timestamptz(3),
        core_attempts               int not null default 0,
        created_at                  timestamptz(3) not null default now(),
        constraint stop_payment_order_hold check (whole_account = (hold_amount is null)),
        constraint stop_payment_order_claim check ((claimed_by is null) = (lease_until is null)),
        constraint stop_payment_order_stopped check (state not in ('STOPPED', 'RELEASING', 'RELEASED', 'EXPIRING', 'EXPIRED')
          or (started_at is not null and expires_at is not null and held_amount is not null and bank_account_id is not null)),
        constraint stop_payment_order_not_executed check ((state = 'NOT_EXECUTED') = (not_executed_reason is not null))
      )`);
    await runner.query(`create index stop_payment_order_inbox on stop_payment_order (institution, answer_due_at, id) where state = 'RECEIVED'`);
    await runner.query('create index stop_payment_order_listed on stop_payment_order (institution, received_at desc, id desc)');
    await runner.query('create index stop_payment_order_core_due on stop_payment_order (core_due_at) where core_due_at is not null');
    await runner.query('create index stop_payment_order_account on stop_payment_order (account_index)');
    await runner.query('create index stop_payment_order_bank_account on stop_payment_order (bank_account_id)');
    const security = { table: 'stop_payment_order', runtime: `${sees.institution} or ${sees.askersRegion}`, runtimeCheck: writes.institution, grants: { runtime: 'select, update' } };
    for (const statement of rowSecurity(security)) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table stop_payment_order');
  }
}
