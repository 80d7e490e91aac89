import { readFile, readlink, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { SetupProblem } from '../setup-problem';
import { waitUntil } from '../wait';

/** Longest wait for a left server to end, in milliseconds. */
const STOP_MS = 20_000;

/**
 * Clears what a killed run may have left in the data folder: a server that still runs is stopped in order; a `postmaster.pid`
 * whose number now belongs to another program is removed, because PostgreSQL would take that program for its own.
 */
export async function clearLeftover(dataFolder: string): Promise<'nothing' | 'stopped' | 'removed'> {
  const lockFile = join(dataFolder, 'postmaster.pid');
  const text = await readFile(lockFile, 'utf8').catch(() => undefined);
  const pid = Number(text?.split('\n', 1)[0]);
  if (!Number.isInteger(pid) || pid <= 1) return 'nothing';
  if (!isAlive(pid)) return 'nothing';
  if (!(await isPostgres(pid))) {
    await rm(lockFile, { force: true });
    return 'removed';
  }
  process.kill(pid, 'SIGINT');
  if (!(await waitUntil(() => !isAlive(pid), STOP_MS))) {
    throw new SetupProblem(`PostgreSQL of an earlier run (process ${pid}) still has ${dataFolder} and does not stop. End it, then start again.`);
  }
  return 'stopped';
}

/** Whether a process of that number exists, ours or not. */
export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

async function isPostgres(pid: number): Promise<boolean> {
  // Where the system does not tell, PostgreSQL's own check decides.
  if (process.platform !== 'linux') return true;
  const executable = await readlink(`/proc/${pid}/exe`).catch(() => readFile(`/proc/${pid}/comm`, 'utf8'));
  return /postgres/.test(executable);
}
