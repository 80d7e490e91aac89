import { sees, writes } from '@lianfang/access';
import { rowSecurity } from '@lianfang/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Stops that are proposed and approved together (86-1: two persons). New table, locks nothing; undo: drop it. */
export class CreateStopPaymentBatch1764000351000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table stop_payment_batch (
        id                     uuid not null constraint stop_payment_batch_pk primary key,
        case_id                uuid not null constraint stop_payment_batch_case references fraud_case (id),
        unit_code              text not null,
        region_code            text not null,
        version                integer not null,
        prepared_by            text not null constraint stop_payment_batch_prepared_by check (prepared_by in ('OFFICER', 'MACHINE')),
        operator_id            text not null,
        operator_name          text not null,
        approver_id            text,
        approver_name          text,
        decision               text constraint stop_payment_batch_decision check (decision in ('APPROVED', 'RETURNED', 'CANCELLED')),
        decided_at             timestamptz(3),
        decision_reason_sealed bytea,
        layer                  integer not null constraint stop_payment_batch_layer check (layer between 1 and 20),
        reason_sealed          bytea not null,
        required_level         text not null constraint stop_payment_batch_required_level check (required_level in ('COUNTY', 'CITY', 'PROVINCE')),
        legal_document_number  text,
        refused_items          jsonb not null default '[]',
        created_at             timestamptz(3) not null,
        constraint stop_payment_batch_decided check ((decision is null) = (decided_at is null)),
        constraint stop_payment_batch_two_persons check (decision <> 'APPROVED' or approver_id <> operator_id)
      )`);
    await runner.query(`create index stop_payment_batch_case on stop_payment_batch (case_id, id)`);
    await runner.query(`create index stop_payment_batch_waiting on stop_payment_batch (region_code text_pattern_ops, id) where decision is null`);
    const security = { table: 'stop_payment_batch', runtime: sees.region, runtimeCheck: writes.region, grants: { worker: 'select, insert, update' } };
    for (const statement of rowSecurity(security)) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table stop_payment_batch');
  }
}
