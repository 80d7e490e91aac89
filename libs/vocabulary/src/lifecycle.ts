import type { Side } from './caller';

/** One row of a lifecycle: from which states an action leads where, which side takes it, and the law that gives it. */
export interface Step<State extends string> {
  /** States in which the action may be taken; empty for the action that brings the thing into being. */
  readonly from: readonly State[];
  readonly to: State;
  readonly by: Side;
  /** Id of a row in docs/law.md, as in `DL-02`. */
  readonly law?: string;
}

/** A thing's whole life as a table. `name` is the glossary word that also names folder, table and permission keys. */
export interface Lifecycle<State extends string = string, Action extends string = string> {
  readonly name: string;
  readonly steps: Readonly<Record<Action, Step<State>>>;
  readonly states: readonly State[];
}

/** The states of a lifecycle, as a union. */
export type StateOf<L> = L extends Lifecycle<infer State, string> ? State : never;

/** The actions of a lifecycle, as a union. */
export type ActionOf<L> = L extends Lifecycle<string, infer Action> ? Action : never;

/**
 * Makes a lifecycle from its table. Throws when a state can be left but never reached, or when nothing brings the thing into being.
 *
 * @example lifecycle('stop-payment-order', { RECEIVE: { from: [], to: 'RECEIVED', by: 'police' } })
 */
export function lifecycle<const Table extends Record<string, Step<string>>>(
  name: string,
  steps: Table,
): Lifecycle<Table[keyof Table]['to'], keyof Table & string> {
  const rows: readonly Step<string>[] = Object.values(steps);
  const reached = new Set(rows.map((row) => row.to));
  if (!rows.some((row) => row.from.length === 0)) throw new Error(`lifecycle ${name}: no action has an empty "from"; add the one that creates it`);
  for (const state of rows.flatMap((row) => row.from)) {
    if (!reached.has(state)) throw new Error(`lifecycle ${name}: state ${state} is left but never reached; check its spelling`);
  }
  return Object.freeze({ name, steps, states: [...reached] }) as Lifecycle<Table[keyof Table]['to'], keyof Table & string>;
}

/** Where `action` leads from `state`, or nothing when the table does not allow it. `state` is null before the thing exists. */
export function nextState<State extends string, Action extends string>(
  { steps }: Lifecycle<State, Action>,
  action: Action,
  state: State | null,
): State | undefined {
  const step = steps[action];
  const allowed = state === null ? step.from.length === 0 : step.from.includes(state);
  return allowed ? step.to : undefined;
}

/** The actions that the table allows in `state`, in the table's order. */
export function actionsIn<State extends string, Action extends string>(table: Lifecycle<State, Action>, state: State): Action[] {
  return (Object.keys(table.steps) as Action[]).filter((action) => nextState(table, action, state) !== undefined);
}
