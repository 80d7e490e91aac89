import { mayDo, permissionFor, sideOfAgency, type Target } from '@lianfang/access';
import { isRefused, nextState, type Caller, type Lifecycle, type Refused } from '@lianfang/vocabulary';
import type { MatrixCallers } from './matrix-callers';

/** How an app lets the matrix drive its real actions. */
export interface Drive<State extends string, Action extends string, Thing> {
  /** Who is asked; `matrixCallers(agency)` has every role in every place. */
  readonly callers: MatrixCallers;
  /** Makes a fresh thing and brings it into `state` by real actions; for null, what a creating action needs. */
  bring(state: State | null): Promise<Thing>;
  /** Takes the action through the real mutation or action function, and says the state it led to, or the refusal. */
  act(action: Action, thing: Thing, caller: Caller): Promise<{ readonly state: string } | Refused>;
}

/** Refusals that the tables themselves explain; NOT_FOUND is how row-level security answers somebody who may not see the thing. */
const tableRefusals: readonly string[] = ['NOT_ALLOWED', 'OUTSIDE_YOUR_SCOPE', 'WRONG_STATE', 'NOT_FOUND'];

/**
 * Walks EVERY state × action × caller through the real actions and prints what is allowed, one line per state and action, for a reviewed snapshot:
 *
 *     REPORTED × ACCEPT → ACCEPTED: INTAKE_OFFICER · POLICE_OFFICER
 *
 * A line `… refused by SAME_PERSON: …` names callers whom the tables allow and a rule refuses. The last line counts the rest.
 * A refused action leaves its thing usable, so a thing is brought anew only after it moved.
 *
 * @throws when an action leads elsewhere than its lifecycle says, or is allowed although lifecycle or permission forbid it.
 * @example expect(await lifecycleMatrix(fraudCaseLifecycle, { callers: matrixCallers('police'), bring, act })).toMatchSnapshot();
 */
export async function lifecycleMatrix<State extends string, Action extends string, Thing>(table: Lifecycle<State, Action>, drive: Drive<State, Action, Thing>): Promise<string> {
  const lines: string[] = [];
  let refusedByTables = 0;
  for (const state of [null, ...table.states]) {
    let thing: Thing | undefined;
    for (const action of Object.keys(table.steps) as Action[]) {
      const outcomes = new Map<string, string[]>();
      for (const [label, caller] of Object.entries(drive.callers)) {
        thing ??= await drive.bring(state);
        const outcome = await drive.act(action, thing, caller);
        const answer = describe({ table, action, state, caller, outcome });
        if (answer.startsWith('→')) thing = undefined;
        if (answer === '') refusedByTables += 1;
        else outcomes.set(answer, [...(outcomes.get(answer) ?? []), label]);
      }
      for (const [answer, who] of outcomes) lines.push(`${state ?? '–'} × ${action} ${answer}: ${who.join(' · ')}`);
    }
  }
  return [...lines, `everything else (${refusedByTables}) is refused by lifecycle, permission or row-level security`, ''].join('\n');
}

interface Tried<State extends string, Action extends string> {
  readonly table: Lifecycle<State, Action>;
  readonly action: Action;
  readonly state: State | null;
  readonly caller: Caller;
  readonly outcome: { readonly state: string } | Refused;
}

/** `→ STATE` when allowed, `refused by CODE` when a rule said no to somebody whom the tables allow, empty when the tables explain it. */
function describe<State extends string, Action extends string>({ table, action, state, caller, outcome }: Tried<State, Action>): string {
  const expected = nextState(table, action, state);
  const isForCaller = mayDo(caller, `${table.name}.${action}`) === undefined;
  const what = `${table.name}: ${action} from ${state ?? 'nothing'} by ${caller.roles.join('+') || caller.id}`;
  if (!isRefused(outcome)) {
    if (expected === undefined || !isForCaller) throw new Error(`${what} was carried out, although lifecycle or permissions forbid it`);
    if (outcome.state !== expected) throw new Error(`${what} led to ${outcome.state}; the lifecycle says ${expected}`);
    return `→ ${expected}`;
  }
  const codes = [...new Set(outcome.refusals.map(({ code }) => code))];
  if (codes.every((code) => tableRefusals.includes(code))) return '';
  return expected !== undefined && isForCaller ? `refused by ${codes.join(' and ')}` : '';
}

/**
 * The same reading from the tables alone, without a database: per action its from and to, side and law, and which callers the permissions allow at `target`.
 * Throws when an action has no row in the permissions table, or nobody whom its side names may take it.
 */
export function permissionMatrix(table: Lifecycle, { callers, target }: { readonly callers: MatrixCallers; readonly target: Target }): string {
  const lines = Object.entries(table.steps).map(([action, { from, to, by, law }]) => {
    const key = `${table.name}.${action}`;
    const { agencies, roles, machines = [] } = permissionFor(key);
    const sides = [...machines, ...(Object.keys(roles).length > 0 ? agencies.map(sideOfAgency) : [])];
    if (!sides.includes(by)) throw new Error(`${key} is by ${by}, but the permissions give it to ${sides.join(', ') || 'nobody'}`);
    const able = Object.entries(callers).filter(([, caller]) => mayDo(caller, key, target) === undefined);
    return `${from.join(' | ') || '–'} × ${action} → ${to} (${by}${law ? `, ${law}` : ''}): ${able.map(([label]) => label).join(' · ')}`;
  });
  return [...lines, ''].join('\n');
}
