'use strict';
/*
 * Outlives the supervisor: when the supervisor ends, however it ends, standard input closes and every process that it
 * still had is stopped here, last started first. Lines: `+<pid> <signal>` adds a process, `-<pid>` forgets it.
 * Plain JavaScript, because it must run before anything is built and needs nothing installed.
 */

/** Milliseconds that a process may take to end before it is killed. */
const PATIENCE_MS = Number(process.argv[2]);
const LOOK_EVERY_MS = 50;

const watched = new Map();
let rest = '';

// Ctrl-C and a closing terminal are the supervisor's business; the guard goes when its pipe closes.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => undefined);

process.stdin.setEncoding('utf8');
process.stdin.on('data', (text) => {
  const lines = (rest + text).split('\n');
  rest = lines.pop();
  for (const line of lines) obey(line);
});
process.stdin.on('end', stopAll);
process.stdin.on('error', stopAll);

function obey(line) {
  const [, sign, pid, signal] = /^([+-])(\d+)(?: (\w+))?$/.exec(line) ?? [];
  if (sign === '+') watched.set(Number(pid), signal);
  if (sign === '-') watched.delete(Number(pid));
}

async function stopAll() {
  for (const [pid, signal] of [...watched].reverse()) await stopOne(pid, signal);
  process.exit(0);
}

async function stopOne(pid, signal) {
  if (!send(pid, signal)) return;
  const patienceEnds = Date.now() + PATIENCE_MS;
  while (Date.now() < patienceEnds) {
    await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
    if (!send(pid, 0)) return;
  }
  // The whole group, so that what a killed process started goes too. Windows has no groups.
  if (process.platform === 'win32' || !send(-pid, 'SIGKILL')) send(pid, 'SIGKILL');
}

function send(pid, signal) {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
