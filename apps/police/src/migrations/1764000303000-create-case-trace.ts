import { isOwnAct, sees, setting, writes } from '@lianfang/access';
import { rowSecurity } from '@lianfang/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * How a case is found by other units, what was found, and what happened to it without a change of state.
 * `case_trace` is the one table that every region reads: blind indexes and units, no person, no number. New tables, locks nothing; undo: drop them.
 */
export class CreateCaseTrace1764000303000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [caseTrace, caseDuplicate, caseFact, ...indexes]) await runner.query(statement);
    const insertOnly = { runtime: 'select, insert', worker: 'select, insert' };
    const statements = [
      ...rowSecurity({ table: 'case_trace', runtime: sees.police, runtimeCheck: writes.region, grants: insertOnly }),
      ...rowSecurity({ table: 'case_duplicate', runtime: `${sees.region} or ${seesOther}`, runtimeCheck: writes.region, grants: insertOnly }),
      ...rowSecurity({ table: 'case_fact', runtime: sees.region, runtimeCheck: `${writes.region} and ${isOwnAct}`, grants: insertOnly }),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table case_fact, case_duplicate, case_trace');
  }
}

/** The other side of a pair sees it too. */
const seesOther = `(${sees.police} and starts_with(other_region_code, ${setting('caller.region_scope')}))`;

const caseTrace = `
  create table case_trace (
    id          uuid not null constraint case_trace_pk primary key,
    case_id     uuid not null constraint case_trace_case_fk references fraud_case (id),
    reason      text not null constraint case_trace_reason_known check (reason in ('VOUCHER', 'VICTIM_AND_TRANSFER', 'PAYEE')),
    trace       bytea not null,
    moment      timestamptz(3),
    unit_code   text not null,
    region_code text not null,
    created_at  timestamptz(3) not null,
    constraint case_trace_moment_where_needed check ((reason = 'VICTIM_AND_TRANSFER') = (moment is not null))
  )`;

const caseDuplicate = `
  create table case_duplicate (
    id                uuid not null constraint case_duplicate_pk primary key,
    case_id           uuid not null constraint case_duplicate_case_fk references fraud_case (id),
    unit_code         text not null,
    region_code       text not null,
    other_case_id     uuid not null constraint case_duplicate_other_case_fk references fraud_case (id),
    other_unit_code   text not null,
    other_region_code text not null,
    reason            text not null constraint case_duplicate_reason_known check (reason in ('VOUCHER', 'VICTIM_AND_TRANSFER', 'PAYEE')),
    created_at        timestamptz(3) not null,
    constraint case_duplicate_not_itself check (other_case_id <> case_id),
    constraint case_duplicate_pair_unique unique (case_id, other_case_id, reason)
  )`;

const caseFact = `
  create table case_fact (
    id          uuid not null constraint case_fact_pk primary key,
    case_id     uuid not null constraint case_fact_case_fk references fraud_case (id),
    kind        text not null,
    at          timestamptz(3) not null,
    actor_id    text not null,
    by_side     text not null,
    facts       jsonb not null constraint case_fact_facts_is_object check (jsonb_typeof(facts) = 'object'),
    unit_code   text not null,
    region_code text not null
  )`;

const indexes = [
  'create index case_trace_trace on case_trace (trace, reason)',
  'create index case_duplicate_other_case on case_duplicate (other_case_id)',
  'create index case_fact_case on case_fact (case_id, at)',
];
