import { move, recordAudit } from '@lianfang/access';
import { Sealed, type Keyring } from '@lianfang/database';
import { handling, post, type Handlers } from '@lianfang/exchange';
import {
  lastFour,
  parseAccountNumber,
  partnerCaller,
  stopPaymentDocumentFollowed,
  stopPaymentNotExecuted,
  payeeKinds,
  stopPaymentOrdered,
  stopPaymentOrderedBefore,
  stopPaymentReleaseOrdered,
  stopPaymentReleased,
  stopPaymentStopped,
  type Clock,
  type DataOf,
  type Refusal,
  type StoppablePayeeKind,
} from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import type { CoreTransaction, Outflows } from '../core-banking/core-banking';
import { bankSettings } from '../settings';
import { freeClaim } from './free-claim';
import { StopPaymentOrder } from './stop-payment-order.entity';
import { stopPaymentOrderLifecycle, type StopPaymentOrderState } from './stop-payment-order.lifecycle';

/** The police, as the sender whose verified message is handled here. */
const police = partnerCaller('banks', 'police');

/** What the handlers need: the keys for the blind index, and the hour. */
interface Parts {
  readonly keyring: Keyring;
  readonly clock: Clock;
}

/** The messages that this feature handles; a message that comes twice changes nothing the second time. */
export const stopPaymentOrderHandlers = ({ keyring, clock }: Parts): Handlers => ({
  ...handling(stopPaymentOrdered, (manager, { data }) => receiveOrder(manager, { ...data, payeeKind: data.facts.payeeKind }, { keyring, clock })),
  ...handling(stopPaymentOrderedBefore, (manager, { data }) => receiveOrder(manager, { ...data, kind: 'STOP', payeeKind: null }, { keyring, clock })),
  ...handling(stopPaymentReleaseOrdered, (manager, { data }) => receiveRelease(manager, data, clock.now())),
  ...handling(stopPaymentDocumentFollowed, (manager, { data }) => receiveDocument(manager, data, clock.now())),
});

/** An order of either version; the one before does not say what kind of payee it names. */
type Ordered = Omit<DataOf<typeof stopPaymentOrdered>, 'facts'> & { readonly facts: Omit<DataOf<typeof stopPaymentOrdered>['facts'], 'payeeKind'>; readonly payeeKind: StoppablePayeeKind | null };

async function receiveOrder(manager: EntityManager, data: Ordered, { keyring, clock }: Parts): Promise<void> {
  if (await manager.existsBy(StopPaymentOrder, { id: data.orderId })) return;
  const order = orderOf(data, keyring, clock.now());
  const refusal = await move(manager, { lifecycle: stopPaymentOrderLifecycle, thing: order, action: 'RECEIVE', caller: police, at: order.receivedAt, target: order, caseId: order.caseId });
  if (refusal) throw brokenPromise(refusal);
  await manager.insert(StopPaymentOrder, order);
}

/** What becomes of a release order in each state; in the states that are missing there is nothing left to release. */
const onRelease: Partial<Record<StopPaymentOrderState, (manager: EntityManager, order: StopPaymentOrder, now: Date) => Promise<void>>> = {
  RECEIVED: async (manager, order, now) => {
    await movePolice(manager, order, 'BEGIN_WITHDRAWAL', now);
    await freeClaim(manager, order);
    Object.assign(order, { releaseOrderedAt: now, coreDueAt: now, coreAttempts: 0 });
  },
  EXECUTING: noteRelease,
  LAPSING: noteRelease,
  STOPPED: beginRelease,
};

/** A release of an order that the core system is being called for: obeyed as soon as the call ends. */
async function noteRelease(manager: EntityManager, order: StopPaymentOrder, now: Date): Promise<void> {
  if (order.releaseOrderedAt) return;
  order.releaseOrderedAt = now;
  await recordAudit(manager, police, { at: now, kind: 'FACT', thing: stopPaymentOrderLifecycle.name, thingId: order.id, institution: order.institution, body: { fact: 'RELEASE_ORDERED' } });
}

