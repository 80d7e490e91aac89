import { formatMoney, moneyOf, type Warning } from '@lianfang/vocabulary';
import type { FraudCase } from '../fraud-case/fraud-case.entity';
import { fraudCaseLifecycle } from '../fraud-case/fraud-case.lifecycle';
import { line } from '../notice/notice-line';
import type { StopPaymentRequest } from './stop-payment-request.entity';

/** What the rules ask before a stop ends. */
export interface FreezeFacts {
  readonly fraudCase: Pick<FraudCase, 'state' | 'openingDocumentNumber' | 'formState' | 'lossFen'>;
  readonly request: Pick<StopPaymentRequest, 'legalDocumentNumber'>;
  /** Loss in fen below which a case is hardly opened. */
  readonly thresholdFen: bigint;
}

type FreezeRule = (facts: FreezeFacts) => Warning | undefined;

/** No freeze before the case is opened (86-6, 公通字〔2024〕22号). */
export const lacksOpening: FreezeRule = ({ fraudCase }) => (fraudCase.state === fraudCaseLifecycle.steps.OPEN.to ? undefined : line('FREEZE_LACKS_CASE_OPENED'));

/** The decision to open the case goes with the freeze notice (86-6). */
export const lacksOpeningDocument: FreezeRule = ({ fraudCase }) => (fraudCase.openingDocumentNumber === null ? line('FREEZE_LACKS_OPENING_DOCUMENT') : undefined);

/** The victim's form is signed, not only due (86-9). */
export const lacksForm: FreezeRule = ({ fraudCase }) => (fraudCase.formState === 'SIGNED' ? undefined : line('FREEZE_LACKS_FORM'));

/** The stop's own legal document is on record (86-1, practice A1). */
export const lacksLegalDocument: FreezeRule = ({ request }) => (request.legalDocumentNumber === null ? line('FREEZE_LACKS_LEGAL_DOCUMENT') : undefined);

/** Below the threshold: merge, else a planned release, never a silent lapse (practice B). */
export const isBelowThreshold: FreezeRule = ({ fraudCase, thresholdFen }) =>
  fraudCase.lossFen < thresholdFen ? line('FREEZE_BELOW_THRESHOLD', { threshold: formatMoney(moneyOf(thresholdFen), 'en').slice(1) }) : undefined;

/** What a freeze asks for, in the order of the board. */
export const freezeRules: readonly FreezeRule[] = [lacksOpening, lacksOpeningDocument, lacksForm, lacksLegalDocument, isBelowThreshold];

/** What is still missing for a freeze; empty when nothing is. */
export const missingForFreeze = (facts: FreezeFacts): Warning[] => freezeRules.flatMap((rule) => rule(facts) ?? []);

/** The next instant at which the unit is told what is missing: the first of the notices that still lies ahead. Milliseconds before the end. */
export function nextFreezeNotice(expiresAt: Date, now: Date, notices: readonly number[]): Date | undefined {
  const instants = notices.map((before) => expiresAt.getTime() - before).filter((instant) => instant > now.getTime());
  return instants.length === 0 ? undefined : new Date(Math.min(...instants));
}
