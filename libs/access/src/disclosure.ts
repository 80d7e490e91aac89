import { isId, type Sealed } from '@lianfang/database';
import type { Caller, Clock } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import { recordAudit } from './audit/record';
import { mask, type DisclosureKind } from './masks';
import { mayDo, type Target } from './may-do';

/**
 * The kinds of task for which somebody may need a full value; with a case in which such a task is open they make a purpose.
 * A constant is no purpose (PIPL-6).
 */
export const lookTasks = ['ACCEPTANCE_CHECK', 'STOP_PAYMENT', 'INQUIRY', 'RETURN', 'APPEAL', 'SUPERVISION'] as const;

/** A kind of task, as in `STOP_PAYMENT`. */
export type LookTask = (typeof lookTasks)[number];

/** Why somebody looks. `caseId` comes from the client: anything but a UUID is no purpose. */
export interface Purpose {
  readonly task: LookTask;
  readonly caseId: string;
}

/** One sealed value of one thing. */
export interface DisclosureSource {
  readonly kind: DisclosureKind;
  readonly sealed: Sealed;
  /** Kind and id of the thing it belongs to, as in `stop-payment-order`. */
  readonly thing: string;
  readonly thingId: string;
  /** Which of the thing's values, as in `holderName`. */
  readonly field?: string;
  /** Where the thing belongs, when the caller's reach is to be asked beside row-level security. */
  readonly target?: Target;
}

/** Whether the caller has an open task of this kind on this case, and the thing belongs to the case. The app answers. */
export type HasOpenTask = (purpose: Purpose, caller: Caller, manager: EntityManager) => Promise<boolean>;

/** One look at a full value. */
export interface Look {
  readonly caller: Caller;
  readonly source: DisclosureSource;
  readonly purpose: Purpose;
  /** Now, from the injected clock. */
  readonly at: Date;
  readonly hasOpenTask: HasOpenTask;
}

/**
 * Gives the full value when the permission `full.<kind>` and an open task on the case exist, else null.
 * Either way the look is written into the audit trail of this transaction, with kind, thing and purpose and never the value;
 * a caller who rolls back must not have shown it.
 */
export async function openDisclosure(manager: EntityManager, look: Look): Promise<string | null> {
  const { caller, source, purpose, at } = look;
  const because = await refusedBecause(manager, look);
  await recordAudit(manager, caller, {
    at,
    kind: because === null ? 'LOOK' : 'REFUSED_LOOK',
    thing: source.thing,
    thingId: source.thingId,
    institution: source.target?.institution,
    body: { value: source.kind, field: source.field ?? null, task: purpose.task, caseId: isId(purpose.caseId) ? purpose.caseId : null, because },
  });
  return because === null ? source.sealed.open() : null;
}

/** What a disclosure's two fields need: the masked value, and the look that opens the full one. */
export interface Disclosed {
  readonly masked: string;
  readonly look: (purpose: Purpose, context: LookContext) => Promise<string | null>;
}

/** What a look takes from the request. */
export interface LookContext {
  readonly caller: Caller;
  readonly clock: Clock;
  /** The manager of the request's reading transaction. */
  manager(): Promise<EntityManager>;
}

/** A sealed value as a disclosure: `masked` at once, `full` on demand, each look recorded. */
export const disclose = (source: DisclosureSource, hasOpenTask: HasOpenTask): Disclosed => ({
  masked: mask(source.kind, source.sealed.open()),
  look: async (purpose, { caller, clock, manager }) => openDisclosure(await manager(), { caller, source, purpose, at: clock.now(), hasOpenTask }),
});

/** Why a look is refused, as a code for the audit trail; null when it is allowed. */
async function refusedBecause(manager: EntityManager, { caller, source, purpose, hasOpenTask }: Look): Promise<string | null> {
  const refusal = mayDo(caller, `full.${source.kind}`, source.target);
  if (refusal) return refusal.code;
  if (!lookTasks.includes(purpose.task) || !isId(purpose.caseId)) return 'NO_PURPOSE';
  return (await hasOpenTask(purpose, caller, manager)) ? null : 'NO_OPEN_TASK';
}

