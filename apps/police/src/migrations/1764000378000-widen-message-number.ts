import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The national platform's message number 传输报文流水号 has up to 53 characters, not the 36 of an application number.
 * Locks stop_payment_request for a moment, its rows are only checked; undo: set the old check once no longer number is left.
 */
export class WidenMessageNumber1764000378000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(checkOf(53));
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query(checkOf(36));
  }
}

const checkOf = (longest: number): string => `
  alter table stop_payment_request
    drop constraint stop_payment_request_message_length,
    add constraint stop_payment_request_message_length check (length(external_message_number) between 1 and ${longest})`;
