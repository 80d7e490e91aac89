import type { MigrationInterface, QueryRunner } from 'typeorm';

/** What kind of payee an order names (practice A8); null for the orders of the message version before. Locks stop_payment_order for a moment; undo: drop the column. */
export class AddPayeeKind1764000400140 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table stop_payment_order add column payee_kind text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table stop_payment_order drop column payee_kind');
  }
}
