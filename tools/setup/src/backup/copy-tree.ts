import { execFile } from 'node:child_process';
import { chmod, chown, copyFile, mkdir, opendir, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import type { Account } from '../postgres/account';

const run = promisify(execFile);

/** How a tree is copied. */
export interface TreeOptions {
  /** Whether something below the tree is left out, by its path from the top. A folder that is left out is made, empty. */
  readonly leavesOut?: (path: string) => boolean;
  /** Who owns the copy. */
  readonly account?: Account | undefined;
}

/** Copies a folder to a new place, private to its owner, and returns when the disk has it. What vanishes meanwhile is not copied: a server at work removes its temporary files. */
export async function copyTree(from: string, to: string, options: TreeOptions = {}): Promise<void> {
  await copyFolder({ from, to, path: '' }, options);
  await run('sync', ['-f', to]);
}

async function copyFolder({ from, to, path }: { from: string; to: string; path: string }, options: TreeOptions): Promise<void> {
  await mkdir(join(to, path), { recursive: true, mode: 0o700 });
  await give(join(to, path), options);
  if (path !== '' && options.leavesOut?.(path)) return;
  for await (const entry of await opendir(join(from, path))) {
    const inner = join(path, entry.name);
    if (entry.isDirectory()) await copyFolder({ from, to, path: inner }, options);
    else if (entry.isFile() && !options.leavesOut?.(inner)) await copyOne(join(from, inner), join(to, inner), options);
  }
}

async function copyOne(from: string, to: string, options: TreeOptions): Promise<void> {
  try {
    await copyFile(from, to);
    await chmod(to, (await stat(from)).mode & 0o700);
    await give(to, options);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOENT')) throw error;
  }
}

async function give(path: string, { account }: TreeOptions): Promise<void> {
  if (account) await chown(path, account.uid, account.gid);
}
