import type { MigrationInterface, QueryRunner } from 'typeorm';

/**
 * Document of identity and authorisation of an agent 代办人 who acts for a person of a case, sealed; both optional.
 * New columns without a default: locks case_person for a moment, its rows are only checked; undo: drop the columns.
 */
export class AddAgentDetails1764000377000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query('alter table case_person add column contact_id_kind text, add column contact_id_number_sealed bytea, add column contact_authorisation_sealed bytea');
    await runner.query(`
      alter table case_person
        add constraint case_person_contact_id_whole check ((contact_id_kind is null) = (contact_id_number_sealed is null)),
        add constraint case_person_agent_details_of_agent check (contact_relation is not distinct from 'AGENT' or (contact_id_kind is null and contact_authorisation_sealed is null))`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('alter table case_person drop column contact_id_kind, drop column contact_id_number_sealed, drop column contact_authorisation_sealed');
  }
}
