import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { findInstallation, parseApp } from '../installation';
import { builtFile, nodeArguments } from '../root';
import { runCommand } from './run-command';

/** `in-app banks core-banking/ledger-import …`: runs an app's own program with the databases and keys that `npm start` has made. */
async function main(): Promise<number> {
  const [word, program = '', ...args] = process.argv.slice(2);
  const app = parseApp(word);
  const env = { ...findInstallation().environmentOf(app) };
  const child = spawn(process.execPath, [...nodeArguments(builtFile(`apps/${app}`, program)), ...args], { env, stdio: 'inherit' });
  const [code] = (await once(child, 'exit')) as [number | null];
  return code ?? 1;
}

runCommand(main);
