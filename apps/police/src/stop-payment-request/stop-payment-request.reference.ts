import type { Reference } from '@lianfang/subgraph';
import { loadRequests } from './stop-payment-request.loader';

/** Finds the request behind a federation key, in the caller's name. */
export const stopPaymentRequestReference: Reference = ({ id }, context) => context.loader(loadRequests).load(id);
