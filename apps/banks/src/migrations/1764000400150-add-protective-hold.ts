import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Protective holds of a victim's own account, which have no transfer to match.
 * Earlier rows are stops. Locks stop_payment_order for an instant, its rows are only checked; undo: drop the column once no protective hold is left.
 */
export class AddProtectiveHold1764000400150 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table stop_payment_order add column kind text not null default 'STOP' constraint stop_payment_order_kind check (kind in ('STOP', 'PROTECTIVE_HOLD'))`);
    await runner.query('alter table stop_payment_order alter column fact_amount drop not null, alter column transferred_at drop not null');
    await runner.query(`
      alter table stop_payment_order
        add constraint stop_payment_order_stop_facts check ((kind = 'STOP') = (fact_amount is not null) and (kind = 'STOP') = (transferred_at is not null))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table stop_payment_order drop constraint stop_payment_order_stop_facts, drop column kind');
    await runner.query('alter table stop_payment_order alter column fact_amount set not null, alter column transferred_at set not null');
  }
}
