import { execFile } from 'node:child_process';
import { chown, mkdir, readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Account } from '../postgres/account';
import { SetupProblem } from '../setup-problem';

const run = promisify(execFile);

/** What a backup folder holds: the server's log as it is written, copies of its data, and the keys without which neither can be read. */
export const backupParts = (folder: string) => ({ log: join(folder, 'log'), copies: join(folder, 'copies'), keys: join(folder, 'keys') });

/** A minute of work is the most that is lost with the disk; what was acknowledged before is in the backup folder. */
const LONGEST_UNSAVED_SECONDS = 60;

/**
 * Settings with which PostgreSQL hands every finished piece of its write-ahead log to the backup folder, at least once a minute
 * (continuous archiving: https://www.postgresql.org/docs/18/continuous-archiving.html). A piece that is there already counts only if it is the same.
 */
export const archiving = (folder: string): Record<string, string> => {
  const piece = inShell(join(backupParts(folder).log, 'PIECE'));
  const unfinished = inShell(join(backupParts(folder).log, 'PIECE.unfinished'));
  return {
    archive_mode: 'on',
    archive_timeout: String(LONGEST_UNSAVED_SECONDS),
    archive_command: `cmp -s "%p" ${piece} || (test ! -f ${piece} && cp "%p" ${unfinished} && sync ${unfinished} && mv ${unfinished} ${piece})`,
  };
};

/** The setting with which PostgreSQL fetches the pieces back. */
export const fetching = (folder: string): Record<string, string> => ({ restore_command: `cp ${inShell(join(backupParts(folder).log, 'PIECE'))} "%p"` });

/** A path as one word of sh in a setting, where `%` begins a placeholder and PIECE stands for the piece's name. */
const inShell = (path: string): string => `'${path.replace(/'/g, `'\\''`).replace(/%/g, '%%').replace('PIECE', '%f')}'`;

/** Makes the backup folder; whoever PostgreSQL runs as must be able to write its log there. */
export async function prepareBackupFolder(folder: string, account: Account | undefined): Promise<void> {
  if (process.platform === 'win32') throw new SetupProblem('BACKUP_FOLDER needs a Unix shell; on Windows use a server of your own and its backup.');
  const { log, copies, keys } = backupParts(folder);
  // The folder itself may be passed through, for the log; its parts are private.
  await mkdir(folder, { recursive: true });
  for (const part of [copies, keys]) await mkdir(part, { recursive: true, mode: 0o700 });
  await mkdir(log, { recursive: true, mode: 0o700 });
  if (account) await chown(log, account.uid, account.gid);
  const as = account ? { uid: account.uid, gid: account.gid } : {};
  await run('/bin/sh', ['-c', 'cd "$1" && test -w .', 'sh', log], { cwd: '/', ...as }).catch(() => {
    throw new SetupProblem(`BACKUP_FOLDER: the user that PostgreSQL runs as (${account?.name ?? 'yours'}) cannot write to ${log}. Choose a folder that everybody may enter.`);
  });
}

/** The finished copies of the data, the newest last; their names are the hours at which they ended, as in `2026-11-23T12-00-00.000Z`. */
export async function findCopies(folder: string): Promise<string[]> {
  const names = await readdir(backupParts(folder).copies).catch(() => []);
  return names.filter((name) => /^\d{4}-\d\d-\d\dT\d\d-\d\d-\d\d\.\d{3}Z$/.test(name)).sort();
}

/** The name of a copy that ended at an instant. */
export const copyName = (at: Date): string => at.toISOString().replace(/:/g, '-');

/** The instant in a copy's name. */
export const copyInstant = (name: string): Date => new Date(name.replace(/T(\d\d)-(\d\d)-/, 'T$1:$2:'));
