import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { basename, dirname, join, sep } from 'node:path';

/** The repository's folder. */
export const root = findRoot(__dirname);

/** A file of the house, with `/` in its path on every system. */
export interface HouseFile {
  /** As in `libs/access/src/permissions.ts`. */
  readonly path: string;
  /** Its name, as in `permissions.ts`. */
  readonly name: string;
}

/** A project folder, as in `libs/access`. */
export interface Project {
  readonly path: string;
  readonly kind: 'apps' | 'libs' | 'tools';
}

/** Every file that git has or would take: what is ignored is not ours to judge. */
export const files: readonly HouseFile[] = listFiles();

/** Our TypeScript. */
export const sources = files.filter(({ path }) => /^(apps|libs|tools)\/.*\.tsx?$/.test(path));

/** Our TypeScript without specs and their kits. */
export const productionSources = sources.filter(({ path }) => !/\.(spec|e2e)\.tsx?$|\/src\/testing\//.test(path) && !path.startsWith('libs/testing/'));

/** The projects: one folder each under apps, libs and tools. */
export const projects: readonly Project[] = (['apps', 'libs', 'tools'] as const).flatMap((kind) =>
  readdirSync(join(root, kind), { withFileTypes: true })
    .filter((entry) => entry.isDirectory() && existsSync(join(root, kind, entry.name, 'project.json')))
    .map((entry) => ({ kind, path: `${kind}/${entry.name}` })),
);

/** A file's text. */
export const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');

/** Whether the house has a file. */
export const hasFile = (path: string): boolean => existsSync(join(root, path));

/** Every place in `among` whose line matches, as in `libs/x/src/y.ts:12`. */
export function placesOf(pattern: RegExp, among: readonly HouseFile[]): string[] {
  return among.flatMap(({ path }) =>
    textOf(path)
      .split('\n')
      .flatMap((line, index) => (pattern.test(line) ? [`${path}:${index + 1}`] : [])),
  );
}

function listFiles(): HouseFile[] {
  const output = execFileSync('git', ['-c', 'core.quotePath=false', '-c', 'safe.directory=*', 'ls-files', '--cached', '--others', '--exclude-standard', '-z'], { cwd: root, encoding: 'utf8', maxBuffer: 1e8 });
  return output
    .split('\0')
    .filter((path) => path !== '' && existsSync(join(root, path)))
    .map((path) => path.split(sep).join('/'))
    .map((path) => ({ path, name: basename(path) }));
}

function findRoot(folder: string): string {
  return existsSync(join(folder, 'nx.json')) ? folder : findRoot(dirname(folder));
}
