'use strict';
/* Notices that the npm which started us is gone. Plain JavaScript, because it already watches while the packages are being installed. */
const { readFileSync } = require('node:fs');

/** How often we look whether npm is still there, in milliseconds. */
const LOOK_EVERY_MS = 500;

/**
 * Calls `leave` once when the npm that started us is gone, even by kill -9: the shell between npm and us would live on
 * and we with it. Without npm (run by hand) our direct parent counts.
 */
function watchAncestors(leave) {
  const links = ancestry(process.pid, process.ppid);
  const timer = setInterval(() => {
    if (links.every(({ child, parent }) => parentOf(child) === parent)) return;
    clearInterval(timer);
    leave();
  }, LOOK_EVERY_MS);
  timer.unref();
}

/** Our line up to npm: when a link of it changes, somebody in it has ended. */
function ancestry(child, parent) {
  const link = { child, parent };
  if (parent <= 1 || isNpm(parent) || process.env.npm_lifecycle_event === undefined) return [link];
  const next = parentOf(parent);
  return next === undefined || next <= 1 ? [link] : [link, ...ancestry(parent, next)];
}

function parentOf(pid) {
  if (pid === process.pid) return process.ppid;
  // Elsewhere than on Linux only our direct parent is watched.
  const fields = statOf(pid);
  return fields === undefined ? undefined : Number(fields[1]);
}

/**
 * When a process began, in the kernel's ticks; nothing where the system does not tell or no such process is there.
 * A number alone may be given to another program later.
 */
function birthOf(pid) {
  return statOf(pid)?.[19];
}

/** The fields of /proc/PID/stat from the third on; the name before them may hold spaces, so they are counted from the closing parenthesis. */
function statOf(pid) {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  } catch {
    return undefined;
  }
}

function isNpm(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').startsWith('npm');
  } catch {
    return false;
  }
}

module.exports = { watchAncestors, birthOf };
