import { rowSecurity } from '@lianfang/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * The built-in core system's accounts, entries and holds, in a schema of their own: they belong to the institutions, not to the bank desk.
 * Only the worker login has the schema; the runtime login can read nothing here. New tables, locks nothing; undo: drop the schema.
 */
export class CreateLedger1764000400010 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('create schema ledger');
    await runner.query('grant usage on schema ledger to lianfang_worker');
    for (const statement of [account, entry, entryIndexes, hold, holdIndex].flat()) await runner.query(statement);
    for (const table of ['ledger.account', 'ledger.entry', 'ledger.hold']) {
      for (const statement of rowSecurity({ table, runtime: 'false', grants: { runtime: 'select', worker: 'select, insert, update' } })) await runner.query(statement);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop schema ledger cascade');
  }
}

const account = `
  create table ledger.account (
    id                 uuid not null constraint account_pk primary key,
    institution        text not null,
    number_sealed      bytea not null,
    number_index       bytea not null,
    last_four          text not null,
    holder_name_sealed bytea not null,
    status             text not null constraint account_status_known check (status in ('ACTIVE', 'FROZEN', 'CLOSED')),
    exempt_kind        text,
    currency           text not null constraint account_currency_form check (currency ~ '^[A-Z]{3}$'),
    product            text not null,
    balance            bigint not null constraint account_balance_not_negative check (balance >= 0),
    opened_at          timestamptz(3) not null,
    created_at         timestamptz(3) not null default now(),
    constraint account_number_once unique (institution, number_index)
  )`;

const entry = `
  create table ledger.entry (
    id                         uuid not null constraint entry_pk primary key,
    transfer_id                uuid not null,
    position                   bigint generated always as identity,
    account_id                 uuid not null constraint entry_account_fk references ledger.account,
    at                         timestamptz(3) not null,
    kind                       text not null constraint entry_kind_known check (kind in ('OPENING', 'TRANSFER', 'WITHDRAWAL', 'DEPOSIT')),
    amount                     bigint not null constraint entry_amount_not_zero check (amount <> 0),
    balance_after              bigint not null constraint entry_balance_not_negative check (balance_after >= 0),
    reference                  text not null constraint entry_reference_length check (length(reference) between 1 and 64),
    counterparty_account_id    uuid constraint entry_counterparty_fk references ledger.account,
    counterparty_number_sealed bytea,
    counterparty_name_sealed   bytea,
    counterparty_institution   text,
    created_at                 timestamptz(3) not null default now(),
    constraint entry_counterparty_known_once check (counterparty_account_id is null
      or (counterparty_number_sealed is null and counterparty_name_sealed is null and counterparty_institution is null))
  )`;

/** The second index makes a transfer that is posted again under its reference visible as a repeat. */
const entryIndexes = [
  'create index entry_statement on ledger.entry (account_id, at, position)',
  'create unique index entry_reference_once on ledger.entry (account_id, reference, (amount > 0))',
];

/** A row without an account is a release that came before its hold: it keeps a late hold out. */
const hold = `
  create table ledger.hold (
    id            uuid not null constraint hold_pk primary key,
    order_id      uuid not null constraint hold_order_once unique,
    account_id    uuid constraint hold_account_fk references ledger.account,
    amount        bigint constraint hold_amount_positive check (amount > 0),
    held          bigint constraint hold_held_within_balance check (held between 0 and balance),
    balance       bigint,
    started_at    timestamptz(3),
    ended_at      timestamptz(3),
    still_stopped boolean,
    created_at    timestamptz(3) not null default now(),
    constraint hold_placed_whole check (num_nonnulls(account_id, held, balance, started_at) in (0, 4)),
    constraint hold_ended_whole check ((ended_at is null) = (still_stopped is null)),
    constraint hold_without_account_ended check (account_id is not null or (ended_at is not null and amount is null))
  )`;

const holdIndex = 'create index hold_in_force on ledger.hold (account_id) where ended_at is null';
