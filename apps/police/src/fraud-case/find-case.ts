import { isId } from '@lianfang/database';
import { refuse, type Refusal } from '@lianfang/vocabulary';
import { In, type EntityManager } from 'typeorm';
import { FraudCase } from './fraud-case.entity';

/** Not `for update`: rows that name the case (likely duplicates) may be written meanwhile without waiting. */
const lock = { mode: 'for_no_key_update' } as const;

/** Loads a case for changing it, locked until the transaction ends; NOT_FOUND when it is not there or not the caller's to see. */
export async function lockCase(manager: EntityManager, id: string, path = 'caseId'): Promise<FraudCase | Refusal> {
  const found = isId(id) ? await manager.findOne(FraudCase, { where: { id }, lock }) : null;
  return found ?? refuse('NOT_FOUND', { path });
}

/** Locks two cases in the order of their ids, so that two merges at once cannot wait for each other. */
export async function lockCases(manager: EntityManager, ids: readonly [string, string]): Promise<FraudCase[]> {
  if (!ids.every(isId)) return [];
  return manager.find(FraudCase, { where: { id: In([...ids]) }, order: { id: 'asc' }, lock });
}

/** The case of an id that is known to exist. */
export const getCase = (manager: EntityManager, id: string): Promise<FraudCase> => manager.findOneByOrFail(FraudCase, { id });
