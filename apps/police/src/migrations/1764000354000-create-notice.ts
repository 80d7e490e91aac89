import { sees, writes } from '@lianfang/access';
import { rowSecurity } from '@lianfang/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * What a unit or an affected person is to be told, and from when. Lines are codes; nothing personal stands in it.
 * A unit may write a notice to another region's unit (two units after one account) but reads only its own region's. New table, locks nothing; undo: drop it.
 */
export class CreateNotice1764000354000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table notice (
        id            uuid not null constraint notice_pk primary key,
        kind          text not null,
        audience      text not null constraint notice_audience check (audience in ('UNIT', 'AFFECTED_PERSON')),
        unit_code     text not null,
        region_code   text not null,
        case_id       uuid constraint notice_case references fraud_case (id),
        request_id    uuid constraint notice_request references stop_payment_request (id),
        lines         jsonb not null,
        deliver_after timestamptz(3) not null,
        created_at    timestamptz(3) not null
      )`);
    await runner.query(`create index notice_unit on notice (region_code text_pattern_ops, deliver_after desc, id desc)`);
    await runner.query(`create index notice_request on notice (request_id)`);
    await runner.query(`create unique index notice_measure_once on notice (request_id) where kind = 'MEASURE_TAKEN'`);
    for (const statement of rowSecurity({ table: 'notice', runtime: sees.region, runtimeCheck: writes.police, grants: { runtime: 'select, insert', worker: 'select, insert, update' } })) {
      await runner.query(statement);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table notice');
  }
}
