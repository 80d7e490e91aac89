import { actionsIn, formatMoney, moneyOf, refuse, type Refusal } from '@lianfang/vocabulary';
import type { AccountStop } from './account-stop.entity';
import { afterNotExecuted } from './stop-payment-codes';
import type { StopDraft } from './stop-draft';
import type { StopPaymentRequest } from './stop-payment-request.entity';
import { stopPaymentRequestLifecycle, type StopPaymentRequestAction, type StopPaymentRequestState } from './stop-payment-request.lifecycle';

/** Most stops of one account by one unit (DL-03). @law 86-5 */
export const MOST_STOPS = 2;

/** What the rules ask about a draft beside itself. */
export interface ProposalFacts {
  readonly draft: StopDraft;
  /** The unit in charge, 12 digits. */
  readonly unitCode: string;
  readonly caseId: string;
  /** Stops of this account by any unit that count or still may. */
  readonly standing: readonly Pick<AccountStop, 'id' | 'unitCode' | 'caseId' | 'counting'>[];
  /** Whether the directory lists the institution. */
  readonly isListed: boolean;
  /** Whether the victim paid from this account. */
  readonly isPayingAccount: boolean;
  /** Row of the same proposal that names the same account, 0 first; null when none does. */
  readonly twin: number | null;
  readonly isExternalNumberUsed: boolean;
  /** What the case knows to have been paid into the account, in fen; at least the draft's own transfer. */
  readonly paidInFen: bigint;
}

type ProposalRule = (facts: ProposalFacts) => Refusal | undefined;

const own = ({ standing, unitCode }: ProposalFacts) => standing.filter((stop) => stop.unitCode === unitCode);
const ofCase = (facts: ProposalFacts) => own(facts).filter((stop) => stop.caseId === facts.caseId);

/** An order goes to the head office of the bank or to the payment institution (86-1): it must be known. */
export const knowsInstitution: ProposalRule = ({ draft }) => (draft.institution === null ? refuse('INSTITUTION_UNKNOWN', { path: `${draft.path}.institution`, law: '86-1' }) : undefined);

/** Only an institution of the directory can receive an order (86-1). */
export const isListedInstitution: ProposalRule = ({ draft, isListed }) =>
  draft.institution !== null && !isListed
    ? refuse('INSTITUTION_NOT_LISTED', { path: `${draft.path}.institution`, law: '86-1', parameters: { institution: draft.institution } })
    : undefined;

/** The victim's own account is protected by another measure (workflows 2.9), not by a stop order. */
export const isNotPayingAccount: ProposalRule = ({ draft, isPayingAccount }) => (isPayingAccount ? refuse('PAYING_ACCOUNT', { path: draft.path }) : undefined);

/** One order per account: the bank answers each alone. */
export const isOncePerBatch: ProposalRule = ({ draft, twin }) =>
  twin === null ? undefined : refuse('ACCOUNT_TWICE_IN_BATCH', { path: draft.path, parameters: { position: String(twin + 1) } });

/** A stop that waits for approval or for the bank is not proposed again in the same case. */
export const isNotUnderWay: ProposalRule = (facts) =>
  ofCase(facts).some((stop) => stop.counting === 'UNDER_WAY') ? refuse('STOP_UNDER_WAY', { path: facts.draft.path }) : undefined;

/** Two stops of one account by one unit, over all its cases; only executed ones count, and those that still may be (86-5, practice A6). */
export const isWithinTwoStops: ProposalRule = (facts) =>
  own(facts).length >= MOST_STOPS && ofCase(facts).every((stop) => stop.counting === 'COUNTED') ? refuse('THIRD_STOP', { path: facts.draft.path, law: '86-5' }) : undefined;

/** A second stop in the same case is asked for on the first, with a reason (TxCode 100105). */
export const isNotStoppedInCase: ProposalRule = (facts) =>
  facts.draft.previousStopId === null && own(facts).length < MOST_STOPS && ofCase(facts).some((stop) => stop.counting === 'COUNTED')
    ? refuse('SECOND_STOP_BY_REQUEST', { path: facts.draft.path, law: '86-5' })
    : undefined;

