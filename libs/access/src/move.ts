import { keyringOf, newId, together, type Keyring } from '@lianfang/database';
import { nextState, refuse, type ActionOf, type Caller, type Lifecycle, type Refusal } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import { recordAudit } from './audit/record';
import { assertPlainFacts } from './facts';
import { mayDo, type Target } from './may-do';
import { sideOf } from './permissions/permission';
import { transitionBody, type TransitionRow } from './transition-body';
import type { Facts } from './transition.entity';

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

  const transition = transitionOf(step, from, keyringOf(manager));
  const { id, at, thing: word, thingId, institution } = transition;
  // Sent together: neither needs the other's answer.
  await together(
    insertTransition(manager, transition),
    recordAudit(manager, step.caller, { id, at, kind: 'TRANSITION', thing: word, thingId, institution, body: transitionBody(transition) }),
  );
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

function transitionOf(step: Move, from: string | null, keyring: Keyring): TransitionRow {
  const { lifecycle, thing, action, caller, target, facts = {} } = step;
  const to = nextState(lifecycle, action, from);
  if (to === undefined) throw new Error(`lifecycle ${lifecycle.name}: ${action} leads nowhere from ${from ?? 'nothing'}`);
  assertPlainFacts(facts);
  const id = newId();
  return {
    id,
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
    reason: step.reason ? keyring.seal(step.reason, { table: 'transition', column: 'reason', id }) : null,
    facts,
    at: step.at,
  };
}

async function insertTransition(manager: EntityManager, row: TransitionRow): Promise<void> {
  await manager.query(
    `insert into transition (id, agency, thing, thing_id, case_id, action, from_state, to_state, version, by_side,
                             actor_id, actor_unit, actor_institution, unit, region_code, institution, reason, facts, at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19)`,
    [
      row.id, row.agency, row.thing, row.thingId, row.caseId, row.action, row.fromState, row.toState, row.version, row.bySide,
      row.actorId, row.actorUnit, row.actorInstitution, row.unit, row.regionCode, row.institution, row.reason, JSON.stringify(row.facts), row.at,
    ],
  );
}
