import { codesOf, stopPaymentEnums } from '@lianfang/vocabulary';
import { registerEnumType } from 'type-graphql';
import { stopPaymentOrderLifecycle } from './stop-payment-order.lifecycle';

/** The states as an enum of fields and filters; the list itself is the lifecycle's. */
export const StopPaymentOrderStates = codesOf(stopPaymentOrderLifecycle.states);

registerEnumType(StopPaymentOrderStates, {
  name: 'StopPaymentOrderState',
  description: 'Where a stop-payment order stands at the bank.',
  valuesConfig: {
    RECEIVED: { description: '已接收: waits for an answer.' },
    EXECUTING: { description: '执行中: the core system is being asked to hold.' },
    STOPPED: { description: '已止付: the account is stopped; 48 hours run.' },
    NOT_EXECUTED: { description: '未执行: with the field that differs or a reason.' },
    WITHDRAWING: { description: '撤回中: the police took it back; the core system is being asked to end what it may hold.' },
    LAPSING: { description: '失效中: nobody began it in time; the core system is being asked likewise.' },
    RELEASING: { description: '解除中: the core system is being asked to release, as the police ordered.' },
    RELEASED: { description: '已解除: as the police ordered.' },
    EXPIRING: { description: '到期解除中: the term has ended; the core system is being asked to release.' },
    EXPIRED: { description: '已到期解除: the term has ended and nothing of this order is held.' },
  },
});
// What the police name too: from its one home, or the two would not compose.
for (const { codes, config } of Object.values(stopPaymentEnums)) registerEnumType(codes, config);
