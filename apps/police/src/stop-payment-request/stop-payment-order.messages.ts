import { post } from '@lianfang/exchange';
import { isStoppable, moneyOf, moneyToWire, stopPaymentDocumentFollowed, stopPaymentOrdered, stopPaymentReleaseOrdered } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { PoliceGround } from '../action-context';
import type { ReleaseReason } from './stop-payment-codes';
import type { StopPaymentRequest } from './stop-payment-request.entity';

/** What an order says beside the request. */
export interface OrderWords {
  readonly request: StopPaymentRequest;
  readonly caseNumber: string;
  readonly operatorName: string;
  readonly approverName: string;
}

/** Posts the order of an approved request: the four facts, who asks, and what to hold; nothing that the bank does not need (practice F). */
export async function postOrder(manager: EntityManager, { directory }: PoliceGround, words: OrderWords): Promise<void> {
  const { request, caseNumber, operatorName, approverName } = words;
  const { orderedAt, validUntil } = request;
  const unit = directory.findUnit(request.unitCode);
  if (!orderedAt || !validUntil) throw new Error(`stop-payment-request ${request.id}: an order needs its times; approve it first`);
  if (!unit) throw new Error(`stop-payment: unit ${request.unitCode} is not in the directory; add it with its duty phone`);
  await post(manager, {
    contract: stopPaymentOrdered,
    subject: request.id,
    at: orderedAt,
    data: {
      orderId: request.id,
      institution: request.institution,
      channel: request.channel,
      kind: request.kind,
      externalApplicationNumber: request.externalApplicationNumber,
      caseId: request.caseId,
      caseNumber,
      asker: { unit: unit.code, unitName: unit.name, region: request.regionCode, dutyPhone: unit.dutyPhone, operatorName, approverName },
      ordinal: request.ordinal,
      layer: request.layer,
      hold: request.amountFen === null ? { whole: true } : { amount: moneyToWire(moneyOf(request.amountFen, request.currency)) },
      facts: factsOf(request),
      payer: request.payerNameSealed && { holderName: request.payerNameSealed.open(), accountNumber: request.payerAccountSealed?.open() ?? null },
      legalDocument: request.legalDocumentNumber === null ? null : { number: request.legalDocumentNumber, sha256: request.legalDocumentHash },
      orderedAt: orderedAt.toISOString(),
      validUntil: validUntil.toISOString(),
    },
  });
}

/** The facts that the bank matches. Throws for a payee that no order reaches: its proposal was to be refused. */
function factsOf(request: StopPaymentRequest) {
  const { id, payeeKind } = request;
  if (!isStoppable(payeeKind)) throw new Error(`stop-payment-request ${id}: no order reaches a payee of kind ${payeeKind}`);
  return {
    payeeKind,
    accountNumber: request.accountNumberSealed.open(),
    holderName: request.holderNameSealed?.open() ?? null,
    amount: request.factFen === null ? null : moneyToWire(moneyOf(request.factFen, request.currency)),
    transferredAt: request.transferredAt?.toISOString() ?? null,
  };
}

/** Posts the release of a stop, or the withdrawal of an order that is not executed yet. */
export async function postRelease(manager: EntityManager, { id, releaseOrderedAt }: StopPaymentRequest, reason: ReleaseReason): Promise<void> {
  if (!releaseOrderedAt) throw new Error(`stop-payment-request ${id}: a release needs its time; order it first`);
  await post(manager, { contract: stopPaymentReleaseOrdered, subject: id, at: releaseOrderedAt, data: { orderId: id, reason, orderedAt: releaseOrderedAt.toISOString() } });
}

/** Tells the bank the legal document of an order that it has without one. */
export async function postDocument(manager: EntityManager, request: StopPaymentRequest, at: Date): Promise<void> {
  const { id, legalDocumentNumber: number, legalDocumentHash: sha256, externalMessageNumber } = request;
  if (number === null) throw new Error(`stop-payment-request ${id}: there is no legal document to tell; record it first`);
  await post(manager, { contract: stopPaymentDocumentFollowed, subject: id, at, data: { orderId: id, legalDocument: { number, sha256 }, externalMessageNumber, recordedAt: at.toISOString() } });
}
