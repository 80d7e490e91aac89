import { existsSync } from 'node:fs';
import { copyFile, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Client } from 'pg';
import { findUnprivilegedAccount } from '../postgres/account';
import { SetupProblem } from '../setup-problem';
import { backupParts, copyName } from './backup-folder';
import { copyTree } from './copy-tree';

/** What is copied, and where to. */
export interface BackupWish {
  readonly adminUrl: string;
  /** The data folder of the running server. */
  readonly postgresData: string;
  /** The system's own folder, for its keys. */
  readonly dataFolder: string;
  readonly backupFolder: string;
}

/** Files of a running server that a copy must not have or does not need (same source as `archiving`). */
const leftOut = /^(?:postmaster\.(?:pid|opts)$|pg_(?:wal|replslot|dynshmem|notify|serial|snapshots|stat_tmp|subtrans)$|.*pgsql_tmp)/;

/** What opens the data and speaks for the agencies: sealing keys, passwords, signing keys. */
export const keyParts = ['directory', 'identity'];

/** The file of passwords and sealing keys. */
export const secretsFile = 'secrets.json';

/**
 * Copies the data of a running server into the backup folder, as the server's own protocol for it asks, and the keys beside it.
 * Together with the log that the server hands over since, any later instant can be restored. Returns the copy's name.
 */
export async function takeBackup({ adminUrl, postgresData, dataFolder, backupFolder }: BackupWish): Promise<string> {
  const { copies, keys } = backupParts(backupFolder);
  const unfinished = join(copies, 'unfinished');
  await rm(unfinished, { recursive: true, force: true });
  // The protocol belongs to one session: it must live as long as the copying.
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    await checkArchives(admin);
    await admin.query(`select pg_backup_start('lianfang', true)`);
    await copyTree(postgresData, unfinished, { leavesOut: (path) => leftOut.test(path), account: await findUnprivilegedAccount() });
    const { rows } = await admin.query<{ labelfile: string }>('select labelfile from pg_backup_stop(true)');
    await writeFile(join(unfinished, 'backup_label'), rows[0]?.labelfile ?? '', { mode: 0o600 });
  } finally {
    await admin.end();
  }
  await copyKeys(dataFolder, keys);
  const name = copyName(new Date());
  await rename(unfinished, join(copies, name));
  return name;
}

/** Writes down what has happened up to now: closes the current piece of the log, so that it reaches the backup folder at once. */
export async function saveLog(adminUrl: string): Promise<void> {
  const admin = new Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    const { rows } = await admin.query<{ piece: string }>('select pg_walfile_name(pg_switch_wal()) as piece');
    const piece = rows[0]?.piece ?? '';
    for (;;) {
      const { rows: saved } = await admin.query<{ done: boolean }>('select coalesce(last_archived_wal >= $1, false) as done from pg_stat_archiver', [piece]);
      if (saved[0]?.done) return;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  } finally {
    await admin.end();
  }
}

async function checkArchives(admin: Client): Promise<void> {
  const { rows } = await admin.query<{ mode: string }>(`select current_setting('archive_mode') as mode`);
  if (rows[0]?.mode !== 'on') throw new SetupProblem('The running system does not hand over its log. Start it with BACKUP_FOLDER set, as in: BACKUP_FOLDER=/somewhere/else npm start');
}

async function copyKeys(dataFolder: string, keys: string): Promise<void> {
  for (const part of keyParts.filter((name) => existsSync(join(dataFolder, name)))) await copyTree(join(dataFolder, part), join(keys, part));
  await copyFile(join(dataFolder, secretsFile), join(keys, secretsFile));
}
