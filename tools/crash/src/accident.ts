import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import type { FailingProcess } from '@lianfang/database';
import type { Design, Prepared } from './design';
import { NotReached, type Run } from './row';

/** Accidents that are armed before a flow begins, by process; what is armed for one process happens one after the other. */
export type Armed = Readonly<Partial<Record<FailingProcess, readonly string[]>>>;

/** Orders of one flow: two are given, a decoy stands beside them. */
const ORDERS = 2;

/** Longest wait after a flow for an accident that comes by itself, as the sealer's, in milliseconds. */
export const LATE = 4_000;

/** One flow from the approval to the confirmed release, with accidents on the way. */
export interface Flow {
  readonly armed: Armed;
  /** What happens from outside, right after the approval. */
  readonly meanwhile?: (prepared: Prepared) => Promise<void>;
  /** Whether an accident that is not met ends the row; otherwise it is only not counted. */
  readonly mustHappen: boolean;
  /** How long an accident is waited for that has not happened when the flow is through, in milliseconds; `LATE` when it must happen. */
  readonly patience?: number;
}

/** Runs one flow with its accidents and waits until both sides have settled. Returns how many of the armed accidents happened. */
export async function runFlow<Under extends Design>({ design, say }: Run<Under>, { armed, meanwhile, mustHappen, patience = mustHappen ? LATE : 0 }: Flow): Promise<number> {
  const began = performance.now();
  const prepared = await design.prepare(ORDERS);
  const processes = Object.entries(armed) as [FailingProcess, readonly string[]][];
  for (const [process, accidents] of processes) design.arm(process, accidents);
  await design.order(prepared);
  await meanwhile?.(prepared);
  await design.settle(prepared);
  await design.release(prepared);
  const end = Date.now() + patience;
  while (processes.some(([process]) => design.armed(process) > 0) && Date.now() < end) await pause(100);
  const left = processes.map(([process, accidents]) => ({ process, accidents, count: design.disarm(process) }));
  await design.untilReady();
  const missed = left.flatMap(({ process, accidents, count }) => accidents.slice(accidents.length - count).map((text) => `${process} ${text}`));
  if (mustHappen && missed.length > 0) throw new NotReached(missed.join(', '));
  const happened = processes.reduce((sum, [, accidents]) => sum + accidents.length, 0) - missed.length;
  const names = processes.flatMap(([process, accidents]) => accidents.map((text) => `${process} ${text}`)).filter((text) => !missed.includes(text));
  say(`${names.join(' + ') || (meanwhile ? 'from outside' : 'nothing happened')} · ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return happened + (meanwhile ? 1 : 0);
}

/** Flows that run at the same time, and what happens to them meanwhile. */
export interface Load {
  readonly flows: number;
  /** Orders of each flow. */
  readonly orders: number;
  readonly meanwhile: () => Promise<number>;
}

/** Runs flows at the same time while something happens. Returns how many accidents `meanwhile` counted. */
export async function runUnderLoad<Under extends Design>({ design, say }: Run<Under>, { flows, orders, meanwhile }: Load): Promise<number> {
  const began = performance.now();
  const prepared: Prepared[] = [];
  for (let flow = 0; flow < flows; flow += 1) prepared.push(await design.prepare(orders));
  const through = async (one: Prepared): Promise<void> => {
    await design.order(one);
    await design.settle(one);
    await design.release(one);
  };
  const [accidents] = await Promise.all([meanwhile(), ...prepared.map(through)]);
  await design.untilReady();
  say(`${accidents} accidents under ${flows * orders} orders · ${((performance.now() - began) / 1000).toFixed(1)} s`);
  return accidents;
}
