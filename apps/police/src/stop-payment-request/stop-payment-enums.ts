import { codesOf, stopPaymentEnums } from '@lianfang/vocabulary';
import { registerEnumType } from 'type-graphql';
import { stopPaymentRequestLifecycle } from './stop-payment-request.lifecycle';
import { Execution, InstitutionSource, NotExecutedReason, OrderChannel, ReleaseCause, ReleaseReason, StopPaymentKind } from './stop-payment-codes';

registerEnumType(InstitutionSource, {
  name: 'InstitutionSource',
  description: 'From where the institution of an account is known.',
  valuesConfig: {
    PREFIX: { description: "From the number's prefix." },
    STATED: { description: 'Stated by the officer or the reporter.' },
    ANSWER: { description: "From another bank's answer." },
  },
});
registerEnumType(ReleaseCause, {
  name: 'ReleaseCause',
  description: 'What ended the hold.',
  valuesConfig: { POLICE: { description: 'The release that the police ordered.' }, EXPIRY: { description: 'The end of the 48 hours (86-7).' } },
});
registerEnumType(ReleaseReason, {
  name: 'ReleaseReason',
  description: 'Why the police end a stop before its term.',
  valuesConfig: {
    FALSE_REPORT: { description: 'The report was false (86-10).' },
    ERROR: { description: 'The wrong account, or a slip.' },
    APPEAL_UPHELD: { description: 'An appeal was upheld: release at once (反诈法 32, DL-25).' },
    WITHDRAWN_BY_VICTIM: { description: 'The victim withdrew the complaint.' },
    UNRELATED: { description: 'The account has nothing to do with the case.' },
  },
});
// What the banks name too: from its one home, or the two would not compose.
registerEnumType(StopPaymentKind, stopPaymentEnums.StopPaymentKind.config);
registerEnumType(OrderChannel, stopPaymentEnums.OrderChannel.config);
registerEnumType(Execution, stopPaymentEnums.StopExecution.config);
registerEnumType(NotExecutedReason, stopPaymentEnums.NotExecutedReason.config);

/** The states as an enum of filters; the list itself is the lifecycle's. */
export const StopPaymentRequestStates = codesOf(stopPaymentRequestLifecycle.states);

registerEnumType(StopPaymentRequestStates, {
  name: 'StopPaymentRequestState',
  description: 'Where a stop-payment request stands.',
  valuesConfig: {
    PROPOSED: { description: '待审批: waits for the second person.' },
    ORDERED: { description: '已下达: approved and posted, no receipt yet.' },
    RETURNED: { description: '已退回: the approver returned it.' },
    CANCELLED: { description: '已撤销: the unit took it back.' },
    RECEIVED: { description: '已签收: the signed receipt came.' },
    STOPPED: { description: '已止付: the account is stopped; 48 hours run.' },
    NOT_EXECUTED: { description: '未执行: with the field that differs or a reason.' },
    RELEASE_ORDERED: { description: '解除中: the release is ordered, not confirmed.' },
    RELEASED: { description: '已解除: the bank confirmed the release.' },
    EXPIRED_UNCONFIRMED: { description: '到期待确认: over by our clock; nobody is told that the account is open.' },
    EXPIRED: { description: '已到期: the bank confirmed the end.' },
  },
});
