import { newId } from '@lianfang/database';
import { OutboxMessage } from '@lianfang/exchange';
import { inventedCard, inventedPrefixes, people, testDatabase, type InventedInstitution, type TestDatabase } from '@lianfang/testing';
import {
  MINUTE,
  clockCaller,
  moneyOf,
  partnerCaller,
  setClock,
  stopPaymentDocumentFollowed,
  stopPaymentOrdered,
  stopPaymentOrderedBefore,
  stopPaymentReleaseOrdered,
  type Caller,
  type DataOf,
} from '@lianfang/vocabulary';
import type { ActionContext } from '../action-context';
import { accountKinds } from '../core-banking/core-banking';
import { builtInCore } from '../core-banking/built-in-core';
import { openLedgerAccount } from '../core-banking/ledger-account';
import { postTransfer } from '../core-banking/ledger-posting';
import { entities, migrations } from '../data-source';
import { defaultInstitutionSettings, type InstitutionSettings } from '../settings';
import { stopPaymentOrderDeadlines } from '../stop-payment-order/clock-steps';
import { machineDesk, workOnDueOrders, type CoreDesk } from '../stop-payment-order/core-work';
import { StopPaymentOrder } from '../stop-payment-order/stop-payment-order.entity';
import { stopPaymentOrderHandlers } from '../stop-payment-order/stop-payment-order.messages';

type Ordered = DataOf<typeof stopPaymentOrdered>;

/** What a spec changes of an order. */
type Over = Partial<Omit<Ordered, 'facts'>> & { readonly facts?: Partial<Ordered['facts']> };

/** When the victim's money came in, in every spec of the bank. */
export const transferredAt = new Date('2026-05-01T02:00:00.000Z');

/** A bank with a database, a ledger, one account that received the victim's money, and a clock that stands still. */
export async function openBankBench() {
  const database = await testDatabase('banks', { entities, migrations });
  const clock = setClock(new Date(transferredAt.getTime() + 10 * MINUTE));
  const ledger = { database: database.worker, clock };
  const chosen = new Map<string, InstitutionSettings>([['B001', { ...defaultInstitutionSettings, straightThrough: true }]]);
  const capabilities = { wholeAccount: true, limitedAmount: true, payeeKinds: accountKinds, currencies: ['CNY'] };
  const desk: CoreDesk = {
    coreOf: (institution) => builtInCore(ledger, { institution, capabilities: institution === 'P001' ? { ...capabilities, limitedAmount: false } : capabilities }),
    settingsOf: (institution) => chosen.get(institution) ?? defaultInstitutionSettings,
  };
  return { database, clock, ledger, desk, chosen, ...banking({ database, clock, ledger, desk }) };
}

/** The bench of one spec file. */
export type BankBench = Awaited<ReturnType<typeof openBankBench>>;

interface Ground {
  readonly database: TestDatabase;
  readonly clock: ReturnType<typeof setClock>;
  readonly ledger: { readonly database: TestDatabase['worker']; readonly clock: ReturnType<typeof setClock> };
  readonly desk: CoreDesk;
}

const police = partnerCaller('banks', 'police');

