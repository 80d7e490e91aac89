import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The currency of what is held and of the balance, by the bank's answer.
 * Until now only what the order said was kept, and both agreed by its own word: earlier rows take that. Locks stop_payment_request while its rows are filled; undo: drop the column.
 */
export class AddHeldCurrency1764000371000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`alter table stop_payment_request add column held_currency text constraint stop_payment_request_held_currency check (held_currency ~ '^[A-Z]{3}$')`);
    // Row-level security is forced on the owner too, who has no policy: lifted for the filling, inside this transaction.
    await runner.query('alter table stop_payment_request no force row level security');
    await runner.query('update stop_payment_request set held_currency = currency where held_fen is not null');
    await runner.query('alter table stop_payment_request force row level security');
    await runner.query('alter table stop_payment_request add constraint stop_payment_request_held_money check ((held_fen is null) = (held_currency is null))');
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table stop_payment_request drop column held_currency');
  }
}
