import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';

/** Lets the nth flush of every process of a server fail, for a while. Returns how many failed. Needs strace and the right to trace. */
export async function failFlushes(serverPid: number, { nth, milliseconds }: { nth: number; milliseconds: number }): Promise<number> {
  const pids = [serverPid, ...childrenOf(serverPid)];
  const args = ['-f', '-qq', '-e', 'trace=fsync,fdatasync', '-e', `inject=fsync,fdatasync:error=EIO:when=${nth}`, ...pids.flatMap((pid) => ['-p', String(pid)])];
  const tracer = spawn('strace', args, { stdio: ['ignore', 'ignore', 'pipe'] });
  const told: string[] = [];
  tracer.stderr.on('data', (part: Buffer) => told.push(part.toString('utf8')));
  const ended = Promise.race([once(tracer, 'close'), once(tracer, 'error').then(([error]: unknown[]) => Promise.reject(new Error('strace could not be started', { cause: error })))]);
  await Promise.race([pause(milliseconds), ended]);
  // Its own end lets the traced processes go on without it.
  tracer.kill('SIGTERM');
  await ended;
  return told.join('').split('\n').filter((line) => line.includes('(INJECTED)')).length;
}

const childrenOf = (pid: number): number[] => readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').trim().split(' ').filter((text) => text !== '').map(Number);