async function receiveRelease(manager: EntityManager, { orderId }: DataOf<typeof stopPaymentReleaseOrdered>, now: Date): Promise<void> {
  const order = await lockOrdered(manager, orderId, 'a release');
  await onRelease[order.state]?.(manager, order, now);
  await manager.save(order);
}

/** Keeps the legal document that follows an order, in whatever state the order is; the same one a second time changes nothing. */
async function receiveDocument(manager: EntityManager, data: DataOf<typeof stopPaymentDocumentFollowed>, now: Date): Promise<void> {
  const { orderId, legalDocument, externalMessageNumber } = data;
  const order = await lockOrdered(manager, orderId, 'a legal document');
  if (order.legalDocumentNumber === legalDocument.number) return;
  if (order.legalDocumentNumber !== null) throw new Error(`order ${orderId} has another legal document already; the police must say which one holds`);
  const body = { fact: 'LEGAL_DOCUMENT_RECEIVED', legalDocumentNumber: legalDocument.number };
  await recordAudit(manager, police, { at: now, kind: 'FACT', thing: stopPaymentOrderLifecycle.name, thingId: order.id, institution: order.institution, body });
  await manager.save(Object.assign(order, { legalDocumentNumber: legalDocument.number, legalDocumentSha256: legalDocument.sha256, externalMessageNumber }));
}

/** The order that a later message names, locked. */
async function lockOrdered(manager: EntityManager, orderId: string, what: string): Promise<StopPaymentOrder> {
  const order = await manager.findOne(StopPaymentOrder, { where: { id: orderId }, lock: { mode: 'pessimistic_write' } });
  if (!order) throw new Error(`${what} names the order ${orderId}, which this bank has not received; the order must come before it`);
  return order;
}

/** Turns a stop towards its end because the police say so; the machine then releases at the core system. */
export async function beginRelease(manager: EntityManager, order: StopPaymentOrder, now: Date): Promise<void> {
  await movePolice(manager, order, 'BEGIN_RELEASE', now);
  Object.assign(order, { releaseOrderedAt: order.releaseOrderedAt ?? now, coreDueAt: now, coreAttempts: 0 });
}

async function movePolice(manager: EntityManager, order: StopPaymentOrder, action: 'BEGIN_WITHDRAWAL' | 'BEGIN_RELEASE', at: Date): Promise<void> {
  const refusal = await move(manager, { lifecycle: stopPaymentOrderLifecycle, thing: order, action, caller: police, at, target: order, caseId: order.caseId });
  if (refusal) throw brokenPromise(refusal);
}

/** Tells the police that the account is stopped, with what has flowed out since the transfer. */
export async function postStopped(manager: EntityManager, order: StopPaymentOrder, outflows: Outflows): Promise<void> {
  const { startedAt, expiresAt, heldAmount, balanceAmount, heldCurrency: currency, bankAccountId, execution } = order;
  if (!startedAt || !expiresAt || heldAmount === null || balanceAmount === null || !currency || !bankAccountId || !execution) throw new Error(`order ${order.id} is not stopped yet`);
  await post(manager, {
    to: 'police',
    contract: stopPaymentStopped,
    subject: order.id,
    data: {
      orderId: order.id,
      bankAccountId,
      startedAt: startedAt.toISOString(),
      expiresAt: expiresAt.toISOString(),
      held: { fen: heldAmount.toString(), currency },
      wholeAccount: order.wholeAccount,
      balance: { fen: balanceAmount.toString(), currency },
      execution,
      outflows: outflows.transactions.map(outflowOf),
      outflowsTruncated: outflows.isTruncated,
    },
  });
}

/** Tells the police that the order was not executed, and why. */
export async function postNotExecuted(manager: EntityManager, order: StopPaymentOrder, outflows: Outflows = { transactions: [], isTruncated: false }): Promise<void> {
  const { notExecutedReason, answeredAt } = order;
  if (!notExecutedReason || !answeredAt) throw new Error(`order ${order.id} has no reason for not being executed`);
  await post(manager, {
    to: 'police',
    contract: stopPaymentNotExecuted,
    subject: order.id,
    data: {
      orderId: order.id,
      bankAccountId: order.bankAccountId,
      reason: notExecutedReason,
      technicalCause: order.technicalCause,
      businessNote: order.businessNote,
      decidedAt: answeredAt.toISOString(),
      outflows: outflows.transactions.map(outflowOf),
      outflowsTruncated: outflows.isTruncated,
    },
  });
}

