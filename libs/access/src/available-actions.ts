import type { Caller, Lifecycle, Refusal } from '@lianfang/vocabulary';
import { mayDo, type Target } from './may-do';
import { outOfTurn, stateOf } from './move';
import { permissionFor } from './permissions';

/** Whether the caller may take an action now, and if not, why not. */
export interface ActionAvailability {
  readonly action: string;
  /** Null when allowed. */
  readonly refusal: Refusal | null;
}

/** What decides about the actions of one thing. */
export interface Question {
  readonly lifecycle: Lifecycle;
  readonly thing: { readonly state?: string | null };
  readonly caller: Caller;
  readonly target: Target;
  /** Rules that need no further reads, by action; the mutation checks everything again. */
  readonly cheapRules?: Readonly<Record<string, () => Refusal | undefined>>;
}

/** Every action of the lifecycle that a person can take, in the table's order, with what speaks against it: permission, state, cheap rules. */
export function availableActions({ lifecycle, thing, caller, target, cheapRules = {} }: Question): ActionAvailability[] {
  const from = stateOf(thing);
  return Object.keys(lifecycle.steps)
    .filter((action) => isForPersons(lifecycle, action))
    .map((action) => ({
      action,
      refusal: mayDo(caller, `${lifecycle.name}.${action}`, target) ?? outOfTurn(lifecycle, action, from) ?? cheapRules[action]?.() ?? null,
    }));
}

/** What the machine and the partners do is no button; neither is what brings a thing into being. */
function isForPersons(lifecycle: Lifecycle, action: string): boolean {
  const isBirth = lifecycle.steps[action]?.from.length === 0;
  return !isBirth && Object.keys(permissionFor(`${lifecycle.name}.${action}`).roles).length > 0;
}
