import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, chown, cp, mkdir, readFile, realpath, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { SetupProblem } from '../setup-problem';
import type { Account } from './account';
import { program } from './native-postgres';

const run = promisify(execFile);

/** Where PostgreSQL's programs and its data stand. */
export interface PostgresHome {
  /** `bin lib share` of PostgreSQL. */
  readonly native: string;
  /** Parent of the data folder, owned by whoever PostgreSQL runs as. */
  readonly folder: string;
  readonly account: Account | undefined;
}

interface Wish {
  readonly dataFolder: string;
  readonly native: string;
  readonly account: Account | undefined;
}

/** Says where the data is when it is not under the data folder: this file is what `npm run reset` follows. */
const pointerName = 'postgres-home';

/**
 * Puts PostgreSQL under the data folder where it can work there. Run by root it works as another user, who cannot enter a private
 * checkout (as /root, 0700): then programs and data stand in a folder of their own outside, and a file in the data folder says where.
 */
export async function preparePostgresHome(wish: Wish): Promise<PostgresHome> {
  const { dataFolder, native, account } = wish;
  const folder = (await findOutsideHome(dataFolder)) ?? join(dataFolder, 'postgres');
  await makeOwnFolder(folder, account);
  const problem = await findProblem(native, folder, account);
  if (problem === undefined) return { native, folder, account };
  if (account === undefined) throw new SetupProblem(`The embedded PostgreSQL does not run here: ${problem}\nUse a server of your own: set DATABASE_URL_POLICE and DATABASE_URL_BANKS.`);
  return moveOutside(wish, account);
}

/** The folder outside the data folder that holds this system's data, if it had to go there. */
export async function findOutsideHome(dataFolder: string): Promise<string | undefined> {
  const text = await readFile(join(dataFolder, pointerName), 'utf8').catch(() => undefined);
  return text?.trim();
}

/** Where the copied programs of an outside home stand. */
export const programsBeside = (folder: string): string => `${folder}-programs`;

async function moveOutside({ dataFolder, native }: Wish, account: Account): Promise<PostgresHome> {
  const problems: string[] = [];
  for (const place of await outsidePlaces(dataFolder)) {
    try {
      const copy = programsBeside(place);
      await copyPrograms(native, copy);
      await makeOwnFolder(place, account);
      const problem = await findProblem(copy, place, account);
      if (problem !== undefined) throw new Error(problem);
      await writeFile(join(dataFolder, pointerName), `${place}\n`);
      return { native: copy, folder: place, account };
    } catch (error) {
      problems.push(`${place}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new SetupProblem(
    `PostgreSQL must run as user ${account.name} (it refuses root), who can enter neither this checkout nor another place:\n${problems.join('\n')}\nRun npm start as an ordinary user, or move the checkout to a folder that everybody may enter.`,
  );
}

/** A place that lasts, then one that may not; both named after the checkout, so that two checkouts do not meet. */
async function outsidePlaces(dataFolder: string): Promise<string[]> {
  const known = await findOutsideHome(dataFolder);
  const name = createHash('sha256').update(await realpath(dataFolder)).digest('hex').slice(0, 12);
  return [...(known ? [known] : []), `/var/lib/lianfang/${name}`, join(tmpdir(), `lianfang-${name}`)];
}

async function copyPrograms(native: string, copy: string): Promise<void> {
  const source = `${native} of ${(await stat(join(native, 'bin'))).mtimeMs}`;
  const note = join(copy, 'copied-from');
  if ((await readFile(note, 'utf8').catch(() => undefined)) === source) return;
  await mkdir(dirname(copy), { recursive: true, mode: 0o755 });
  await rm(copy, { recursive: true, force: true });
  await cp(native, copy, { recursive: true, verbatimSymlinks: true });
  await chmod(copy, 0o755);
  await writeFile(note, source);
}

async function makeOwnFolder(folder: string, account: Account | undefined): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  if (account === undefined) return;
  await chown(folder, account.uid, account.gid);
  await chmod(folder, 0o700);
}

/** Tries it out as that user: the programs must load their libraries, and the folder must be open to it. Returns what went wrong. */
async function findProblem(native: string, folder: string, account: Account | undefined): Promise<string | undefined> {
  const as = { cwd: '/', ...(account ? { uid: account.uid, gid: account.gid } : {}) };
  try {
    await run(program(native, 'postgres'), ['--version'], process.platform === 'win32' ? {} : as);
    if (account) await run('/bin/sh', ['-c', 'cd "$1" && test -w .', 'sh', folder], as);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.trim() : String(error);
  }
}