/** Tells the police that the hold of this order has ended. */
export async function postReleased(manager: EntityManager, order: StopPaymentOrder, cause: 'POLICE' | 'EXPIRY'): Promise<void> {
  if (!order.releasedAt || order.stillStopped === null) throw new Error(`order ${order.id} is not released yet`);
  const data = { orderId: order.id, releasedAt: order.releasedAt.toISOString(), cause, stillStopped: order.stillStopped };
  await post(manager, { to: 'police', contract: stopPaymentReleased, subject: order.id, data });
}

const outflowOf = ({ reference, at, amount, counterparty }: CoreTransaction) => ({
  reference,
  at: at.toISOString(),
  amount: { fen: amount.fen.toString(), currency: amount.currency },
  accountNumber: counterparty.number,
  holderName: counterparty.holderName,
  institution: counterparty.institution,
});

/** The number as it is indexed, with its last four characters; that of an order, merchant or wallet stands as it is. */
function readNumber({ payeeKind, facts: { accountNumber } }: Ordered): { text: string; ending: string } {
  const isAccount = payeeKind === null || payeeKinds[payeeKind].identifier === 'account';
  const number = isAccount ? parseAccountNumber(accountNumber, 'facts.accountNumber') : undefined;
  return number && 'text' in number ? { text: number.text, ending: lastFour(number) } : { text: accountNumber, ending: accountNumber.slice(-4) };
}

function orderOf(data: Ordered, keyring: Keyring, now: Date): StopPaymentOrder {
  const { text, ending } = readNumber(data);
  const amount = 'amount' in data.hold ? data.hold.amount : null;
  return Object.assign(new StopPaymentOrder(), {
    id: data.orderId,
    institution: data.institution,
    channel: data.channel,
    kind: data.kind,
    externalApplicationNumber: data.externalApplicationNumber,
    caseId: data.caseId,
    caseNumber: data.caseNumber,
    askerUnit: data.asker.unit,
    askerUnitName: data.asker.unitName,
    askerRegion: data.asker.region,
    dutyPhone: data.asker.dutyPhone,
    operatorName: Sealed.of(data.asker.operatorName),
    approverName: Sealed.of(data.asker.approverName),
    ordinal: data.ordinal,
    layer: data.layer,
    wholeAccount: amount === null,
    holdAmount: amount === null ? null : BigInt(amount.fen),
    payeeKind: data.payeeKind,
    accountNumber: Sealed.of(text),
    accountIndex: keyring.index('account-number', text),
    accountLastFour: ending,
    holderName: data.facts.holderName === null ? null : Sealed.of(data.facts.holderName),
    factAmount: data.facts.amount && BigInt(data.facts.amount.fen),
    currency: data.facts.amount?.currency ?? 'CNY',
    transferredAt: data.facts.transferredAt === null ? null : new Date(data.facts.transferredAt),
    payerName: data.payer === null ? null : Sealed.of(data.payer.holderName),
    payerAccountNumber: data.payer?.accountNumber ? Sealed.of(data.payer.accountNumber) : null,
    legalDocumentNumber: data.legalDocument?.number ?? null,
    legalDocumentSha256: data.legalDocument?.sha256 ?? null,
    orderedAt: new Date(data.orderedAt),
    validUntil: new Date(data.validUntil),
    receivedAt: now,
    answerDueAt: new Date(now.getTime() + bankSettings.answerWithin),
    coreDueAt: now,
    coreAttempts: 0,
    createdAt: now,
  });
}

/** A step that the tables promise to be possible was refused: a fault of ours, and the message is tried again or parked. */
const brokenPromise = (refusal: Refusal): Error => new Error(`a partner's message could not move its order: ${refusal.code}`);
