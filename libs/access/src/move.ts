import { newId, Sealed } from '@lianfang/database';
import { nextState, refuse, type ActionOf, type Caller, type Lifecycle, type Refusal } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import { recordAudit } from './audit/record';
import { assertPlainFacts } from './facts';
import { mayDo, type Target } from './may-do';
import { sideOf } from './permissions/permission';
import { transitionBody } from './transition-body';
import { Transition, type Facts } from './transition.entity';

/** What a lifecycle moves: an entity with these columns. A new one has neither state nor version yet. */
export interface Movable {
  readonly id: string;
  state: string;
  /** Counts the moves; the first makes it 1. */
  version: number;
}

/** One move of one thing. */
export interface Move<L extends Lifecycle = Lifecycle> {
  readonly lifecycle: L;
  readonly thing: Movable;
  readonly action: ActionOf<L>;
  readonly caller: Caller;
  /** Now, from the injected clock. */
  readonly at: Date;
  /** Where the thing belongs; permission and visibility follow from it. */
  readonly target: Target;
  /** What the actor gave as reason, as typed; stored sealed. */
  readonly reason?: string | null;
  readonly caseId?: string | null;
  readonly facts?: Facts;
  /** The version that the caller saw; refused as CHANGED_MEANWHILE when it is no longer the thing's. */
  readonly version?: number | null;
}

/**
 * Moves a thing along its lifecycle: checks permission, state and version, sets `state` and `version` on the thing (the action saves it),
 * and writes one transition row and its audit entry in the same transaction.
 *
 * @returns nothing when moved, else NOT_ALLOWED, OUTSIDE_YOUR_SCOPE, WRONG_STATE or CHANGED_MEANWHILE; then nothing was changed.
 */
export async function move<const L extends Lifecycle>(manager: EntityManager, step: Move<L>): Promise<Refusal | undefined> {
  const { lifecycle, thing, action } = step;
  const from = stateOf(thing);
  const refusal = mayDo(step.caller, `${lifecycle.name}.${action}`, step.target) ?? outOfTurn(lifecycle, action, from) ?? changedMeanwhile(step);
  if (refusal) return refusal;

  const transition = transitionOf(step, from);
  await manager.insert(Transition, transition);
  await recordAudit(manager, step.caller, {
    id: transition.id,
    at: transition.at,
    kind: 'TRANSITION',
    thing: transition.thing,
    thingId: transition.thingId,
    institution: transition.institution,
    body: transitionBody({ ...transition, reason: transition.reason?.toRow() ?? null }),
  });
  thing.state = transition.toState;
  thing.version = transition.version;
  return undefined;
}

/** The refusal of an action that the lifecycle does not allow in a state, with the state and the law; nothing when it is the action's turn. */
export function outOfTurn(lifecycle: Lifecycle, action: string, from: string | null): Refusal | undefined {
  if (nextState(lifecycle, action, from) !== undefined) return undefined;
  return refuse('WRONG_STATE', { law: lifecycle.steps[action]?.law, parameters: { state: from ?? '-' } });
}

/** A thing's state, or null for a thing that is only being made: an entity's fields are unset until then. */
export const stateOf = (thing: { readonly state?: string | null }): string | null => thing.state ?? null;

function changedMeanwhile({ thing, version }: Move): Refusal | undefined {
  const isSeen = version === undefined || version === null || version === (thing.version ?? 0);
  return isSeen ? undefined : refuse('CHANGED_MEANWHILE', { path: 'version' });
}

function transitionOf(step: Move, from: string | null): Transition {
  const { lifecycle, thing, action, caller, target, facts = {} } = step;
  const to = nextState(lifecycle, action, from);
  if (to === undefined) throw new Error(`lifecycle ${lifecycle.name}: ${action} leads nowhere from ${from ?? 'nothing'}`);
  assertPlainFacts(facts);
  return {
    id: newId(),
    agency: caller.agency,
    thing: lifecycle.name,
    thingId: thing.id,
    caseId: step.caseId ?? null,
    action,
    fromState: from,
    toState: to,
    version: (thing.version ?? 0) + 1,
    bySide: sideOf(caller),
    actorId: caller.id,
    actorUnit: caller.unit,
    actorInstitution: caller.institution,
    unit: target.unit ?? null,
    regionCode: target.region ?? null,
    institution: target.institution ?? null,
    reason: step.reason ? Sealed.of(step.reason) : null,
    facts,
    at: step.at,
  };
}
