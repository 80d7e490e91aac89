import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import { chmod, chown, cp, mkdir, readFile, realpath, rm, rmdir, stat, writeFile } from 'node:fs/promises';
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
 * checkout (as below /root, 0700): then its programs, its data or both stand outside, and a file in the data folder says where the data is.
 */
export async function preparePostgresHome({ dataFolder, native, account }: Wish): Promise<PostgresHome> {
  if (account === undefined) return stayHere(dataFolder, native);
  await letPass(dataFolder);
  const programs = (await findFault(native, account)) === undefined ? native : await copyPrograms(native, account);
  return { native: programs, folder: await findDataPlace(dataFolder, account), account };
}

/** The folder outside the data folder that holds this system's data, if it had to go there. */
export async function findOutsideHome(dataFolder: string): Promise<string | undefined> {
  const text = await readFile(join(dataFolder, pointerName), 'utf8').catch(() => undefined);
  return text?.trim();
}

/** The data folder of the embedded server of a system that has run. */
export const findPostgresData = async (dataFolder: string): Promise<string> => join((await findOutsideHome(dataFolder)) ?? join(dataFolder, 'postgres'), 'data');

async function stayHere(dataFolder: string, native: string): Promise<PostgresHome> {
  const fault = await findFault(native, undefined);
  if (fault !== undefined) throw new SetupProblem(`The embedded PostgreSQL does not run here: ${fault}\nUse a server of your own: set DATABASE_URL_POLICE and DATABASE_URL_BANKS.`);
  const folder = join(dataFolder, 'postgres');
  await mkdir(folder, { recursive: true, mode: 0o700 });
  return { native, folder, account: undefined };
}

/** Our own folder may be passed through, not listed; the folders above it are not ours to open. */
async function letPass(dataFolder: string): Promise<void> {
  await mkdir(dataFolder, { recursive: true });
  await chmod(dataFolder, (await stat(dataFolder)).mode | 0o011);
}

async function findDataPlace(dataFolder: string, account: Account): Promise<string> {
  const outside = await findOutsideHome(dataFolder);
  const inside = join(dataFolder, 'postgres');
  const places = outside === undefined ? [inside, ...outsidePlaces(await realpath(dataFolder))] : [outside];
  const folder = await firstThatServes(places, async (place) => {
    await makeWay(place);
    await mkdir(place, { recursive: true, mode: 0o700 });
    await chown(place, account.uid, account.gid);
    await run('/bin/sh', ['-c', 'cd "$1" && test -w .', 'sh', place], { cwd: '/', uid: account.uid, gid: account.gid });
  });
  if (folder === undefined) throw new SetupProblem(noPlace('data', account, places));
  if (folder !== inside) await writeFile(join(dataFolder, pointerName), `${folder}\n`);
  return folder;
}

/** Copies the programs once per checkout; a later run finds them there. */
async function copyPrograms(native: string, account: Account): Promise<string> {
  const places = outsidePlaces(await realpath(native)).map((place) => `${place}-programs`);
  const folder = await firstThatServes(places, async (place) => {
    await copyWhenChanged(native, place);
    const fault = await findFault(place, account);
    if (fault !== undefined) throw new Error(fault);
  });
  if (folder === undefined) throw new SetupProblem(noPlace('programs', account, places));
  return folder;
}

async function firstThatServes(places: readonly string[], attempt: (place: string) => Promise<void>): Promise<string | undefined> {
  for (const place of places) {
    try {
      await attempt(place);
      return place;
    } catch {
      // The next place may serve; when none does, the message names them all.
      await rmdir(place).catch(() => undefined);
    }
  }
  return undefined;
}

const noPlace = (what: string, { name }: Account, places: readonly string[]): string =>
  `PostgreSQL refuses to run as root and runs as user ${name}, for whom there is no place for its ${what}; tried: ${places.join(', ')}.\nRun npm start as an ordinary user, or move the checkout to a folder that everybody may enter.`;

/** A place that lasts, then one that may not; both named after what they stand for, so that two checkouts do not meet. */
function outsidePlaces(path: string): string[] {
  const name = createHash('sha256').update(path).digest('hex').slice(0, 12);
  return [join(lastingPlace, name), join(tmpdir(), `lianfang-${name}`)];
}

const lastingPlace = '/var/lib/lianfang';

/** The lasting place is ours: whoever has something below it must be able to pass through. */
async function makeWay(place: string): Promise<void> {
  if (dirname(place) !== lastingPlace) return;
  await mkdir(lastingPlace, { recursive: true });
  await chmod(lastingPlace, 0o755);
}

async function copyWhenChanged(native: string, copy: string): Promise<void> {
  const source = `${native} of ${(await stat(join(native, 'bin'))).mtimeMs}`;
  const note = join(copy, 'copied-from');
  if ((await readFile(note, 'utf8').catch(() => undefined)) === source) return;
  await makeWay(copy);
  await rm(copy, { recursive: true, force: true });
  await cp(native, copy, { recursive: true, verbatimSymlinks: true });
  await chmod(copy, 0o755);
  await writeFile(note, source);
}

/** Tries the programs out: they must load their libraries as that user. Returns what went wrong. */
async function findFault(native: string, account: Account | undefined): Promise<string | undefined> {
  try {
    await run(program(native, 'postgres'), ['--version'], account ? { cwd: '/', uid: account.uid, gid: account.gid } : {});
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message.trim() : String(error);
  }
}
