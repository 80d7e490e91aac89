import { runFlow } from '../accident';
import type { Row } from '../row';

/** Writing commits of one process in a flow, more than there are: the row itself finds the last. */
const MOST = 60;

const words = {
  kill: { what: 'a process is killed (-9), and again in its recovery', how: 'SIGKILL right before the nth commit; once restarted, SIGKILL right after its nth' },
  error: { what: 'a commit fails, and a commit is done whose answer is lost', how: 'the nth commit throws before it is tried; then another nth throws once it is done' },
} as const;

/** Every commit that writes, named or not. */
export const atCommit: readonly Row[] = (['kill', 'error'] as const).map((failure) => ({
  name: `${failure}-at-commit`,
  ...words[failure],
  where: 'police, banks: every commit that writes, from the approval to the confirmed release',
  inSample: false,
  of: 'Lianfang',
  run: async (run) => {
    let happened = 0;
    for (const process of ['police', 'banks'] as const) {
      for (let nth = 1; nth <= MOST; nth += 1) {
        const now = await runFlow(run, { armed: { [process]: [`database.before-commit#${nth}:${failure}`, `database.after-commit#${nth}:${failure}`] }, mustHappen: false });
        happened += now;
        if (now === 0) break;
      }
    }
    return happened;
  },
}));
