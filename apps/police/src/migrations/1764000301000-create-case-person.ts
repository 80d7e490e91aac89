import { sees, writes } from '@lianfang/access';
import { rowSecurity } from '@lianfang/database';
import type { MigrationInterface, QueryRunner } from 'typeorm';

/** The persons of a case, sealed. New table, locks nothing; undo: drop it. */
export class CreateCasePerson1764000301000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    for (const statement of [casePerson, ...indexes]) await runner.query(statement);
    for (const statement of rowSecurity({ table: 'case_person', runtime: sees.region, runtimeCheck: writes.region, grants: { runtime: 'select, insert', worker: 'select' } })) {
      await runner.query(statement);
    }
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('drop table case_person');
  }
}

const casePerson = `
  create table case_person (
    id                   uuid not null constraint case_person_pk primary key,
    case_id              uuid not null constraint case_person_case_fk references fraud_case (id),
    parts                text[] not null constraint case_person_parts_known check (parts <@ array['REPORTER', 'DECEIVED', 'PAYER'] and cardinality(parts) > 0),
    name_sealed          bytea not null,
    id_kind              text,
    id_number_sealed     bytea,
    id_index             bytea,
    phone_sealed         bytea,
    phone_index          bytea,
    sex                  text constraint case_person_sex_known check (sex in ('MALE', 'FEMALE')),
    birth_date_sealed    bytea,
    birth_year           integer,
    occupation           text,
    home_region          text constraint case_person_home_region_shape check (home_region ~ '^[0-9]{6}$'),
    is_organisation      boolean not null,
    is_minor             boolean not null,
    is_deceased          boolean not null,
    contact_relation     text constraint case_person_contact_relation_known check (contact_relation in ('GUARDIAN', 'FAMILY', 'COMMUNITY', 'AGENT')),
    contact_name_sealed  bytea,
    contact_phone_sealed bytea,
    contact_phone_index  bytea,
    unit_code            text not null,
    region_code          text not null,
    created_at           timestamptz(3) not null,
    constraint case_person_id_whole check ((id_kind is null) = (id_number_sealed is null) and (id_index is null) = (id_number_sealed is null)),
    constraint case_person_phone_whole check ((phone_index is null) = (phone_sealed is null)),
    constraint case_person_contact_whole check ((contact_relation is null) = (contact_name_sealed is null) and (contact_phone_index is null) = (contact_phone_sealed is null))
  )`;

const indexes = [
  'create index case_person_case on case_person (case_id)',
  'create index case_person_id_index on case_person (id_index) where id_index is not null',
  'create index case_person_phone_index on case_person (phone_index) where phone_index is not null',
  'create index case_person_contact_phone_index on case_person (contact_phone_index) where contact_phone_index is not null',
];
