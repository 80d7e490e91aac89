import type { MigrationInterface, QueryRunner } from 'typeorm';

/** Number of the national platform's message that carried an order's legal document (practice A1). Locks stop_payment_order for a moment; undo: drop the column. */
export class AddExternalMessageNumber1764000400130 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table stop_payment_order add column external_message_number text');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table stop_payment_order drop column external_message_number');
  }
}
