import { approvalLevelOf, isLevelAtLeast, refuse, regionLevelWords, type Caller, type Refusal } from '@lianfang/vocabulary';
import { fraudCaseLifecycle, type FraudCaseState } from './fraud-case.lifecycle';
import type { FraudCase } from './fraud-case.entity';

/** What the rules of a decision look at. */
export interface DecisionFacts {
  readonly fraudCase: Pick<FraudCase, 'acceptedById'>;
  readonly caller: Pick<Caller, 'id' | 'region'>;
}

/** One rule of a decision. */
export type DecisionRule = (facts: DecisionFacts) => Refusal | undefined;

/** Who accepted the report does not decide on it: two persons. @law CP-178 */
export const isDecidedByAnother: DecisionRule = ({ fraudCase, caller }) =>
  fraudCase.acceptedById === caller.id ? refuse('SAME_PERSON', { law: 'CP-178' }) : undefined;

/** The head of an organ of county level or above decides. @law CP-178 */
export const isDecidedAtCountyLevel: DecisionRule = ({ caller }) => {
  const isHighEnough = caller.region !== null && isLevelAtLeast(approvalLevelOf(caller.region), 'COUNTY');
  return isHighEnough ? undefined : refuse('LEVEL_TOO_LOW', { law: 'CP-178', parameters: { level: `${regionLevelWords.COUNTY.zh} ${regionLevelWords.COUNTY.en}` } });
};

/** Rules of opening a case, and of not opening it. */
export const decisionRules: readonly DecisionRule[] = [isDecidedByAnother, isDecidedAtCountyLevel];

/** What the rules of a merger look at. */
export interface MergerFacts {
  readonly fraudCase: Pick<FraudCase, 'id'>;
  readonly into: Pick<FraudCase, 'id' | 'state'>;
}

/** One rule of a merger. */
export type MergerRule = (facts: MergerFacts) => Refusal | undefined;

/** A case is carried on in another one. @law CP-175 */
export const isAnotherCase: MergerRule = ({ fraudCase, into }) => (fraudCase.id === into.id ? refuse('MERGE_INTO_ITSELF', { path: 'intoCaseId', law: 'CP-175' }) : undefined);

/** The case that carries on is itself still carried on. @law CP-175 */
export const targetIsCarriedOn: MergerRule = ({ into }) => (hasEnded(into) ? refuse('MERGE_TARGET_ENDED', { path: 'intoCaseId', law: 'CP-175' }) : undefined);

/** Rules of a merger. */
export const mergerRules: readonly MergerRule[] = [isAnotherCase, targetIsCarriedOn];

/** States that a case can only have left behind: merged into another, or not opened. */
const endStates: ReadonlySet<FraudCaseState> = new Set(fraudCaseLifecycle.states.filter((state) => !Object.values(fraudCaseLifecycle.steps).some((step) => (step.from as readonly string[]).includes(state))));

/** Whether nothing more is added to a case. */
export const hasEnded = ({ state }: Pick<FraudCase, 'state'>): boolean => endStates.has(state);

/** Something is added only to a case that is carried on. */
export const isCarriedOn = (fraudCase: Pick<FraudCase, 'state'>): Refusal | undefined => (hasEnded(fraudCase) ? refuse('CASE_ENDED', { path: 'caseId' }) : undefined);

/** A form is signed once. @law 86-9 */
export const isNotSignedYet = ({ formState }: Pick<FraudCase, 'formState'>): Refusal | undefined =>
  formState === 'SIGNED' ? refuse('FORM_ALREADY_SIGNED', { path: 'applicationForm', law: '86-9' }) : undefined;
