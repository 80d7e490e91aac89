import { readFileSync } from 'node:fs';
import { isRunByNpm } from './config';

/** How often we look whether npm is still there, in milliseconds. */
const LOOK_EVERY_MS = 500;

/**
 * Calls `leave` once when the npm that started us is gone, even by kill -9: the shell between npm and us would live on
 * and we with it. Without npm (run by hand) our direct parent counts.
 */
export function watchAncestors(leave: () => void): void {
  const links = ancestry(process.pid, process.ppid);
  const timer = setInterval(() => {
    if (links.every(({ child, parent }) => parentOf(child) === parent)) return;
    clearInterval(timer);
    leave();
  }, LOOK_EVERY_MS);
  timer.unref();
}

interface Link {
  readonly child: number;
  readonly parent: number;
}

/** Our line up to npm: when a link of it changes, somebody in it has ended. */
function ancestry(child: number, parent: number): Link[] {
  const link = { child, parent };
  if (parent <= 1 || isNpm(parent) || !isRunByNpm()) return [link];
  const next = parentOf(parent);
  return next === undefined || next <= 1 ? [link] : [link, ...ancestry(parent, next)];
}

function parentOf(pid: number): number | undefined {
  if (pid === process.pid) return process.ppid;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return Number(stat.slice(stat.lastIndexOf(')') + 2).split(' ')[1]);
  } catch {
    // Elsewhere than on Linux only our direct parent is watched.
    return undefined;
  }
}

function isNpm(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('npm');
  } catch {
    return false;
  }
}
