import type { RequestContext } from '@lianfang/subgraph';
import type { CoreDesk } from './stop-payment-order/core-work';

/** What an action of the banks gets beside its input: the caller, the hour, and the door for writing in the caller's name. */
export type ActionContext = Pick<RequestContext, 'caller' | 'clock' | 'act'>;

let desk: CoreDesk | undefined;

/** Sets the core systems that this process works with. `main.ts` calls it once, before the first request. */
export function standOn(chosen: CoreDesk): void {
  desk = chosen;
}

/** The core systems that this process works with. Throws before `standOn`. */
export function coreDesk(): CoreDesk {
  if (!desk) throw new Error('the banks app has no core systems yet: main.ts calls standOn() before it serves');
  return desk;
}
