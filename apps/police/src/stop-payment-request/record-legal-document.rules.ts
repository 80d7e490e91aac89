import { refuse, type Refusal } from '@lianfang/vocabulary';
import type { StopPaymentRequest } from './stop-payment-request.entity';
import { stopPaymentRequestLifecycle } from './stop-payment-request.lifecycle';

/** What the rules ask of a request whose legal document follows. */
export type DocumentFacts = Pick<StopPaymentRequest, 'state' | 'orderedAt' | 'legalDocumentNumber'>;

type DocumentRule = (facts: DocumentFacts) => Refusal | undefined;

/** A document follows an order that was given, and that the bank did not answer with NOT_EXECUTED: also after the stop has ended, the file must be complete. */
export const wasOrdered: DocumentRule = ({ state, orderedAt }) =>
  orderedAt === null || state === stopPaymentRequestLifecycle.steps.DECLINE.to ? refuse('WRONG_STATE', { parameters: { state } }) : undefined;

/** A document that the bank has been told is not exchanged for another. */
export const hasNoDocument: DocumentRule = ({ legalDocumentNumber }) => (legalDocumentNumber === null ? undefined : refuse('LEGAL_DOCUMENT_RECORDED', { path: 'legalDocumentNumber' }));

/** What a request must fulfil so that its legal document is recorded afterwards, in order. */
export const documentRules: readonly DocumentRule[] = [wasOrdered, hasNoDocument];

/** The first rule's "no", or nothing. */
export function refuseDocument(facts: DocumentFacts): Refusal | undefined {
  for (const rule of documentRules) {
    const refusal = rule(facts);
    if (refusal) return refusal;
  }
  return undefined;
}
