import { Client } from 'pg';
import { archiving, prepareBackupFolder } from '../backup/backup-folder';
import { serverEnvironment } from '../config';
import type { ProcessPlan } from '../supervisor';
import { findUnprivilegedAccount } from './account';
import { prepareDataFolder, superuser } from './data-folder';
import { preparePostgresHome } from './home';
import { clearLeftover } from './leftover';
import { findNativeFolder, program } from './native-postgres';

/** How the embedded server is wanted. */
export interface EmbeddedPostgresWish {
  /** Folder of the system's data. */
  readonly dataFolder: string;
  readonly port: number;
  /** The superuser's password. */
  readonly password: string;
  /** For tests: nothing has to survive a power cut, so nothing waits for the disk. */
  readonly throwAway?: boolean | undefined;
  /** Where it hands over its log, for restoring. */
  readonly backupFolder?: string | undefined;
}

/** A server ready to be supervised. */
export interface EmbeddedPostgres {
  readonly plan: ProcessPlan;
  /** The superuser's URL, to the database `postgres`. */
  readonly adminUrl: string;
}

/** The superuser's URL of an embedded server, to the database `postgres`. */
export const embeddedAdminUrl = ({ port, password }: { port: number; password: string }): string => `postgres://${superuser}:${password}@127.0.0.1:${port}/postgres`;

/** Makes everything that PostgreSQL needs to start on this machine; the supervisor starts it. */
export async function prepareEmbeddedPostgres({ dataFolder, port, password, throwAway = false, backupFolder }: EmbeddedPostgresWish): Promise<EmbeddedPostgres> {
  const account = await findUnprivilegedAccount();
  const home = await preparePostgresHome({ dataFolder, native: await findNativeFolder(), account });
  const data = await prepareDataFolder(home, password);
  await clearLeftover(data);
  if (backupFolder !== undefined) await prepareBackupFolder(backupFolder, account);
  const adminUrl = embeddedAdminUrl({ port, password });
  const plan: ProcessPlan = {
    name: 'postgres',
    command: program(home.native, 'postgres'),
    args: ['-D', data, '-p', String(port), ...Object.entries({ ...settings(throwAway), ...(backupFolder === undefined ? {} : archiving(backupFolder)) }).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    env: serverEnvironment(),
    cwd: '/',
    // "Fast": open transactions are rolled back and the data folder is left clean. SIGTERM would wait for every client.
    stopSignal: 'SIGINT',
    isReady: () => isAnswering(adminUrl),
    ...(account ? { account } : {}),
  };
  return { plan, adminUrl };
}

const settings = (throwAway: boolean): Record<string, string> => ({
  listen_addresses: '127.0.0.1',
  // No socket file: its path may not be longer than 107 bytes, which a deep checkout exceeds.
  unix_socket_directories: '',
  max_connections: throwAway ? '400' : '200',
  timezone: 'UTC',
  log_timezone: 'UTC',
  ...(throwAway ? { fsync: 'off', synchronous_commit: 'off', full_page_writes: 'off', shared_buffers: '256MB' } : {}),
});

async function isAnswering(url: string): Promise<boolean> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await client.query('select 1');
    return true;
  } catch {
    return false;
  } finally {
    await client.end().catch(() => undefined);
  }
}
