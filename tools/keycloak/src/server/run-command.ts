import { spawn } from 'node:child_process';
import { SetupProblem } from '@lianfang/setup';

/** A command as it is run, with what is told when it fails. */
export interface Command {
  readonly program: string;
  readonly args: readonly string[];
  readonly environment: NodeJS.ProcessEnv;
  /** What did not happen and what to do, in one sentence. */
  readonly otherwise: string;
  /** Longest time that it may take, in milliseconds; default ten minutes. */
  readonly milliseconds?: number;
}

/** Lines of a failed command that are told. */
const TOLD_LINES = 12;

/** Runs a command to its end. Throws a `SetupProblem` with `otherwise` and the end of what it wrote. */
export async function runCommand({ program, args, environment, otherwise, milliseconds = 600_000 }: Command): Promise<string> {
  let output = '';
  let limit: NodeJS.Timeout | undefined;
  const code = await new Promise<number | string>((resolve) => {
    const child = spawn(program, args, { env: environment, stdio: ['ignore', 'pipe', 'pipe'] });
    limit = setTimeout(() => child.kill(), milliseconds);
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => (output += chunk.toString('utf8')));
    child.once('error', (error) => resolve(error.message));
    child.once('close', (ended, signal) => resolve(ended ?? signal ?? 'no code'));
  });
  clearTimeout(limit);
  if (code === 0) return output;
  throw new SetupProblem(`${otherwise}\n${program} ended with ${code}:\n${output.trimEnd().split('\n').slice(-TOLD_LINES).join('\n')}`);
}
