import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Protective holds of a victim's own account, which have no transfer. One hold of an account in a case at a time.
 * Earlier rows are stops. Locks stop_payment_request for an instant, its rows are only checked; undo: drop the column once no protective hold is left.
 */
export class AddProtectiveHold1764000374000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table stop_payment_request add column kind text not null default 'STOP' constraint stop_payment_request_kind check (kind in ('STOP', 'PROTECTIVE_HOLD'))`);
    await runner.query('alter table stop_payment_request alter column fact_fen drop not null, alter column transferred_at drop not null');
    await runner.query(`
      alter table stop_payment_request
        add constraint stop_payment_request_stop_facts check ((kind = 'STOP') = (fact_fen is not null) and (kind = 'STOP') = (transferred_at is not null)),
        add constraint stop_payment_request_hold_of_own check (kind = 'STOP' or (whole_account and holder_name_sealed is not null
          and transfer_id is null and parent_request_id is null and corrects_id is null and previous_stop_id is null))`);
    await runner.query('drop index stop_payment_request_one_under_way');
    await runner.query(`
      create unique index stop_payment_request_one_under_way on stop_payment_request (case_id, account_index)
      where kind = 'STOP' and state in ('PROPOSED', 'ORDERED', 'RECEIVED')`);
    await runner.query(`
      create unique index stop_payment_request_one_hold on stop_payment_request (case_id, account_index)
      where kind = 'PROTECTIVE_HOLD' and state in ('PROPOSED', 'ORDERED', 'RECEIVED', 'STOPPED', 'RELEASE_ORDERED', 'EXPIRED_UNCONFIRMED')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop index stop_payment_request_one_hold');
    await runner.query('drop index stop_payment_request_one_under_way');
    await runner.query(`
      create unique index stop_payment_request_one_under_way on stop_payment_request (case_id, account_index)
      where state in ('PROPOSED', 'ORDERED', 'RECEIVED')`);
    await runner.query('alter table stop_payment_request drop constraint stop_payment_request_stop_facts, drop constraint stop_payment_request_hold_of_own, drop column kind');
    await runner.query('alter table stop_payment_request alter column fact_fen set not null, alter column transferred_at set not null');
  }
}
