import { execFile } from 'node:child_process';
import { chown, mkdtemp, readFile, rename, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { serverEnvironment } from '../config';
import { SetupProblem } from '../setup-problem';
import type { PostgresHome } from './home';
import { postgresMajor, program } from './native-postgres';

const run = promisify(execFile);

/** The superuser of the embedded server, named as everywhere. */
export const superuser = 'postgres';

/** Free space that a new data folder and its first write-ahead log need, in bytes. */
const NEEDED_BYTES = 400_000_000;

/** Free space without which a server that was stopped cannot even end its recovery, in bytes: a segment of the write-ahead log and what a checkpoint writes. */
const NEEDED_TO_GO_ON_BYTES = 50_000_000;

/**
 * The data folder of a home, made by initdb the first time. ICU sorts (Chinese names too) and the C.UTF-8 character type
 * lets trigram search see Chinese characters; with plain "C" it would find none.
 */
export async function prepareDataFolder(home: PostgresHome, password: string): Promise<string> {
  const folder = join(home.folder, 'data');
  const version = await readFile(join(folder, 'PG_VERSION'), 'utf8').catch(() => undefined);
  if (version !== undefined && version.trim() !== postgresMajor) {
    throw new SetupProblem(
      `The data in ${folder} was written by PostgreSQL ${version.trim()}; this version brings PostgreSQL ${postgresMajor} and cannot open it.\nKeep it by dumping it with the old version first, or start anew: npm run reset`,
    );
  }
  if (version === undefined) await makeDataFolder(home, folder, password);
  else await checkRoom(home.folder, NEEDED_TO_GO_ON_BYTES);
  return folder;
}

async function checkRoom(folder: string, needed: number): Promise<void> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < needed) throw new SetupProblem(`There is too little room for the database in ${folder}: ${mega(bavail * bsize)} MB are free, ${mega(needed)} MB are needed.`);
}

async function makeDataFolder(home: PostgresHome, folder: string, password: string): Promise<void> {
  if (await stat(folder).catch(() => undefined)) {
    throw new SetupProblem(`${folder} exists but is no data folder of PostgreSQL (PG_VERSION is missing). Move it away, or start anew: npm run reset`);
  }
  await checkRoom(home.folder, NEEDED_BYTES);
  // Made beside and renamed: a run killed in the middle of it leaves nothing that looks finished.
  const unfinished = join(home.folder, 'data.unfinished');
  await rm(unfinished, { recursive: true, force: true });
  await runInitdb(home, unfinished, password);
  await rename(unfinished, folder);
}

async function runInitdb(home: PostgresHome, folder: string, password: string): Promise<void> {
  const secret = await mkdtemp(join(tmpdir(), 'lianfang-'));
  const passwordFile = join(secret, 'password');
  try {
    await writeFile(passwordFile, password, { mode: 0o600 });
    if (home.account) for (const path of [secret, passwordFile]) await chown(path, home.account.uid, home.account.gid);
    await tryLocales(home, [`--pgdata=${folder}`, `--username=${superuser}`, `--pwfile=${passwordFile}`, ...passwordsOnly, '--no-sync']);
  } finally {
    await rm(secret, { recursive: true, force: true });
  }
}

/** How every cluster is made, embedded or in a container. */
const passwordsOnly = ['--auth=scram-sha-256', '--encoding=UTF8'];

const localeOptions = (characters: string): string[] => ['--locale-provider=icu', '--icu-locale=und', '--lc-collate=C', `--lc-ctype=${characters}`, '--lc-messages=C'];

/** The same for a server that makes its own cluster, on Linux. */
export const initdbOptions: readonly string[] = [...passwordsOnly, ...localeOptions('C.UTF-8')];

/** The first name that the system's C library knows: macOS has no C.UTF-8 before version 15. */
async function tryLocales(home: PostgresHome, options: readonly string[]): Promise<void> {
  const locales = process.platform === 'win32' ? ['C'] : ['C.UTF-8', 'en_US.UTF-8'];
  const as = home.account ? { uid: home.account.uid, gid: home.account.gid } : {};
  const problems: string[] = [];
  for (const locale of locales) {
    try {
      await run(program(home.native, 'initdb'), [...options, ...localeOptions(locale)], { ...as, cwd: '/', env: serverEnvironment() });
      return;
    } catch (error) {
      problems.push(error instanceof Error ? error.message : String(error));
    }
  }
  throw new SetupProblem(`PostgreSQL could not make its data folder:\n${problems.join('\n')}`);
}

const mega = (bytes: number): number => Math.floor(bytes / 1_000_000);
