export { administratorRoles, agencies, isRole, roles, type Agency, type Role } from './roles';
export { clockCaller, partnerCaller, type Caller, type Side } from './caller';
export { actionsIn, lifecycle, nextState, type ActionOf, type Lifecycle, type StateOf, type Step } from './lifecycle';
export { HOUR, MINUTE, offsetClock, setClock, type Clock } from './clock';
export { Refused, isRefused, refusals, refuse, sentence, type Refusal, type RefusalCode, type Sentences } from './refusal';
export { findContract, messageContracts } from './messages/contracts';
export type { DataOf, MessageContract } from './messages/message-contract';
export { notExecutedReasons, stopPaymentNotExecuted, stopPaymentOrdered, stopPaymentReleaseOrdered, stopPaymentReleased, stopPaymentStopped } from './messages/stop-payment';
