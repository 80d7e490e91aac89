import { readdir, readFile } from 'node:fs/promises';
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

/** Processor time that each process has used, in milliseconds; Postgres with its sessions. */
export async function processorTime({ supervisor }: System): Promise<Record<(typeof processNames)[number], number>> {
  const [gateway, police, banks, identity] = await Promise.all((['gateway', 'police', 'banks', 'identity'] as const).map((name) => cpuMilliseconds(supervisor.pidOf(name))));
  return { gateway: gateway ?? 0, police: police ?? 0, banks: banks ?? 0, identity: identity ?? 0, postgres: await cpuWithChildren(supervisor.pidOf('postgres')) };
}

/** Clock ticks per second of /proc; Linux has had 100 on every machine of ours. */
const TICKS = 100;

/** Processor time that a process has used, in milliseconds. */
export async function cpuMilliseconds(pid: number | undefined): Promise<number> {
  const { own } = readTimes(await readFile(`/proc/${pid ?? 0}/stat`, 'utf8'));
  return own;
}

/** The same of a process and all its children, those that have ended included: a Postgres server with its sessions. */
export async function cpuWithChildren(pid: number | undefined): Promise<number> {
  const ids = (await readdir('/proc')).filter((name) => /^\d+$/.test(name));
  // Between the listing and the reading a process may end: then its time is in its parent's.
  const stats = await Promise.all(ids.map((id) => readFile(`/proc/${id}/stat`, 'utf8').catch(() => undefined)));
  const times = stats.flatMap((stat) => (stat === undefined ? [] : [readTimes(stat)]));
  const server = times.find(({ id }) => id === pid);
  const children = times.filter(({ parent }) => parent === pid).reduce((sum, { own }) => sum + own, 0);
  return (server?.own ?? 0) + (server?.ended ?? 0) + children;
}

/** The parent of a process of this machine. */
export const parentOf = async (pid: number): Promise<number> => readTimes(await readFile(`/proc/${pid}/stat`, 'utf8')).parent;

/** A line of /proc/PID/stat: its processor time and that of its ended children, in milliseconds. */
function readTimes(stat: string): { id: number; parent: number; own: number; ended: number } {
  // The name in brackets may hold spaces.
  const after = stat.slice(stat.lastIndexOf(')') + 2).split(' ').map(Number);
  const [user = 0, system = 0, endedUser = 0, endedSystem = 0] = after.slice(11, 15);
  return { id: Number.parseInt(stat, 10), parent: after[1] ?? 0, own: ((user + system) * 1000) / TICKS, ended: ((endedUser + endedSystem) * 1000) / TICKS };
}
