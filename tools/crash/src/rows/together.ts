import type { FailingProcess } from '@lianfang/database';
import { LATE, runFlow } from '../accident';
import type { Row } from '../row';
import { placesOf } from './at-point';

/** Pairs that are drawn. */
const PAIRS = 24;

/** Two processes fail in one flow, each at a step of its own that the seed draws. */
export const inPairs: Row = {
  name: 'kill-in-pairs',
  what: 'two processes are killed (-9) in one flow',
  where: 'police and banks: two steps that the seed draws',
  how: `${PAIRS} pairs of fail points, each in one flow`,
  inSample: false,
  of: 'any design',
  run: async (run) => {
    const draw = (process: FailingProcess): string => {
      const own = placesOf(run.design).filter((place) => place.process === process);
      return `${own[Math.floor(run.random() * own.length)]?.point}:kill`;
    };
    let happened = 0;
    for (let pair = 0; pair < PAIRS; pair += 1) happened += await runFlow(run, { armed: { police: [draw('police')], banks: [draw('banks')] }, mustHappen: false, patience: LATE });
    return happened;
  },
};

/** Killed at a step, and again when it comes by there after its restart. */
export const inRecovery: Row = {
  name: 'kill-in-recovery',
  what: 'a process is killed (-9) again while it makes good',
  where: 'police, banks: every named step, twice in a row',
  how: 'SIGKILL at a fail point, and at the same one when the restarted process comes by',
  inSample: false,
  of: 'any design',
  run: async (run) => {
    let happened = 0;
    for (const { process, point } of placesOf(run.design)) {
      if (process === 'gateway') continue;
      happened += await runFlow(run, { armed: { [process]: [`${point}:kill`, `${point}:kill`] }, mustHappen: false });
    }
    return happened;
  },
};
