import { refuse, type Refusal } from '@lianfang/vocabulary';
import type { FraudCase } from '../fraud-case/fraud-case.entity';
import { fraudCaseLifecycle, type FraudCaseState } from '../fraud-case/fraud-case.lifecycle';

/** What the rules ask of the case. */
export interface CaseFacts {
  readonly fraudCase: Pick<FraudCase, 'state' | 'formState' | 'formDueAt'>;
  readonly now: Date;
}

type CaseRule = (facts: CaseFacts) => Refusal | undefined;

/** States in which a report is taken but not yet accepted, and in which the case has come to its end. */
const before: readonly FraudCaseState[] = fraudCaseLifecycle.steps.ACCEPT.from;
const ended: readonly FraudCaseState[] = [fraudCaseLifecycle.steps.DO_NOT_OPEN.to, fraudCaseLifecycle.steps.MERGE.to];

/** Police order stops in cases they have accepted, not earlier (86-9). */
export const isAccepted: CaseRule = ({ fraudCase }) => (before.includes(fraudCase.state) ? refuse('CASE_NOT_ACCEPTED', { path: 'caseId', law: '86-9' }) : undefined);

/** A case that was not opened, or that goes on elsewhere, gives no ground for a stop (86-6). */
export const goesOn: CaseRule = ({ fraudCase }) => (ended.includes(fraudCase.state) ? refuse('CASE_ENDED', { path: 'caseId', law: '86-6' }) : undefined);

/** The victim's form is signed, or the phone lane's catch-up time still runs (86-9, practice A4). */
export const hasForm: CaseRule = ({ fraudCase, now }) => {
  const isRunning = fraudCase.formState === 'DUE' && (fraudCase.formDueAt === null || fraudCase.formDueAt > now);
  return fraudCase.formState === 'SIGNED' || isRunning ? undefined : refuse('FORM_MISSING', { path: 'caseId', law: '86-9' });
};

/** What a case must fulfil before a stop is proposed, and again before it is ordered. */
export const caseRules: readonly CaseRule[] = [isAccepted, goesOn, hasForm];

/** Every rule's "no", in order. */
export const refuseCase = (facts: CaseFacts): Refusal[] => caseRules.flatMap((rule) => rule(facts) ?? []);
