import { recordAudit, sideOf } from '@lianfang/access';
import { newId } from '@lianfang/database';
import type { Caller } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { CaseFactKind } from './case-codes';
import { CaseFact } from './case-trace.entity';
import type { FraudCase } from './fraud-case.entity';

/** Something that happened to a case without changing its state. */
export interface NewFact {
  readonly of: Pick<FraudCase, 'id' | 'unitCode' | 'regionCode'>;
  readonly kind: CaseFactKind;
  readonly at: Date;
  /** Codes, ids and counts; never personal data. */
  readonly facts?: CaseFact['facts'];
}

/** Writes a fact and its audit entry in the caller's transaction. */
export async function recordFact(manager: EntityManager, caller: Caller, { of, kind, at, facts = {} }: NewFact): Promise<void> {
  const id = newId();
  const { id: caseId, unitCode, regionCode } = of;
  await manager.insert(CaseFact, { id, caseId, kind, at, actorId: caller.id, bySide: sideOf(caller), facts, unitCode, regionCode });
  await recordAudit(manager, caller, { id, at, kind: 'FACT', thing: 'fraud-case', thingId: caseId, body: { fact: kind, ...facts } });
}
