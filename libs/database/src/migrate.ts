import { DataSource, type MigrationInterface } from 'typeorm';

/** A migration class; its name ends in the 13 digits of its file name. */
export type Migration = new () => MigrationInterface;

interface MigrateOptions {
  /** URL of the owner login. */
  readonly url: string;
  readonly migrations: readonly Migration[];
}

/** Any number, the same for everybody: two processes that migrate one database wait for each other. */
const migrationLock = 7_262_015;

/** Brings a database up to date, one transaction per migration. Returns the names of what ran. */
export async function migrate(options: MigrateOptions): Promise<string[]> {
  return withOwner(options, async (source) => {
    await source.query('select pg_advisory_lock($1)', [migrationLock]);
    const done = await source.runMigrations({ transaction: 'each' });
    return done.map((migration) => migration.name);
  });
}

async function withOwner<T>({ url, migrations }: MigrateOptions, work: (source: DataSource) => Promise<T>): Promise<T> {
  const source = new DataSource({ type: 'postgres', url, migrations: [...migrations], migrationsTableName: 'migration', poolSize: 1, logging: false });
  await source.initialize();
  try {
    return await work(source);
  } finally {
    await source.destroy();
  }
}
