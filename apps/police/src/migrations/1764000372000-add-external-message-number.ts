import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Number of the national platform's message that carried an order's legal document (practice A1); a unit has each number once.
 * New column without a default and an index over no rows: locks stop_payment_request for a moment; undo: drop the column.
 */
export class AddExternalMessageNumber1764000372000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      alter table stop_payment_request add column external_message_number text
        constraint stop_payment_request_message_length check (length(external_message_number) between 1 and 36)`);
    await runner.query('create unique index stop_payment_request_message_number on stop_payment_request (unit_code, external_message_number)');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table stop_payment_request drop column external_message_number');
  }
}
