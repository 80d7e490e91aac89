import type { Sentences } from '../refusal';

/** Refusals on the bank side of a stop-payment. */
export const stopPaymentOrderRefusals = {} as const satisfies Record<string, Sentences>;
