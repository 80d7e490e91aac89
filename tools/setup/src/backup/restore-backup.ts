import { existsSync } from 'node:fs';
import { copyFile, mkdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { findUnprivilegedAccount } from '../postgres/account';
import { prepareEmbeddedPostgres } from '../postgres/embedded-postgres';
import { preparePostgresHome } from '../postgres/home';
import { findNativeFolder } from '../postgres/native-postgres';
import { clearLeftover } from '../postgres/leftover';
import { superuserSecret } from '../databases';
import { Secrets } from '../secrets';
import { SetupProblem } from '../setup-problem';
import { Supervisor } from '../supervisor';
import { waitUntil } from '../wait';
import { backupParts, copyInstant, copyName, fetching, findCopies } from './backup-folder';
import { copyTree } from './copy-tree';
import { keyParts, secretsFile } from './take-backup';

/** What is restored, and how far. */
export interface RestoreWish {
  readonly dataFolder: string;
  readonly backupFolder: string;
  /** The instant to go back to; without one everything that was saved comes back. */
  readonly until?: Date | undefined;
  readonly port: number;
  /** Runs the restored server while the log is replayed and `check` looks at it. */
  readonly supervisor: Supervisor;
  readonly report: (line: string) => void;
  /** Looks at the restored databases while their server runs. */
  readonly check: () => Promise<void>;
}

/** The longest replay, in milliseconds. */
const REPLAY_MS = 6 * 3_600_000;

/**
 * Brings back a system's data: the newest copy before `until`, then the log up to it. What stood there is set aside, never deleted.
 * Keys that are still there stay. Throws a `SetupProblem` when there is nothing to restore from.
 */
export async function restoreBackup(wish: RestoreWish): Promise<void> {
  const { dataFolder, backupFolder, until, port, supervisor, report } = wish;
  const copy = await chooseCopy(backupFolder, until);
  await bringKeysBack(dataFolder, backupFolder);
  const account = await findUnprivilegedAccount();
  const home = await preparePostgresHome({ dataFolder, native: await findNativeFolder(), account });
  const data = join(home.folder, 'data');
  await clearLeftover(data);
  await placeCopy({ from: join(backupParts(backupFolder).copies, copy), data, account });
  report(`the copy of ${copyInstant(copy).toISOString()} is in place; its log is replayed ${until ? `until ${until.toISOString()}` : 'to its end'}`);

  const password = Secrets.open(join(dataFolder, secretsFile)).get(superuserSecret);
  const { plan, adminUrl } = await prepareEmbeddedPostgres({ dataFolder, port, password });
  const target = until ? { recovery_target_time: until.toISOString() } : { recovery_target_timeline: 'latest' };
  const settings = { ...fetching(backupFolder), ...target, recovery_target_action: 'promote' };
  await supervisor.start({ ...plan, args: [...plan.args, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])] });
  if (!(await waitUntil(() => hasReplayed(adminUrl), REPLAY_MS))) throw new SetupProblem(`The log was not replayed within ${REPLAY_MS / 3_600_000} hours; see the log of postgres.`);
  report('the log is replayed');
  await wish.check();
  await supervisor.stop('postgres');
}

async function chooseCopy(backupFolder: string, until: Date | undefined): Promise<string> {
  const copies = await findCopies(backupFolder);
  const copy = copies.filter((name) => until === undefined || copyInstant(name) <= until).at(-1);
  if (copy !== undefined) return copy;
  const told = copies[0] === undefined ? 'It holds no copy of the data (npm run backup makes one).' : `Its oldest copy is of ${copyInstant(copies[0]).toISOString()}.`;
  throw new SetupProblem(`There is nothing to restore from in ${backupFolder}. ${told}`);
}

/** Keys that the machine still has are the ones in use: only what is missing comes from the backup. */
async function bringKeysBack(dataFolder: string, backupFolder: string): Promise<void> {
  const { keys } = backupParts(backupFolder);
  await mkdir(dataFolder, { recursive: true });
  for (const part of keyParts) if (!existsSync(join(dataFolder, part)) && existsSync(join(keys, part))) await copyTree(join(keys, part), join(dataFolder, part));
  if (!existsSync(join(dataFolder, secretsFile))) await copyFile(join(keys, secretsFile), join(dataFolder, secretsFile));
}

async function placeCopy({ from, data, account }: { from: string; data: string; account: Awaited<ReturnType<typeof findUnprivilegedAccount>> }): Promise<void> {
  const unfinished = `${data}.restored`;
  await rm(unfinished, { recursive: true, force: true });
  await copyTree(from, unfinished, { account });
  // Its presence is what makes PostgreSQL replay the log from the backup folder.
  await writeFile(join(unfinished, 'recovery.signal'), '', { mode: 0o644 });
  if (existsSync(data)) await rename(data, `${data}.before-${copyName(new Date())}`);
  await rename(unfinished, data);
}

async function hasReplayed(adminUrl: string): Promise<boolean> {
  const admin = new Client({ connectionString: adminUrl, connectionTimeoutMillis: 2_000 });
  admin.on('error', () => undefined);
  try {
    await admin.connect();
    const { rows } = await admin.query<{ replaying: boolean }>('select pg_is_in_recovery() as replaying');
    return rows[0]?.replaying === false;
  } catch {
    return false;
  } finally {
    await admin.end().catch(() => undefined);
  }
}
