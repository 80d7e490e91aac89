import type { Database } from '@lianfang/database';
import type { Directory } from '@lianfang/exchange';
import type { RequestContext } from '@lianfang/subgraph';
import type { Caller, Clock } from '@lianfang/vocabulary';
import type { PoliceSettings } from './settings';

/** What the whole app stands on; set once at start. */
export interface PoliceGround {
  /** Seals and blind indexes of this agency. */
  readonly keyring: Database['keyring'];
  /** Institutions and units, with the duty phone of each. */
  readonly directory: Pick<Directory, 'findInstitution' | 'findUnit'>;
  readonly settings: PoliceSettings;
}

/** What an action of the police gets beside its input. */
export interface ActionContext extends PoliceGround {
  /** The door for writing: the runtime login's. */
  readonly database: Pick<Database, 'asCaller'>;
  readonly caller: Caller;
  readonly clock: Clock;
}

let ground: PoliceGround | undefined;

/** Sets what every request of this process stands on. `main.ts` calls it once, before the first request. */
export function standOn(chosen: PoliceGround): void {
  ground = chosen;
}

/** What this process stands on. Throws before `standOn`. */
export function policeGround(): PoliceGround {
  if (!ground) throw new Error('the police app stands on nothing yet: main.ts calls standOn() before it serves');
  return ground;
}

/** The context of an action that a request asked for: it runs in the request's own transaction. */
export const actionContext = (context: RequestContext): ActionContext => ({
  ...policeGround(),
  database: { asCaller: (_caller, work) => context.act(work) },
  caller: context.caller,
  clock: context.clock,
});
