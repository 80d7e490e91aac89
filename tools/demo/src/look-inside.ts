import type { AgencyApp, System } from '@lianfang/setup';
import { Client } from 'pg';

/** Asks an agency's database directly, as its administrator could: to check what no desk shows, and to tamper where the story does. */
export async function lookInside<Row extends object>({ databases }: Pick<System, 'databases'>, app: AgencyApp, sql: string, parameters: readonly unknown[] = []): Promise<Row[]> {
  const url = new URL(databases.adminUrlOf(app));
  url.pathname = `/${app}`;
  const client = new Client({ connectionString: url.href });
  await client.connect();
  try {
    return (await client.query<Row>(sql, [...parameters])).rows;
  } finally {
    await client.end();
  }
}