function banking({ database, clock, ledger, desk }: Ground) {
  const handlers = stopPaymentOrderHandlers({ keyring: database.keyring, clock });
  const machine = (with_: CoreDesk = desk) => machineDesk(with_, database.worker, clock);
  let opened = 0;

  /** Opens an account of `institution` that has just received the victim's 30,000.00 yuan. */
  const openMuleAccount = async (institution: InventedInstitution = 'B002', holderName: string = people.holder.name) => {
    opened += 1;
    const number = inventedCard(inventedPrefixes[institution], opened);
    const ref = await openLedgerAccount(ledger, { institution, number, holderName, openingBalance: moneyOf(0n), openedAt: new Date(transferredAt.getTime() - 1000) });
    await postTransfer(ledger, { reference: `in-${opened}`, from: { number: people.victim.account, holderName: people.victim.name, institution: 'B003' }, to: { ref }, amount: moneyOf(3_000_000n), at: transferredAt });
    return { ref, number, institution, holderName };
  };

  /** Delivers a message of the police to its handler, as the exchange would. */
  const deliver = (type: string, data: { readonly orderId: string }): Promise<void> =>
    database.worker.asCaller(police, async (manager) => {
      const handler = handlers[type];
      if (!handler) throw new Error(`no handler of ${type}`);
      await handler(manager, { id: newId(), type, subject: data.orderId, data, from: 'police', institution: null, receivedAt: clock.now(), time: clock.now() });
    });

  /** Receives an order about an account; `over` changes what the order says. */
  const receive = async (account: { number: string; institution: string; holderName: string }, over: Over = {}): Promise<StopPaymentOrder> => {
    const data = orderData(account, clock.now(), over);
    await deliver(stopPaymentOrdered.type, data);
    return load(data.orderId);
  };

  /** Receives an order of the message version before, which does not say what kind of payee it names. */
  const receiveBefore = async (account: { number: string; institution: string; holderName: string }): Promise<StopPaymentOrder> => {
    const { kind: _always, facts: { payeeKind: _unsaid, ...facts }, ...rest } = orderData(account, clock.now(), {});
    const data = stopPaymentOrderedBefore.data.parse({ ...rest, facts });
    await deliver(stopPaymentOrderedBefore.type, data);
    return load(data.orderId);
  };

  const load = (id: string): Promise<StopPaymentOrder> => database.worker.asCaller(clockCaller('banks'), (manager) => manager.findOneByOrFail(StopPaymentOrder, { id }));
  return {
    machine,
    openMuleAccount,
    deliver,
    receive,
    receiveBefore,
    load,
    release: (orderId: string): Promise<void> => deliver(stopPaymentReleaseOrdered.type, { orderId, ...releaseData(clock.now()) }),
    /** Delivers the legal document that follows an order. */
    followWithDocument: (orderId: string, number: string): Promise<void> =>
      deliver(stopPaymentDocumentFollowed.type, { orderId, ...documentData(number, clock.now()) }),
    /** Lets the machine work until nothing is due now. */
    work: async (with_: CoreDesk = desk, onFault: (id: string, error: unknown) => void = rethrow): Promise<void> => {
      while ((await workOnDueOrders(machine(with_), { limit: 50, onFault })) > 0);
    },
    /** Fires one deadline of an order, due or not. */
    fire: (action: 'LAPSE_CLAIM' | 'BEGIN_EXPIRY', thingId: string): Promise<void> =>
      database.worker.asCaller(clockCaller('banks'), async (manager) => {
        await stopPaymentOrderDeadlines(clock)[`stop-payment-order.${action}`]?.(manager, { id: newId(), thing: 'stop-payment-order', thingId, action, dueAt: clock.now() });
      }),
    /** What the bank has posted to the police about an order, oldest first. */
    posted: async (orderId: string): Promise<{ type: string; data: Record<string, unknown> }[]> => {
      const messages = await database.worker.asCaller(clockCaller('banks'), (manager) => manager.find(OutboxMessage, { where: { subject: orderId }, order: { id: 'ASC' } }));
      return messages.map(({ type, content }) => ({ type, data: JSON.parse(content?.open() ?? 'null') as Record<string, unknown> }));
    },
    as: (caller: Caller): ActionContext => ({ caller, clock, act: (work) => database.runtime.asCaller(caller, work) }),
  };
}

const rethrow = (_id: string, error: unknown): never => {
  throw error;
};

const releaseData = (now: Date) => ({ reason: 'ERROR' as const, orderedAt: now.toISOString() });

const documentData = (number: string, now: Date) => ({ legalDocument: { number, sha256: 'ab'.repeat(32) }, externalMessageNumber: 'MSG-0001', recordedAt: now.toISOString() });

function orderData(account: { number: string; institution: string; holderName: string }, now: Date, over: Over): Ordered {
  const facts: Ordered['facts'] = { payeeKind: 'BANK_CARD', accountNumber: account.number, holderName: account.holderName, amount: { fen: '3000000', currency: 'CNY' }, transferredAt: transferredAt.toISOString() };
  return {
    orderId: newId(),
    institution: account.institution,
    channel: 'LOCAL',
    kind: 'STOP',
    externalApplicationNumber: null,
    caseId: newId(),
    caseNumber: 'A990101000000202605000001',
    asker: { unit: '990101000000', unitName: '演示分局', region: '990101', dutyPhone: '000-0001', operatorName: '经办甲', approverName: '审批乙' },
    ordinal: 1,
    layer: 1,
    hold: { whole: true },
    payer: { holderName: people.victim.name, accountNumber: null },
    legalDocument: null,
    orderedAt: now.toISOString(),
    validUntil: new Date(now.getTime() + 24 * 60 * MINUTE).toISOString(),
    ...over,
    facts: { ...facts, ...over.facts },
  };
}
