import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { builtFile, nodeArguments, ownEnvironment, SetupProblem, type System } from '@lianfang/setup';
import type { ThrowAway } from './throw-away-system';

/** How a program ended. */
export interface ProgramEnd {
  readonly code: number;
  /** What it wrote, standard output before standard error. */
  readonly output: string;
}

/** Most characters that a program may write. */
const LONGEST_OUTPUT = 16_000_000;

/** Runs one of the repository's built programs as a person would at a terminal, as in `('apps/banks', 'import-ledger')`, and waits for its end. */
export function runProgram(project: string, name: string, { args, env }: { args: readonly string[]; env: Readonly<Record<string, string>> }): Promise<ProgramEnd> {
  const file = builtFile(project, name);
  if (!existsSync(file)) throw new SetupProblem(`${file} is missing: the build has not made it.`);
  return new Promise((resolve, reject) => {
    const options = { env: { ...ownEnvironment(), ...env }, maxBuffer: LONGEST_OUTPUT };
    const child = execFile(process.execPath, [...nodeArguments(file), ...args], options, (error, stdout, stderr) => {
      if (error !== null && typeof error.code !== 'number') reject(error);
      else resolve({ code: child.exitCode ?? 1, output: `${stdout}${stderr}` });
    });
  });
}

/** What the programs of the banks need to reach their ledger. */
export const ledgerEnvironment = ({ databases }: System): Readonly<Record<string, string>> => ({
  WORKER_DATABASE_URL: databases.urlOf('banks', 'worker'),
  KEYRING: databases.keyringOf('banks'),
});

/** What the commands of a checkout need to find a system that does not stand in its usual place. */
export const installationEnvironment = ({ system, folder }: ThrowAway): Readonly<Record<string, string>> => ({ DATA_FOLDER: folder, PORT_POSTGRES: String(system.ports.postgres) });

/** Imports a folder into the banks' ledger through the importer's own command; throws with what it wrote when it refuses. */
export async function importLedger(system: System, args: readonly string[]): Promise<string> {
  const { code, output } = await runProgram('apps/banks', 'core-banking/ledger-import', { args, env: ledgerEnvironment(system) });
  if (code !== 0) throw new Error(`the ledger import ended with code ${code}:\n${output}`);
  return output;
}
