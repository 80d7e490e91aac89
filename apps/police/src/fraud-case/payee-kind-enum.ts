import { stopPaymentEnums } from '@lianfang/vocabulary';
import { registerEnumType } from 'type-graphql';

/** The kinds of payee as an enum of answers; the list itself is the vocabulary's, and the banks serve the same. */
export const PayeeKinds = stopPaymentEnums.PayeeKind.codes;

registerEnumType(PayeeKinds, stopPaymentEnums.PayeeKind.config);
