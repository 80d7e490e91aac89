import { codesOf } from './codes';
import { payeeKinds } from './payee-kinds';
import { notExecutedReasonWords, orderChannelWords, stopExecutionWords, stopPaymentKindWords } from './stop-payment-words';

interface Words {
  readonly zh: string;
  readonly en: string;
}

/** A closed list as both sides of an order serve it in their graphs: its codes, and how the enum and each value are described. */
const enumOf = <Code extends string>(name: string, description: string, words: Readonly<Record<Code, Words>>) => ({
  codes: codesOf(Object.keys(words) as Code[]),
  config: { name, description, valuesConfig: Object.fromEntries(Object.entries<Words>(words).map(([code, { zh, en }]) => [code, { description: `${zh}: ${en}.` }])) },
});

/** The lists that police and banks both name in their graphs; one home, because two subgraphs of one graph must serve equal values. */
export const stopPaymentEnums = {
  OrderChannel: enumOf('OrderChannel', 'Which way the legal instrument goes (practice A1).', orderChannelWords),
  StopPaymentKind: enumOf('StopPaymentKind', 'What a stop is for.', stopPaymentKindWords),
  StopExecution: enumOf('StopExecution', 'How the bank carried a stop out.', stopExecutionWords),
  NotExecutedReason: enumOf('NotExecutedReason', 'Why a bank did not execute a stop. Each is a lawful answer, not a failure.', notExecutedReasonWords),
  PayeeKind: enumOf('PayeeKind', 'Where money can go: a payee is not always an account (practice A8).', payeeKinds),
} as const;
