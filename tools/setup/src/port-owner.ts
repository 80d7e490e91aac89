import { execFile } from 'node:child_process';
import { readFile, readdir, readlink } from 'node:fs/promises';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** The process that listens on a local TCP port, as in `node …/apps/police/src/main.js (process 4711)`; nothing when the system does not tell. */
export async function portOwner(port: number): Promise<string | undefined> {
  try {
    return process.platform === 'linux' ? await ownerFromProc(port) : await ownerFromLsof(port);
  } catch {
    // Only a comfort of the message: without the right to look, the message names the port alone.
    return undefined;
  }
}

async function ownerFromProc(port: number): Promise<string | undefined> {
  const tables = await Promise.all(['/proc/net/tcp', '/proc/net/tcp6'].map((file) => readFile(file, 'utf8').catch(() => '')));
  const inodes = new Set(tables.flatMap((table) => listeningInodes(table, port)));
  for (const pid of (await readdir('/proc')).filter((name) => /^\d+$/.test(name))) {
    if (await holdsSocket(pid, inodes)) return `${shortened(await readFile(`/proc/${pid}/cmdline`, 'utf8')) || 'a program without a name'} (process ${pid})`;
  }
  return undefined;
}

/** Inodes of the sockets that listen on `port`, from the text of /proc/net/tcp: hexadecimal ports, state 0A is LISTEN. */
export function listeningInodes(table: string, port: number): string[] {
  const hexPort = port.toString(16).toUpperCase().padStart(4, '0');
  return table
    .split('\n')
    .map((line) => line.trim().split(/\s+/))
    .filter((columns) => columns[1]?.endsWith(`:${hexPort}`) && columns[3] === '0A')
    .flatMap((columns) => columns[9] ?? []);
}

/** Most characters of a command line that a sentence can bear. */
const LONGEST_COMMAND = 80;

/** A command line as in /proc/PID/cmdline, short enough for a sentence: the program without its folder, long paths by their last folders. */
export function shortened(commandLine: string): string {
  // A program that gives itself a title (PostgreSQL, npm) fills the rest with empty words.
  const [program = '', ...words] = commandLine.replace(/\0--require\0[^\0]*/g, '').split('\0').filter((word) => word !== '');
  const text = [program.replace(/^\/.*\//, ''), ...words.map(lastFolders)].join(' ');
  return text.length > LONGEST_COMMAND ? `${text.slice(0, LONGEST_COMMAND - 1)}…` : text;
}

/** As in `…/apps/police/src/main.js`. */
const lastFolders = (word: string): string => word.replace(/^\/.*?((?:\/[^/]+){1,4})$/, (whole, last: string) => (whole === last ? whole : `…${last}`));

async function holdsSocket(pid: string, inodes: ReadonlySet<string>): Promise<boolean> {
  const handles = await readdir(`/proc/${pid}/fd`).catch(() => []);
  const targets = await Promise.all(handles.map((handle) => readlink(`/proc/${pid}/fd/${handle}`).catch(() => '')));
  return targets.some((target) => inodes.has(/^socket:\[(\d+)\]$/.exec(target)?.[1] ?? ''));
}

async function ownerFromLsof(port: number): Promise<string | undefined> {
  const { stdout } = await run('lsof', ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc']);
  const pid = /^p(\d+)$/m.exec(stdout)?.[1];
  return pid && `${/^c(.+)$/m.exec(stdout)?.[1] ?? 'process'} (process ${pid})`;
}
