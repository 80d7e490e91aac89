import { readFile } from 'node:fs/promises';
import type { System } from '@lianfang/setup';

/** The processes of a system, as the supervisor names them. */
export const processNames = ['gateway', 'police', 'banks', 'identity', 'postgres'] as const;

/** Resident memory of each process in megabytes; Postgres with all its children. */
export async function residentMegabytes({ supervisor }: System): Promise<Record<string, number>> {
  const entries = await Promise.all(processNames.map(async (name) => [name, await resident(supervisor.pidOf(name))] as const));
  return Object.fromEntries(entries);
}

async function resident(pid: number | undefined): Promise<number> {
  const status = await readFile(`/proc/${pid ?? 0}/status`, 'utf8').catch(() => '');
  return Math.round(Number(/^VmRSS:\s+(\d+) kB/m.exec(status)?.[1] ?? 0) / 1024);
}

/** Clock ticks per second of /proc; Linux has had 100 on every machine of ours. */
const TICKS = 100;

/** Processor time that a process has used, in milliseconds. */
export async function cpuMilliseconds(pid: number | undefined): Promise<number> {
  const stat = await readFile(`/proc/${pid ?? 0}/stat`, 'utf8');
  const [user = 0, system = 0] = stat.slice(stat.lastIndexOf(')') + 2).split(' ').slice(11, 13).map(Number);
  return ((user + system) * 1000) / TICKS;
}
