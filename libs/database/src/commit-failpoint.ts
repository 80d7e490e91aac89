import { readFileSync, rmSync } from 'node:fs';
import type { QueryRunner } from 'typeorm';

/** Makes a process die at one of its commits, to show that it comes back right. Never in production. */
export interface CommitFailpoint {
  /** Commits, unless the process dies before it. */
  commit(runner: QueryRunner): Promise<void>;
}

interface Order {
  readonly side: 'before' | 'after';
  readonly place: number;
}

/**
 * A failpoint that a test arms while the process runs: it writes `before-commit-7:kill` or `after-commit-7:kill` into `file`, and the process
 * kills itself (SIGKILL) at the seventh commit from then on that writes something. It removes the file first, so that the restarted process lives.
 * No failpoint without a file's name.
 */
export function commitFailpoint(file: string | undefined): CommitFailpoint | undefined {
  if (!file) return undefined;
  let armed = '';
  let commits = 0;
  const count = (text: string): Order | undefined => {
    commits = text === armed ? commits + 1 : 1;
    armed = text;
    return text === '' ? undefined : readOrder(text);
  };
  return {
    async commit(runner) {
      const [row] = (await runner.query('select pg_current_xact_id_if_assigned() is not null as writes')) as [{ writes: boolean }];
      const order = row.writes ? count(readIfThere(file)) : undefined;
      const isHere = order?.place === commits;
      if (isHere && order?.side === 'before') die(file);
      await runner.commitTransaction();
      if (isHere && order?.side === 'after') die(file);
    },
  };
}

function readOrder(text: string): Order {
  const parts = /^(before|after)-commit-(\d{1,6}):kill$/.exec(text);
  if (!parts) throw new Error(`failpoint: expected before-commit-<n>:kill or after-commit-<n>:kill, found "${text}"`);
  return { side: parts[1] === 'before' ? 'before' : 'after', place: Number(parts[2]) };
}

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    // Not armed: the file is there only while a test wants an accident.
    return '';
  }
}

function die(file: string): void {
  rmSync(file, { force: true });
  process.kill(process.pid, 'SIGKILL');
}
