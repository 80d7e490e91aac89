import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { commitFailpoint } from './commit-failpoint';

let folder: string;
let kill: jest.SpyInstance;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'failpoint-'));
  kill = jest.spyOn(process, 'kill').mockReturnValue(true);
});
afterEach(() => {
  kill.mockRestore();
  rmSync(folder, { recursive: true });
});

/** Commits once and tells how often the process was killed by then, and whether the commit itself came through. */
async function commit(failpoint: ReturnType<typeof commitFailpoint>, writes = true): Promise<{ killed: number; killedAtCommit: number }> {
  let killedAtCommit = -1;
  await failpoint?.commit({ query: async () => [{ writes }], commitTransaction: async () => void (killedAtCommit = kill.mock.calls.length) } as never);
  return { killed: kill.mock.calls.length, killedAtCommit };
}

describe('a failpoint at a commit', () => {
  it('is nothing when no file is named', () => {
    expect(commitFailpoint(undefined)).toBeUndefined();
    expect(commitFailpoint('')).toBeUndefined();
  });

  it.each([
    ['before', { killed: 1, killedAtCommit: 1 }],
    ['after', { killed: 1, killedAtCommit: 0 }],
  ])('counts from its arming the commits that write, dies %s the one that was named, and disarms itself', async (side, expected) => {
    const file = join(folder, 'armed');
    const failpoint = commitFailpoint(file);
    await commit(failpoint);
    writeFileSync(file, `${side}-commit-2:kill`);

    expect(await commit(failpoint)).toMatchObject({ killed: 0 });
    expect(await commit(failpoint, false)).toMatchObject({ killed: 0 });
    expect(await commit(failpoint)).toEqual(expected);
    expect(existsSync(file)).toBe(false);
    expect(kill).toHaveBeenCalledWith(process.pid, 'SIGKILL');
  });

  it('refuses an order that it cannot read', async () => {
    const file = join(folder, 'armed');
    writeFileSync(file, 'during-commit-1:kill');

    await expect(commit(commitFailpoint(file))).rejects.toThrow(/expected before-commit-<n>:kill/);
  });
});
