import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Notices to the leaders who may approve and to the duty desk (practice A9). Locks notice for an instant, its rows are only checked; undo: delete those notices and set the old check. */
export class AddNoticeToApprovers1764000376000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table notice drop constraint notice_audience, add constraint notice_audience check (audience in ('UNIT', 'APPROVERS', 'AFFECTED_PERSON'))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(`delete from notice where audience = 'APPROVERS'`);
    await runner.query(`alter table notice drop constraint notice_audience, add constraint notice_audience check (audience in ('UNIT', 'AFFECTED_PERSON'))`);
  }
}
