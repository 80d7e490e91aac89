import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { builtFile } from '@lianfang/setup';

/** A process that was started and listens. */
export interface Listening {
  readonly child: ChildProcess;
  readonly port: number;
}

/** A gateway under measurement. */
export interface Candidate extends Listening {
  readonly name: string;
}

/** What a process of the benchmark is started with. */
export interface Start {
  readonly file: string;
  readonly parameters?: readonly string[];
  readonly folder?: string;
  readonly environment?: NodeJS.ProcessEnv;
}

/** Starts a process that tells its port when it listens. */
export async function listen(start: Start): Promise<Listening> {
  const child = launch(start);
  const [told] = (await Promise.race([once(child, 'message'), once(child, 'exit').then(() => Promise.reject(new Error(`${start.file} did not start`)))])) as [{ port: number }];
  return { child, port: told.port };
}

/** Starts a process as it is run in production, able to tell what it has used. */
export function launch({ file, parameters = [], folder, environment = {} }: Start): ChildProcess {
  return fork(file, [...parameters], { cwd: folder, execArgv: ['--require', builtFile('tools/bench', 'gateways/report-usage')], env: { ...environment, NODE_ENV: 'production' }, stdio: ['ignore', 'ignore', 'inherit', 'ipc'] });
}

/** What a process has used so far: processor time of all its threads, and what memory it holds now. */
export interface Usage {
  readonly milliseconds: number;
  readonly megabytes: number;
}

/** Asks a process what it has used. */
export async function usageOf({ child }: Listening): Promise<Usage> {
  const answered = once(child, 'message');
  child.send('usage');
  const [{ usage, memory }] = (await answered) as [{ usage: NodeJS.CpuUsage; memory: number }];
  return { milliseconds: (usage.user + usage.system) / 1_000, megabytes: Math.round(memory / 1e6) };
}