/** The platform returns an application number that it has seen (return code 200003). */
export const hasFreshExternalNumber: ProposalRule = ({ draft, isExternalNumberUsed }) =>
  isExternalNumberUsed ? refuse('EXTERNAL_NUMBER_USED', { path: `${draft.path}.externalApplicationNumber` }) : undefined;

/** An amount to hold is the tainted one: never more than was paid in (practice C). */
export const holdsNoMoreThanPaidIn: ProposalRule = ({ draft, paidInFen }) =>
  draft.holdFen !== null && draft.holdFen > paidInFen
    ? refuse('HOLD_ABOVE_TRANSFER', { path: `${draft.path}.amount`, parameters: { most: formatMoney(moneyOf(paidInFen), 'en').slice(1) } })
    : undefined;

/** What a draft must fulfil, in the order in which it is told. */
export const proposalRules: readonly ProposalRule[] = [
  knowsInstitution, isListedInstitution, isNotPayingAccount, isOncePerBatch, isNotUnderWay, isWithinTwoStops, isNotStoppedInCase,
  hasFreshExternalNumber, holdsNoMoreThanPaidIn,
];

/** Every rule's "no" for one draft, in order. */
export const refuseDraft = (facts: ProposalFacts): Refusal[] => proposalRules.flatMap((rule) => rule(facts) ?? []);

/** The place of a unit's next stop of an account: 1 or 2; null when both are taken. */
export const nextOrdinal = (taken: readonly number[]): 1 | 2 | null => ([1, 2] as const).find((ordinal) => !taken.includes(ordinal)) ?? null;

/** A stop that the bank lawfully answered with NOT_EXECUTED is corrected only where a correction can help (practice A6). */
export function refuseCorrection({ state, notExecutedReason }: Pick<StopPaymentRequest, 'state' | 'notExecutedReason'>, { isChanged, path }: { isChanged: boolean; path: string }): Refusal | undefined {
  const cure = state === stopPaymentRequestLifecycle.steps.DECLINE.to && notExecutedReason ? afterNotExecuted[notExecutedReason] : 'NEVER';
  if (cure === 'NEVER') return refuse('CORRECTION_NOT_POSSIBLE');
  return cure === 'CHANGE' && !isChanged ? refuse('CORRECTION_CHANGES_NOTHING', { path }) : undefined;
}

/** A protective hold is neither corrected nor followed by a second: the victim asks again, as often as needed (practice B). */
export const refuseProtectiveHold = ({ kind }: Pick<StopPaymentRequest, 'kind'>): Refusal | undefined =>
  kind === 'PROTECTIVE_HOLD' ? refuse('PROTECTIVE_HOLD_ANEW', { path: 'requestId' }) : undefined;

/** Whether a request ended by a technical cause or a lapsed order: sent again as it is (practice A5). A mismatch needs a correction; a lawful refusal is final. */
export const isRetriable = ({ kind, state, notExecutedReason }: Pick<StopPaymentRequest, 'kind' | 'state' | 'notExecutedReason'>): boolean =>
  kind === 'STOP' && state === stopPaymentRequestLifecycle.steps.DECLINE.to && notExecutedReason !== null && afterNotExecuted[notExecutedReason] === 'AGAIN';

/** States in which a stop has been in force, so that the second may follow: running, ended by its term, or released. */
const stoppedOnce: readonly StopPaymentRequestState[] = [
  stopPaymentRequestLifecycle.steps.STOP.to, stopPaymentRequestLifecycle.steps.EXPIRE.to, stopPaymentRequestLifecycle.steps.CONFIRM_EXPIRY.to,
];

/** A second stop follows a first that was executed (86-5). */
export const refuseSecondStop = ({ state }: Pick<StopPaymentRequest, 'state'>): Refusal | undefined =>
  stoppedOnce.includes(state) ? undefined : refuse('WRONG_STATE', { law: '86-5', parameters: { state } });

/** Whether the lifecycle allows an action in the request's state. */
export const may = ({ state }: Pick<StopPaymentRequest, 'state'>, action: StopPaymentRequestAction): boolean =>
  actionsIn(stopPaymentRequestLifecycle, state).includes(action);

/** Whether a request still waits for a decision. */
export const isWaiting = (request: Pick<StopPaymentRequest, 'state'>): boolean => may(request, 'APPROVE');
