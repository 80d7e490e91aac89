import { mayDo } from '@lianfang/access';
import { once } from '@lianfang/database';
import { isRefusal, isRefused, Refused, type Refusal } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { ActionContext } from '../action-context';
import { getCase, lockCase } from './find-case';
import { FraudCase, targetOf } from './fraud-case.entity';
import { isCarriedOn } from './fraud-case.rules';

/** A change of a case that is no move of its lifecycle. */
export interface CaseChange {
  readonly input: { readonly idempotencyKey: string; readonly caseId: string };
  readonly action: 'ADD_TRANSFERS' | 'ADD_LEADS' | 'SIGN_FORM' | 'CHANGE_PHONE_FLAGS';
}

/** What a change does to the locked case; every refusal undoes it. */
export type CaseWork = (manager: EntityManager, fraudCase: FraudCase, now: Date) => Promise<readonly Refusal[]>;

/** Changes a case without moving it: permission to edit, a case that is carried on, one submission once. */
export async function changeCase({ database, caller, clock }: ActionContext, { input, action }: CaseChange, work: CaseWork): Promise<FraudCase | Refused> {
  const now = clock.now();
  const take = async (manager: EntityManager): Promise<string | Refused> => {
    const fraudCase = await lockCase(manager, input.caseId);
    if (isRefusal(fraudCase)) return new Refused([fraudCase]);
    const refusal = mayDo(caller, 'fraud-case.edit', targetOf(fraudCase)) ?? isCarriedOn(fraudCase);
    const refusals = refusal ? [refusal] : await work(manager, fraudCase, now);
    if (refusals.length > 0) return new Refused(refusals);
    fraudCase.version += 1;
    await manager.save(FraudCase, fraudCase);
    return fraudCase.id;
  };
  return database.asCaller(caller, async (manager) => {
    const done = await once(manager, { caller, key: input.idempotencyKey, action: `fraud-case.${action}`, content: input }, () => take(manager));
    return isRefused(done) ? done : getCase(manager, done.id);
  });
}
