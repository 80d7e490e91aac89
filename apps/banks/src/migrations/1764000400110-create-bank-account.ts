import { sees, setting, writes } from '@lianfang/access';
import { rowSecurity } from '@lianfang/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Accounts that a bank has answered about; the bank mints their ids. The police see an account when one of the orders that they see touches it:
 * the subquery runs under the policy of stop_payment_order. New table; the foreign key locks stop_payment_order for a moment; undo: drop both.
 */
export class CreateBankAccount1764000400110 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table bank_account (
        id          uuid not null constraint bank_account_pk primary key,
        institution text not null,
        core_ref    text not null,
        number      bytea not null,
        last_four   text not null,
        holder_name bytea not null,
        currency    text not null constraint bank_account_currency check (currency ~ '^[A-Z]{3}$'),
        product     text not null,
        created_at  timestamptz(3) not null,
        constraint bank_account_core_ref_once unique (institution, core_ref)
      )`);
    await runner.query('alter table stop_payment_order add constraint stop_payment_order_bank_account_fk foreign key (bank_account_id) references bank_account');
    const asker = `${setting('caller.agency')} = 'police' and exists (select from stop_payment_order where stop_payment_order.bank_account_id = bank_account.id)`;
    const security = { table: 'bank_account', runtime: `${sees.institution} or (${asker})`, runtimeCheck: writes.institution, grants: { runtime: 'select, insert' } };
    for (const statement of rowSecurity(security)) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table stop_payment_order drop constraint stop_payment_order_bank_account_fk');
    await runner.query('drop table bank_account');
  }
}
