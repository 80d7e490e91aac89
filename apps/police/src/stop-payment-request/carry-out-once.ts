import { once, reach } from '@lianfang/database';
import { isRefused, type Refused } from '@lianfang/vocabulary';
import type { EntityManager, FindOptionsWhere } from 'typeorm';
import type { ActionContext } from '../action-context';

/** A mutation as it was submitted. */
export interface Submitted<Thing> {
  readonly action: string;
  readonly input: { readonly idempotencyKey: string };
  /** The entity of the thing that the action makes or moves. */
  readonly result: new () => Thing;
  /** Its two fail points, by the part of the name that they share. */
  readonly failpoints?: 'order.propose' | 'order.approve' | 'order.release';
}

/**
 * Carries a mutation out in one transaction as its caller, at most once per idempotency key, and gives the thing as it stands afterwards.
 * `work` returns the thing's id, or a refusal that rolls everything back.
 */
export async function carryOutOnce<Thing extends { id: string }>(
  { database, caller }: Pick<ActionContext, 'database' | 'caller'>,
  { action, input, result, failpoints }: Submitted<Thing>,
  work: (manager: EntityManager) => Promise<string | Refused>,
): Promise<Thing | Refused> {
  const outcome = await database.asCaller(caller, async (manager) => {
    const done = await once(manager, { caller, key: input.idempotencyKey, action, content: input }, () => work(manager));
    if (failpoints) await reach(`${failpoints}.before-commit`);
    return isRefused(done) ? done : manager.findOneByOrFail(result, { id: done.id } as FindOptionsWhere<Thing>);
  });
  if (failpoints) await reach(`${failpoints}.committed-before-answer`);
  return outcome;
}
