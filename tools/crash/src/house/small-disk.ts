import { execFile } from 'node:child_process';
import { mkdtemp, open, rm, rmdir, chmod } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

/** Mounts a small disk in memory and gives its folder to `use`. Throws where mounting is not allowed: this needs root on Linux. */
export async function withSmallDisk<Result>(megabytes: number, use: (folder: string) => Promise<Result>): Promise<Result> {
  const folder = await mkdtemp(join(tmpdir(), 'lianfang-disk-'));
  try {
    await run('mount', ['-t', 'tmpfs', '-o', `size=${megabytes}m`, 'tmpfs', folder]);
  } catch (cause) {
    await rmdir(folder);
    throw new Error('a small disk could not be mounted: this row needs root on Linux', { cause });
  }
  try {
    await chmod(folder, 0o755);
    return await use(folder);
  } finally {
    await run('umount', ['-l', folder]);
    await rmdir(folder).catch(() => undefined);
  }
}

const PIECE = Buffer.alloc(1_000_000, 1);

/** Fills the disk of a folder to its last byte, and returns how to make room again. */
export async function fillDisk(folder: string): Promise<() => Promise<void>> {
  const file = join(folder, 'everything-that-fits');
  const handle = await open(file, 'w');
  try {
    for (;;) await handle.write(PIECE);
  } catch (error) {
    if (!(error instanceof Error && 'code' in error && error.code === 'ENOSPC')) throw error;
  } finally {
    await handle.close();
  }
  return () => rm(file, { force: true });
}
