import { sees, writes } from '@lianfang/access';
import { rowSecurity } from '@lianfang/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * One row per legal document that has taken effect: its number, which names organ and year, belongs to one decision of one case in the whole
 * country (workflows 2.0, "reused number"). The primary key reaches over all regions although a region reads only its own rows.
 * Takes over the numbers in use; of a number used twice the first use stays. Reads two tables past their row security and locks them meanwhile;
 * undo: drop the table.
 */
export class CreateLegalDocument1764000361000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(legalDocument);
    for (const table of ['fraud_case', 'stop_payment_request']) await runner.query(`alter table ${table} no force row level security`);
    await runner.query(takeOver);
    for (const table of ['fraud_case', 'stop_payment_request']) await runner.query(`alter table ${table} force row level security`);
    const grants = { runtime: 'select, insert', worker: 'select' };
    for (const statement of rowSecurity({ table: 'legal_document', runtime: sees.region, runtimeCheck: writes.region, grants })) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table legal_document');
  }
}

const legalDocument = `
  create table legal_document (
    number      text not null constraint legal_document_pk primary key,
    decision    text not null constraint legal_document_decision_known check (decision in ('STOP_PAYMENT', 'CASE_OPENED', 'CASE_NOT_OPENED')),
    case_id     uuid not null constraint legal_document_case_fk references fraud_case (id),
    unit_code   text not null,
    region_code text not null,
    created_at  timestamptz(3) not null
  )`;

const takeOver = `
  insert into legal_document (number, decision, case_id, unit_code, region_code, created_at)
  select distinct on (number) number, decision, case_id, unit_code, region_code, taken_at
  from (
    select legal_document_number as number, 'STOP_PAYMENT' as decision, case_id, unit_code, region_code, ordered_at as taken_at
    from stop_payment_request where ordered_at is not null
    union all
    select opening_document_number, 'CASE_OPENED', id, unit_code, region_code, decided_at from fraud_case
    union all
    select not_opening_document_number, 'CASE_NOT_OPENED', id, unit_code, region_code, decided_at from fraud_case
  ) as used
  where number is not null
  order by number, taken_at`;
