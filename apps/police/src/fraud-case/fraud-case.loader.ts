import { Transition } from '@lianfang/access';
import type { Batch } from '@lianfang/subgraph';
import { In, type EntityManager } from 'typeorm';
import { CaseLead } from './case-lead.entity';
import { CasePerson } from './case-person.entity';
import { CaseDuplicate, CaseFact } from './case-trace.entity';
import { CaseTransfer } from './case-transfer.entity';
import { isId } from '@lianfang/database';
import { FraudCase } from './fraud-case.entity';
import { fraudCaseLifecycle } from './fraud-case.lifecycle';

/** Cases by id, as far as the caller sees them. */
export const loadFraudCases: Batch<string, FraudCase> = async (ids, context) => {
  const manager = await context.manager();
  const found = await manager.findBy(FraudCase, { id: In(ids.filter(isId)) });
  return ids.map((id) => found.find((fraudCase) => fraudCase.id === id) ?? null);
};

/** Persons by id. */
export const loadPersons: Batch<string, CasePerson> = async (ids, context) => {
  const found = await (await context.manager()).findBy(CasePerson, { id: In([...ids]) });
  return ids.map((id) => found.find((person) => person.id === id) ?? null);
};

/** The cases that were merged into each case. */
export const loadMergedFrom: Batch<string, FraudCase[]> = async (ids, context) => {
  const found = await (await context.manager()).find(FraudCase, { where: { mergedIntoId: In([...ids]) }, order: { reportedAt: 'asc', id: 'asc' } });
  return ids.map((id) => found.filter(({ mergedIntoId }) => mergedIntoId === id));
};

/** The persons of each case. */
export const loadPersonsOfCases: Batch<string, CasePerson[]> = (ids, context) => ofCases(ids, context.manager(), (manager) => manager.find(CasePerson, { where: { caseId: In([...ids]) }, order: { id: 'asc' } }));

/** The transfers of each case, in their order. */
export const loadTransfersOfCases: Batch<string, CaseTransfer[]> = (ids, context) =>
  ofCases(ids, context.manager(), (manager) => manager.find(CaseTransfer, { where: { caseId: In([...ids]) }, order: { position: 'asc' } }));

/** The leads of each case, oldest first. */
export const loadLeadsOfCases: Batch<string, CaseLead[]> = (ids, context) => ofCases(ids, context.manager(), (manager) => manager.find(CaseLead, { where: { caseId: In([...ids]) }, order: { id: 'asc' } }));

/** The changes of state of each case. */
export const loadTransitionsOfCases: Batch<string, Transition[]> = async (ids, context) => {
  const found = await (await context.manager()).find(Transition, { where: { thing: fraudCaseLifecycle.name, thingId: In([...ids]) }, order: { at: 'asc', version: 'asc' } });
  return ids.map((id) => found.filter(({ thingId }) => thingId === id));
};

/** What happened to each case without a change of state. */
export const loadFactsOfCases: Batch<string, CaseFact[]> = (ids, context) =>
  ofCases(ids, context.manager(), (manager) => manager.find(CaseFact, { where: { caseId: In([...ids]) }, order: { at: 'asc', id: 'asc' } }));

/** The likely duplicates of each case, seen from either side. */
export const loadDuplicatesOfCases: Batch<string, CaseDuplicate[]> = async (ids, context) => {
  const known = In([...ids]);
  const found = await (await context.manager()).find(CaseDuplicate, { where: [{ caseId: known }, { otherCaseId: known }], order: { createdAt: 'desc', id: 'asc' } });
  return ids.map((id) => found.filter(({ caseId, otherCaseId }) => caseId === id || otherCaseId === id));
};

async function ofCases<Row extends { readonly caseId: string }>(ids: readonly string[], opening: Promise<EntityManager>, read: (manager: EntityManager) => Promise<Row[]>): Promise<Row[][]> {
  const rows = await read(await opening);
  return ids.map((id) => rows.filter(({ caseId }) => caseId === id));
}
