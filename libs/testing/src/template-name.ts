import { createHash } from 'node:crypto';
import type { QueryRunner } from 'typeorm';
import type { Schema } from './test-database';

/**
 * The name of the template database of a schema: it changes with every statement of the migrations.
 * Each migration is rehearsed against a recorder, so that SQL kept in constants or built by functions counts as well.
 */
export async function templateName(agency: string, { migrations, fill }: Schema): Promise<string> {
  const hash = createHash('sha256');
  for (const Migration of migrations) {
    hash.update(`${Migration.name}\n${String(Migration)}\n`);
    for (const statement of await rehearse(new Migration())) hash.update(`${statement}\n`);
  }
  if (fill) hash.update(String(fill));
  return `template_${agency.replace(/-/g, '_')}_${hash.digest('hex').slice(0, 16)}`;
}

/** The statements that a migration would run on a database whose every answer is empty. */
async function rehearse(migration: { up(runner: QueryRunner): Promise<unknown> }): Promise<string[]> {
  const statements: string[] = [];
  const query = async (text: string, parameters?: unknown[]): Promise<unknown[]> => {
    statements.push(parameters ? `${text} ${JSON.stringify(parameters)}` : text);
    return [];
  };
  try {
    // The recorder is a runner as far as migrations use one: they only query.
    await migration.up({ query, manager: { query } } as unknown as QueryRunner);
  } catch (error) {
    // A migration that needs an answer stops here; what it asked so far, and why it stopped, still names it.
    statements.push(String(error));
  }
  return statements;
}
