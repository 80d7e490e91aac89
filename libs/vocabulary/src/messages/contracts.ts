import type { MessageContract } from './message-contract';
import { stopPaymentDocumentFollowed, stopPaymentNotExecuted, stopPaymentOrdered, stopPaymentOrderedBefore, stopPaymentReleaseOrdered, stopPaymentReleased, stopPaymentStopped } from './stop-payment';

/** Every message type of the system; docs/messages.md is generated from it. */
export const messageContracts: readonly MessageContract[] = [
  stopPaymentOrdered,
  stopPaymentOrderedBefore,
  stopPaymentReleaseOrdered,
  stopPaymentDocumentFollowed,
  stopPaymentStopped,
  stopPaymentNotExecuted,
  stopPaymentReleased,
];

/** The contract of a type, or nothing when we do not know it (a later version, a forged type). */
export const findContract = (type: string): MessageContract | undefined => messageContracts.find((contract) => contract.type === type);
