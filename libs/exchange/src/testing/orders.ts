import { newId } from '@lianfang/database';
import { stopPaymentOrdered, stopPaymentReleaseOrdered, type DataOf } from '@lianfang/vocabulary';

/** A stop-payment order between invented persons; `over` changes fields of it. */
export function stopOrder(over: Partial<DataOf<typeof stopPaymentOrdered>> = {}): DataOf<typeof stopPaymentOrdered> {
  const orderedAt = new Date();
  return stopPaymentOrdered.data.parse({
    orderId: newId(),
    caseId: newId(),
    institution: 'B001',
    channel: 'LOCAL',
    externalApplicationNumber: null,
    caseNumber: 'SPEC-1',
    asker: { unit: '990101000000', unitName: '试验分局', region: '990101', dutyPhone: '000-0001', operatorName: '试验员甲', approverName: '试验员乙' },
    ordinal: 1,
    layer: 1,
    hold: { whole: true },
    facts: { payeeKind: 'BANK_CARD', accountNumber: '9900000000000001', holderName: '试验户名', amount: { fen: '300000', currency: 'CNY' }, transferredAt: orderedAt.toISOString() },
    payer: null,
    legalDocument: null,
    orderedAt: orderedAt.toISOString(),
    validUntil: new Date(orderedAt.getTime() + 3_600_000).toISOString(),
    ...over,
  });
}

/** The order to release a stop. */
export const releaseOrder = (orderId: string): DataOf<typeof stopPaymentReleaseOrdered> => ({ orderId, reason: 'ERROR', orderedAt: new Date().toISOString() });
