import { rowSecurity } from '@lianfang/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';
import { isOwnAct, sees, setting } from '../row-security';

/** One row per change of state, insert-only. New table, locks nothing; undo: drop it (its audit entries then name missing rows). */
export class CreateTransition1764000100000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`
      create table transition (
        id                uuid not null constraint transition_pk primary key,
        agency            text not null,
        thing             text not null,
        thing_id          uuid not null,
        case_id           uuid,
        action            text not null,
        from_state        text,
        to_state          text not null,
        version           integer not null constraint transition_version_positive check (version > 0),
        by_side           text not null,
        actor_id          text not null,
        actor_unit        text,
        actor_institution text,
        unit              text,
        region_code       text constraint transition_region_code_shape check (region_code ~ '^[0-9]{6}$'),
        institution       text,
        reason            bytea,
        facts             jsonb not null constraint transition_facts_is_object check (jsonb_typeof(facts) = 'object'),
        at                timestamptz(3) not null,
        constraint transition_thing_version_unique unique (thing_id, version)
      )`);
    await runner.query('create index transition_case on transition (case_id, at) where case_id is not null');
    const statements = rowSecurity({
      table: 'transition',
      runtime: `agency = ${setting('caller.agency')} and (${sees.region} or ${sees.institution})`,
      runtimeCheck: `${isOwnAct} and agency = ${setting('caller.agency')}`,
      grants: { runtime: 'select, insert', worker: 'select, insert' },
    });
    for (const statement of statements) await runner.query(statement);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table transition');
  }
}
