import { runFlow } from '../accident';
import type { Row } from '../row';

/** Writing commits of one process in a flow, more than there are: the row itself finds the last. */
const MOST = 60;

/** Every commit that writes, named or not: killed right before it, and in the recovery that follows right after the same one. */
export const atCommit: Row = {
  name: 'kill-at-commit',
  what: 'a process is killed (-9), and again in its recovery',
  where: 'police, banks: every commit that writes, from the approval to the confirmed release',
  how: 'SIGKILL right before the nth commit; once restarted, SIGKILL right after its nth',
  inSample: false,
  of: 'Lianfang',
  run: async (run) => {
    let happened = 0;
    for (const process of ['police', 'banks'] as const) {
      for (let nth = 1; nth <= MOST; nth += 1) {
        const now = await runFlow(run, { armed: { [process]: [`database.before-commit#${nth}:kill`, `database.after-commit#${nth}:kill`] }, mustHappen: false });
        happened += now;
        if (now === 0) break;
      }
    }
    return happened;
  },
};
