import { existsSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { ownEnvironment, readConfig } from './config';
import { findOutsideHome } from './postgres/home';
import { findRun } from './run-lock';
import { SetupProblem, told } from './setup-problem';
import { logFolder } from './system';

/** `npm run reset`: deletes the data of this checkout's development system, and nothing else. Refuses while it runs. Copied programs stay: another run of this checkout may use them. */
export async function reset(environment: NodeJS.ProcessEnv = ownEnvironment()): Promise<string> {
  const { dataFolder } = readConfig({ ...environment, NODE_ENV: undefined });
  const running = findRun(dataFolder);
  if (running !== undefined) throw new SetupProblem(`Lianfang runs (process ${running}); stop it first, with Ctrl-C or: kill ${running}`);
  const outside = await findOutsideHome(dataFolder);
  if (!existsSync(dataFolder)) return `There is nothing to delete: ${dataFolder} does not exist.`;
  // A mistyped DATA_FOLDER must not cost somebody's files: every run of ours leaves its logs, one that came to nothing its secrets.
  if (![logFolder(dataFolder), join(dataFolder, 'secrets.json')].some((sign) => existsSync(sign))) {
    throw new SetupProblem(`${dataFolder} was not made by Lianfang (it has no folder "logs"); nothing was deleted.`);
  }
  const folders = [dataFolder, ...(outside === undefined ? [] : [outside])];
  for (const folder of folders) rmSync(folder, { recursive: true, force: true });
  return `Deleted ${folders.join(', ')}. The next npm start begins anew.`;
}

if (require.main === module) {
  reset().then(console.log, (error: unknown) => {
    console.error(told(error));
    process.exitCode = 1;
  });
}
