import { z } from 'zod';
import { take, type Action, type ActionInput } from '../action';
import type { Session } from '../session';
import { instant, money, moneyFields } from './wire';

/** A case as the police desk sees it. */
export const caseSeen = z.object({
  id: z.uuid(),
  caseNumber: z.string(),
  state: z.string(),
  version: z.int(),
  formState: z.string(),
  formDueAt: instant.nullable(),
  loss: money,
  persons: z.array(z.object({ id: z.uuid(), parts: z.array(z.string()), name: z.object({ masked: z.string() }) })),
  transfers: z.array(z.object({ id: z.uuid(), position: z.int(), amount: money, isStoppable: z.boolean() })),
  warnings: z.array(z.object({ code: z.string() })),
});

/** What is read of a case. */
export const caseFields = `id caseNumber state version formState formDueAt loss ${moneyFields} persons { id parts name { masked } } transfers { id position amount ${moneyFields} isStoppable } warnings { code }`;

/** A case as the police desk sees it. */
export type CaseSeen = z.output<typeof caseSeen>;

const ofCase = (mutation: string): Action<typeof caseSeen> => ({
  mutation,
  inputType: `${mutation.charAt(0).toUpperCase()}${mutation.slice(1)}Input`,
  type: 'FraudCase',
  fields: caseFields,
  shape: caseSeen,
});

/** Everything that the police do with a case. */
export const caseActions = {
  report: ofCase('reportFraud'),
  accept: ofCase('acceptFraudCase'),
  verify: ofCase('verifyFraudCase'),
  open: ofCase('openFraudCase'),
  doNotOpen: ofCase('declineFraudCase'),
  merge: ofCase('mergeFraudCase'),
  signForm: ofCase('signApplicationForm'),
} as const;

/** Moves a case one step on, at the version that was seen. */
export const moveCase = (session: Session, action: Action<typeof caseSeen>, { id, version }: Pick<CaseSeen, 'id' | 'version'>, more: ActionInput = {}): Promise<CaseSeen> =>
  take(session, action, { caseId: id, version, ...more });

/** The case now; nothing when it is not the caller's to see. */
export async function findCase(session: Session, id: string): Promise<CaseSeen | null> {
  const { fraudCase } = await session.read(`query Case($id: ID!) { fraudCase(id: $id) { ${caseFields} } }`, { id });
  return caseSeen.nullable().parse(fraudCase);
}
