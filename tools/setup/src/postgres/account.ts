import { execFile } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { promisify } from 'node:util';
import { SetupProblem } from '../setup-problem';

const run = promisify(execFile);

/** A user of the operating system. */
export interface Account {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/** Made when the machine has none of the usual ones. */
const ownName = 'lianfang-postgres';

/** The user to run PostgreSQL as: nothing when we are not root; as root somebody else, because PostgreSQL refuses root. */
export async function findUnprivilegedAccount(): Promise<Account | undefined> {
  if (process.getuid?.() !== 0) return undefined;
  const known = findAccount(await readFile('/etc/passwd', 'utf8'), ['postgres', ownName, 'nobody']);
  return known ?? makeAccount();
}

/** The first of `names` that /etc/passwd has (`name:x:uid:gid:…`). */
export function findAccount(passwd: string, names: readonly string[]): Account | undefined {
  const rows = passwd.split('\n').map((line) => line.split(':'));
  for (const name of names) {
    const row = rows.find((columns) => columns[0] === name);
    const [uid, gid] = [Number(row?.[2]), Number(row?.[3])];
    if (row && uid > 0 && gid > 0) return { name, uid, gid };
  }
  return undefined;
}

async function makeAccount(): Promise<Account> {
  try {
    await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/sbin/nologin', ownName]);
  } catch (cause) {
    throw new SetupProblem('PostgreSQL refuses to run as root, and no other user could be made. Run npm start as an ordinary user, or make a user named "postgres" first.', { cause });
  }
  const made = findAccount(await readFile('/etc/passwd', 'utf8'), [ownName]);
  if (made === undefined) throw new SetupProblem(`The user ${ownName} was made but is not in /etc/passwd. Run npm start as an ordinary user.`);
  return made;
}
