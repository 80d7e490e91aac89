import { newId } from '@lianfang/database';
import { lifecycleMatrix, matrixCallers } from '@lianfang/testing';
import { MINUTE, Refused, isRefused, refuse, type Caller } from '@lianfang/vocabulary';
import { openBankBench, transferredAt, type BankBench } from '../testing/bank-bench';
import type { CoreDesk } from './core-work';
import { lockOrder, take } from './order-steps';
import { claimStopPaymentOrder, declineStopPayment, executeStopPayment, unclaimStopPaymentOrder } from './stop-payment-order.actions';
import { StopPaymentOrder } from './stop-payment-order.entity';
import { DeclineReason } from './stop-payment-order.input';
import { stopPaymentOrderLifecycle, type StopPaymentOrderAction, type StopPaymentOrderState } from './stop-payment-order.lifecycle';

let bench: BankBench;
let submissions = 0;

beforeAll(async () => {
  bench = await openBankBench();
});
afterAll(() => bench?.database.drop());

/** A core system that never answers a command: what was begun stays begun. */
const silent = (): CoreDesk => ({
  ...bench.desk,
  coreOf: (institution) => ({
    ...bench.desk.coreOf(institution),
    hold: async () => ({ outcome: 'UNCERTAIN', cause: 'silent' }),
    release: async () => ({ outcome: 'UNCERTAIN', cause: 'silent' }),
  }),
});

/** How a fresh order of B001, whose liaisons are asked, comes into each state. */
const ways: Readonly<Record<StopPaymentOrderState, (order: StopPaymentOrder) => Promise<void>>> = {
  RECEIVED: async () => undefined,
  EXECUTING: () => bench.work(silent()),
  STOPPED: () => bench.work(),
  WITHDRAWING: (order) => bench.release(order.id),
  LAPSING: (order) => (bench.clock.set(order.validUntil), bench.work(silent())),
  NOT_EXECUTED: async (order) => (await bench.release(order.id), bench.work()),
  RELEASING: async (order) => (await bench.work(), bench.release(order.id)),
  RELEASED: async (order) => (await bench.work(), await bench.release(order.id), bench.work()),
  EXPIRING: async (order) => (await bench.work(), bench.fire('BEGIN_EXPIRY', order.id)),
  EXPIRED: async (order) => (await bench.work(), await bench.fire('BEGIN_EXPIRY', order.id), bench.work()),
};

/** An order that no message has brought yet. */
const unborn = (): StopPaymentOrder => Object.assign(new StopPaymentOrder(), { id: newId(), institution: 'B001', caseId: newId() });

async function bring(state: StopPaymentOrderState | null): Promise<StopPaymentOrder> {
  if (state === null) return unborn();
  bench.clock.set(new Date(transferredAt.getTime() + 10 * MINUTE));
  const order = await bench.receive(await bench.openMuleAccount('B001'));
  await ways[state](order);
  return bench.load(order.id);
}

/** The mutations; what has none is the machine's or a partner's step, taken with the caller's own login. */
const mutations: Partial<Record<StopPaymentOrderAction, (caller: Caller, input: { id: string; version: number; idempotencyKey: string }) => Promise<StopPaymentOrder | Refused>>> = {
  CLAIM: (caller, input) => claimStopPaymentOrder(bench.as(caller), input),
  UNCLAIM: (caller, input) => unclaimStopPaymentOrder(bench.as(caller), input),
  BEGIN_EXECUTION: (caller, input) => executeStopPayment(bench.as(caller), { ...input, nameConfirmed: false }, silent()),
  DECLINE: (caller, input) => declineStopPayment(bench.as(caller), { ...input, reason: DeclineReason.FUNDS_MOVED }),
};

/** Ends the transaction of a step that was allowed: without what the app would save with it, the row must not keep it. */
class Undone extends Error {
  constructor(readonly state: string) {
    super('the step was allowed and is undone');
  }
}

/** Takes the bare step of a machine or a partner, and undoes it. */
async function stepAndUndo(action: StopPaymentOrderAction, thing: StopPaymentOrder, caller: Caller): Promise<{ state: string } | Refused> {
  const login = caller.kind === 'person' ? bench.database.runtime : bench.database.worker;
  try {
    return await login.asCaller(caller, async (manager) => {
      const order = thing.state === undefined ? Object.assign(new StopPaymentOrder(), thing) : await lockOrder(manager, thing.id);
      const refusal = order ? await take(manager, order, { action, actor: { caller, now: bench.clock.now() } }) : refuse('NOT_FOUND');
      if (refusal || !order) return new Refused([refusal ?? refuse('NOT_FOUND')]);
      throw new Undone(order.state);
    });
  } catch (error) {
    if (error instanceof Undone) return { state: error.state };
    throw error;
  }
}

const act = async (action: StopPaymentOrderAction, thing: StopPaymentOrder, caller: Caller): Promise<{ state: string } | Refused> => {
  const mutation = caller.kind === 'person' && thing.state !== undefined ? mutations[action] : undefined;
  if (mutation === undefined) return stepAndUndo(action, thing, caller);
  const { version } = await bench.load(thing.id);
  const outcome = await mutation(caller, { id: thing.id, version, idempotencyKey: `matrix-${(submissions += 1)}` });
  return isRefused(outcome) ? outcome : { state: outcome.state };
};

test('every state × action × caller of a stop-payment order, through the real mutations', async () => {
  expect(`\n${await lifecycleMatrix(stopPaymentOrderLifecycle, { callers: matrixCallers('banks'), bring, act })}`).toMatchSnapshot();
}, 120_000);

test('a liaison who holds the order may answer it, and nobody else', async () => {
  const [liaison, colleague] = [matrixCallers('banks')['BANK_LIAISON'], { ...matrixCallers('banks')['BANK_LIAISON'], id: 'another' }] as [Caller, Caller];
  const order = await bring('RECEIVED');
  await act('CLAIM', order, liaison);

  const outcomes = await Promise.all([act('DECLINE', order, colleague), act('BEGIN_EXECUTION', order, colleague), act('UNCLAIM', order, colleague)]);

  expect(outcomes.map((outcome) => isRefused(outcome) && outcome.refusals[0]?.code)).toEqual(['NOT_CLAIMED_BY_YOU', 'NOT_CLAIMED_BY_YOU', 'NOT_CLAIMED_BY_YOU']);
});
