import { existsSync, writeFileSync } from 'node:fs';
import type { QueryRunner } from 'typeorm';

/** Makes a process die at one of its commits, to show that it comes back right. Never in production. */
export interface CommitFailpoint {
  /** Commits, unless the process dies before it. */
  commit(runner: QueryRunner): Promise<void>;
}

/**
 * Reads `before-commit-7:kill` or `after-commit-7:kill`: the process kills itself (SIGKILL) at its seventh commit that writes something.
 * `once` is a file that is made at that moment; while it exists nothing is killed, so that the restarted process lives.
 * Nothing for an empty text. Throws on anything else.
 */
export function readCommitFailpoint(text: string | undefined, once: string | undefined): CommitFailpoint | undefined {
  if (!text) return undefined;
  const parts = /^(before|after)-commit-(\d{1,6}):kill$/.exec(text);
  if (!parts) throw new Error(`FAILPOINT: expected before-commit-<n>:kill or after-commit-<n>:kill, found "${text}"`);
  const [, side, place] = parts;
  let commits = 0;
  const die = (at: string, commit: number): void => {
    if (side !== at || commit !== Number(place) || (once !== undefined && existsSync(once))) return;
    if (once !== undefined) writeFileSync(once, text);
    process.kill(process.pid, 'SIGKILL');
  };
  return {
    async commit(runner) {
      const [row] = (await runner.query('select pg_current_xact_id_if_assigned() is not null as writes')) as [{ writes: boolean }];
      const commit = row.writes ? (commits += 1) : 0;
      die('before', commit);
      await runner.commitTransaction();
      die('after', commit);
    },
  };
}
