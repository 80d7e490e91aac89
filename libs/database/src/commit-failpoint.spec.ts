import { readCommitFailpoint } from './commit-failpoint';

describe('a failpoint at a commit', () => {
  it('is nothing when nothing is asked for', () => {
    expect(readCommitFailpoint(undefined, undefined)).toBeUndefined();
    expect(readCommitFailpoint('', undefined)).toBeUndefined();
  });

  it.each(['before-commit-7', 'before-commit-x:kill', 'during-commit-1:kill', 'before-commit-1:pause'])('refuses %s with what it expects', (text) => {
    expect(() => readCommitFailpoint(text, undefined)).toThrow(/expected before-commit-<n>:kill/);
  });

  it('counts only commits that write, and dies at the one that was named', async () => {
    const kill = jest.spyOn(process, 'kill').mockReturnValue(true);
    const committed: string[] = [];
    const runner = (writes: boolean) => ({ query: async () => [{ writes }], commitTransaction: async () => void committed.push('commit') });
    const failpoint = readCommitFailpoint('after-commit-2:kill', undefined);

    const killedAfter: number[] = [];
    for (const writes of [true, false, true, true]) {
      await failpoint?.commit(runner(writes) as never);
      killedAfter.push(kill.mock.calls.length);
    }

    expect(killedAfter).toEqual([0, 0, 1, 1]);
    expect(kill).toHaveBeenCalledWith(process.pid, 'SIGKILL');
    expect(committed).toHaveLength(4);
    kill.mockRestore();
  });
});
