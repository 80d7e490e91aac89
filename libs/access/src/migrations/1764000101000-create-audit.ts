import { rowSecurity } from '@lianfang/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { auditKinds } from '../audit/audit-entry.entity';
import { auditorsOnly, isOwnAct, setting } from '../row-security';

/**
 * The audit trail: entries are insert-only for runtime and worker; a trigger queues each for the sealer.
 * New tables, locks nothing; undo: export first, then drop them.
 */
export class CreateAudit1764000101000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const table of [entries, queue, enqueue, enqueueTrigger, seals, checkpoints]) await runner.query(table);
    const insertOnly = { runtime: 'select, insert', worker: 'select, insert' };
    const statements = [
      ...rowSecurity({ table: 'audit_entry', runtime: auditorsOnly, runtimeCheck: `${isOwnAct} and agency = ${setting('caller.agency')}`, grants: insertOnly }),
      ...rowSecurity({ table: 'audit_unsealed', runtime: 'false', runtimeCheck: 'true', grants: { runtime: 'insert', worker: 'select, insert, update, delete' } }),
      ...rowSecurity({ table: 'audit_seal', runtime: sealedOwn, runtimeCheck: 'false', grants: { runtime: 'select', worker: 'select, insert' } }),
      ...rowSecurity({ table: 'audit_checkpoint', runtime: 'true', runtimeCheck: 'false', grants: { runtime: 'select', worker: 'select, insert' } }),
    ];
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table audit_checkpoint, audit_seal, audit_unsealed, audit_entry');
    await runner.query('drop function enqueue_audit_entry()');
  }
}

const entries = `
  create table audit_entry (
    id                uuid not null constraint audit_entry_pk primary key,
    at                timestamptz(3) not null,
    kind              text not null constraint audit_entry_kind_known check (kind in (${auditKinds.map((kind) => `'${kind}'`).join(', ')})),
    agency            text not null,
    actor_id          text not null,
    actor_unit        text,
    actor_institution text,
    institution       text,
    thing             text,
    thing_id          uuid,
    body              text not null constraint audit_entry_body_is_json check (body is json object),
    leaf              bytea not null constraint audit_entry_leaf_length check (length(leaf) = 32)
  )`;

const queue = `
  create table audit_unsealed (
    entry_id    uuid not null constraint audit_unsealed_pk primary key,
    enqueued_at timestamptz(3) not null default clock_timestamp()
  )`;

const enqueue = `
  create function enqueue_audit_entry() returns trigger language plpgsql as $$
  begin
    insert into audit_unsealed (entry_id) values (new.id);
    return null;
  end $$`;

const enqueueTrigger = `
  create trigger audit_entry_is_queued after insert on audit_entry
  for each row execute function enqueue_audit_entry()`;

const seals = `
  create table audit_seal (
    seq        bigint not null constraint audit_seal_pk primary key constraint audit_seal_seq_positive check (seq > 0),
    entry_id   uuid not null constraint audit_seal_entry_unique unique constraint audit_seal_entry_fk references audit_entry (id),
    chain_hash bytea not null constraint audit_seal_chain_hash_length check (length(chain_hash) = 32)
  )`;

const checkpoints = `
  create table audit_checkpoint (
    seq          bigint not null constraint audit_checkpoint_pk primary key constraint audit_checkpoint_seal_fk references audit_seal (seq),
    previous_seq bigint not null constraint audit_checkpoint_previous_earlier check (previous_seq < seq),
    head         bytea not null,
    at           timestamptz(3) not null,
    kid          text not null,
    signature    bytea not null constraint audit_checkpoint_signature_length check (length(signature) = 64)
  )`;

/** An auditor sees the seals of the entries that the auditor sees. */
const sealedOwn = 'exists (select from audit_entry where id = entry_id)';
