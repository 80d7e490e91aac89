import type { Sentences } from '../refusal';

/** Refusals on the police side of a stop-payment. */
export const stopPaymentRequestRefusals = {} as const satisfies Record<string, Sentences>;
