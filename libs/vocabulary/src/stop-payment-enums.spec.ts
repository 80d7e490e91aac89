import { payeeKinds } from './payee-kinds';
import { notExecutedReasons, stopPaymentKinds, stopPaymentOrdered, stopPaymentStopped } from './messages/stop-payment';
import { stopPaymentEnums } from './stop-payment-enums';

const codesOf = (name: keyof typeof stopPaymentEnums): string[] => Object.keys(stopPaymentEnums[name].codes).sort();
const sorted = (codes: readonly string[]): string[] => [...codes].sort();

describe('a list that police and banks both name in their graphs', () => {
  it('has exactly the codes that their messages carry', () => {
    expect(codesOf('OrderChannel')).toEqual(sorted(stopPaymentOrdered.data.shape.channel.options));
    expect(codesOf('StopPaymentKind')).toEqual(sorted(stopPaymentKinds));
    expect(codesOf('StopExecution')).toEqual(sorted(stopPaymentStopped.data.shape.execution.options));
    expect(codesOf('NotExecutedReason')).toEqual(sorted(notExecutedReasons));
    expect(codesOf('PayeeKind')).toEqual(sorted(Object.keys(payeeKinds)));
  });

  it('describes each value in both languages', () => {
    expect(stopPaymentEnums.OrderChannel.config.valuesConfig).toMatchObject({ NATIONAL: { description: '国家平台: national platform.' } });
    for (const { codes, config } of Object.values(stopPaymentEnums)) expect(Object.keys(config.valuesConfig)).toEqual(Object.keys(codes));
  });
});
