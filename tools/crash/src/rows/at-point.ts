import { failures, type FailingProcess, type FailpointName, type Failure } from '@lianfang/database';
import { runFlow } from '../accident';
import type { Design } from '../design';
import type { Row } from '../row';

interface Place {
  readonly process: FailingProcess;
  readonly point: FailpointName;
}

/** Every place of a design at which a named step can fail; the two around any commit have a row of their own. */
export const placesOf = ({ points }: Design): readonly Place[] =>
  (Object.entries(points) as [FailingProcess, readonly FailpointName[]][]).flatMap(([process, names]) => names.filter((point) => !point.startsWith('database.')).map((point) => ({ process, point })));

/** The places that `npm test` takes: one at each side of the wire and of the core. */
const sampled: readonly FailpointName[] = ['order.approve.committed-before-answer', 'outbox.relay.sent-before-marked', 'inbox.committed-before-receipt', 'core.hold.after-call-before-record'];

const isSampled = ({ process, point }: Place): boolean => sampled.includes(point) && (process === 'police') === (point.startsWith('order.') || point.startsWith('outbox.'));

const words: Readonly<Record<Failure, { what: string; how: string }>> = {
  kill: { what: 'a process is killed (-9)', how: 'SIGKILL to itself at each fail point, before and after the commit; it comes back by itself' },
  error: { what: 'a step throws', how: 'each fail point throws once; after a commit that is a commit whose answer was lost' },
  pause: { what: 'a process stands still', how: 'each fail point waits 6 s, longer than every lease, four of them in one flow' },
};

/** Pauses in one flow: they only cost time, and one does not hide another. */
const PAUSES = 4;

/** One row for each way to fail: every named step, one flow each. */
export const atPoint: readonly Row[] = failures.map((failure) => ({
  name: `${failure}-at-point`,
  ...words[failure],
  where: 'police, banks, gateway: every named step of the flow',
  inSample: failure === 'kill',
  of: 'any design',
  run: async (run) => {
    const places = placesOf(run.design).filter((place) => run.extent === 'full' || isSampled(place));
    let happened = 0;
    for (const group of groupsOf(places, failure)) {
      const armed = { [group[0]?.process ?? 'police']: group.map(({ point }) => `${point}:${failure}`) };
      happened += await runFlow(run, { armed, mustHappen: true });
    }
    return happened;
  },
}));

/** One place a flow; pauses of one process several, in the order of the flow. */
function groupsOf(places: readonly Place[], failure: Failure): readonly (readonly Place[])[] {
  if (failure !== 'pause') return places.map((place) => [place]);
  const byProcess = Map.groupBy(places, ({ process }) => process);
  return [...byProcess.values()].flatMap((own) => Array.from({ length: Math.ceil(own.length / PAUSES) }, (_, place) => own.slice(place * PAUSES, (place + 1) * PAUSES)));
}
