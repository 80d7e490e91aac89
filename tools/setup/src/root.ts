import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** The repository's folder, found from this file whether it runs from `src` or from `dist`. */
export const root = findRoot(__dirname);

/** The bootstrap's and supervisor's plain scripts, which are never built. */
export const setupFolder = join(root, 'tools', 'setup');

/** A built entry point, as in `builtFile('apps/police', 'main')`. */
export const builtFile = (project: string, name: string): string => join(root, 'dist', project, 'src', `${name}.js`);

/** What Node is given to run one of our built programs. */
export const nodeArguments = (file: string): readonly string[] => ['--require', join(setupFolder, 'launch.cjs'), file];

function findRoot(folder: string): string {
  if (existsSync(join(folder, 'nx.json'))) return folder;
  const parent = dirname(folder);
  if (parent === folder) throw new Error('nx.json was not found above this file: run the scripts from a clone of the repository');
  return findRoot(parent);
}
