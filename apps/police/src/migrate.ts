import 'reflect-metadata';
import { migrate } from '@lianfang/database';
import { readOwnerUrl } from './config';
import { migrations } from './data-source';

/** Brings the police database up to date: `OWNER_DATABASE_URL=… node migrate.js`. */
async function main(): Promise<void> {
  const done = await migrate({ url: readOwnerUrl(), migrations });
  process.stdout.write(done.length === 0 ? 'the database is up to date\n' : `${done.join('\n')}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
