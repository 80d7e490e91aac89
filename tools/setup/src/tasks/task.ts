import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { text } from 'node:stream/consumers';
import { builtFile, nodeArguments, root } from '../root';
import { SetupProblem } from '../setup-problem';

/**
 * Runs one of the programs of this folder to its end, in a process of its own: what it needs (TypeORM, the exchange) would otherwise
 * stay in the supervisor's memory for as long as the system runs. The input goes through its standard input, where no `ps` shows it.
 */
export async function runTask(name: string, input: unknown): Promise<void> {
  const child = spawn(process.execPath, nodeArguments(builtFile('tools/setup', `tasks/${name}`)), { cwd: root, stdio: ['pipe', 'ignore', 'pipe'] });
  child.stdin.end(JSON.stringify(input));
  const [told, [code]] = await Promise.all([text(child.stderr), once(child, 'exit') as Promise<[number | null]>]);
  if (code !== 0) throw new SetupProblem(told.trim());
}

/** The other end: reads the input and does the work; what goes wrong is told in one line. */
export function serveTask<Input>(work: (input: Input) => Promise<void>): void {
  work(JSON.parse(readFileSync(0, 'utf8')) as Input).catch((error: unknown) => {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 1;
  });
}
