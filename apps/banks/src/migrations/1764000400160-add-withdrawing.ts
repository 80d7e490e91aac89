import type { MigrationInterface, QueryRunner } from 'typeorm';

const before = `'RECEIVED', 'EXECUTING', 'STOPPED', 'NOT_EXECUTED', 'RELEASING', 'RELEASED', 'EXPIRING', 'EXPIRED'`;

/**
 * An order that is withdrawn or has lapsed waits for its core system before that is answered. Locks stop_payment_order while it reads it once.
 * Undo: none may be WITHDRAWING or LAPSING; then the check of before.
 */
export class AddWithdrawing1764000400160 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table stop_payment_order drop constraint stop_payment_order_state');
    await runner.query(`alter table stop_payment_order add constraint stop_payment_order_state check (state in (${before}, 'WITHDRAWING', 'LAPSING'))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table stop_payment_order drop constraint stop_payment_order_state');
    await runner.query(`alter table stop_payment_order add constraint stop_payment_order_state check (state in (${before}))`);
  }
}
