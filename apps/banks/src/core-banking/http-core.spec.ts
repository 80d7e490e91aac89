import { newId } from '@lianfang/database';
import { moneyOf } from '@lianfang/vocabulary';
import { accountKinds, CoreUnavailable, type CoreBanking, type HoldCommand, type HoldOutcome, type ReleaseOutcome } from './core-banking';
import { httpCore } from './http-core';
import { startSimulatedCore, type SimulatedCore } from './simulated-core';

const capabilities = { wholeAccount: true, limitedAmount: true, payeeKinds: accountKinds, currencies: ['CNY'] };
const executedAt = new Date('2026-05-01T04:00:00.000Z');
const command = (): HoldCommand => ({ orderId: newId(), ref: 'account-1', extent: moneyOf(30_000n) });

/** A core that remembers what it held, as the contract asks: the first answer again for a repeat. */
function rememberingCore(): CoreBanking & { readonly holds: Map<string, HoldOutcome>; readonly carriedOut: () => number } {
  const holds = new Map<string, HoldOutcome>();
  const released = new Map<string, ReleaseOutcome>();
  let times = 0;
  return {
    institution: 'B009', capabilities, holds, carriedOut: () => times,
    findAccount: async (number) => ({ ref: 'account-1', institution: 'B009', number, holderName: '丙虚构一', status: 'ACTIVE', exemptKind: null, currency: 'CNY', product: 'debit card' }),
    balance: async () => ({ balance: moneyOf(50_000n), available: moneyOf(20_000n) }),
    incoming: async () => [],
    transactionsSince: async () => ({ transactions: [], isTruncated: false }),
    hold: async ({ orderId }) => {
      const outcome = holds.get(orderId) ?? { outcome: 'HELD', executedAt, held: moneyOf(30_000n), balance: moneyOf(50_000n) };
      if (!holds.has(orderId)) times += 1;
      holds.set(orderId, outcome);
      return outcome;
    },
    release: async (orderId) => {
      const outcome = released.get(orderId) ?? { outcome: 'RELEASED', releasedAt: executedAt, stillStopped: false };
      released.set(orderId, outcome);
      return outcome;
    },
  };
}

let behind: ReturnType<typeof rememberingCore>;
let server: SimulatedCore;
let core: CoreBanking;
const open = (over: Partial<Parameters<typeof httpCore>[0]> = {}) =>
  httpCore({ institution: 'B009', url: server.url, token: 'spec-token', capabilities, timeoutMs: 150, attempts: 3, pauseMs: 1, ...over });

beforeEach(async () => {
  behind = rememberingCore();
  server = await startSimulatedCore(behind, 'spec-token');
  core = open();
});

afterEach(() => server.stop());

describe("an institution's own core over HTTP", () => {
  it.each(['LOSE', 'LOSE_BEFORE', 'ERROR_500', 'GARBAGE', 'SILENT'] as const)('holds once although the first answer meets the mishap %s', async (mishap) => {
    const order = command();
    server.befall(mishap);

    const outcome = await core.hold(order);

    expect(outcome).toEqual({ outcome: 'HELD', executedAt, held: moneyOf(30_000n), balance: moneyOf(50_000n) });
    expect(behind.carriedOut()).toBe(1);
    expect(server.arrived).toEqual(['hold', 'hold']);
  });

  it('holds once although the order is carried out twice', async () => {
    server.befall('DOUBLE');

    expect(await core.hold(command())).toMatchObject({ outcome: 'HELD' });
    expect(behind.carriedOut()).toBe(1);
  });

  it.each([
    ['LOSE', /connection lost|UND_ERR_SOCKET|ECONNRESET/],
    ['ERROR_500', /status 500/],
    ['GARBAGE', /outside the contract \(executedAt, held, balance\)/],
    ['SILENT', /no answer in time/],
  ] as const)('says that nobody knows when every attempt meets %s, and recovery finds out later', async (mishap, cause) => {
    const order = command();
    server.befall(mishap, mishap, mishap);

    const outcome = await core.hold(order);
    const recovered = await core.hold(order);

    expect(outcome).toEqual({ outcome: 'UNCERTAIN', cause: expect.stringMatching(cause) });
    expect(recovered).toMatchObject({ outcome: 'HELD', executedAt });
    expect(behind.carriedOut()).toBe(1);
  });

  it('says that nobody knows when a release is lost, and gets the first answer when it calls again', async () => {
    const order = command();
    await core.hold(order);
    server.befall('LOSE', 'LOSE', 'LOSE');

    expect(await core.release(order.orderId)).toMatchObject({ outcome: 'UNCERTAIN' });
    expect(await core.release(order.orderId)).toEqual({ outcome: 'RELEASED', releasedAt: executedAt, stillStopped: false });
  });

  it('does not try again by itself what will not mend by itself', async () => {
    const stranger = open({ token: 'another-token' });

    expect(await stranger.hold(command())).toEqual({ outcome: 'UNCERTAIN', cause: 'the core system of B009 did not answer hold: status 401' });
    expect(server.arrived).toEqual([]);
  });

  it('is unavailable for reading when nobody listens, and names neither address nor account', async () => {
    await server.stop();

    const failure = await core.findAccount('9900018800000001').catch((error: unknown) => error);

    expect(failure).toBeInstanceOf(CoreUnavailable);
    expect(String(failure)).not.toMatch(/990001|127\.0\.0\.1/);
  });

  it('passes a refusal on as it is', async () => {
    server.serve({ ...behind, hold: async () => ({ outcome: 'REFUSED', reason: 'ALREADY_FROZEN' }) });

    expect(await core.hold(command())).toEqual({ outcome: 'REFUSED', reason: 'ALREADY_FROZEN' });
    expect(server.arrived).toHaveLength(1);
  });

  it('takes an answer of an unknown exempt kind for outside the contract', async () => {
    server.serve({ ...behind, findAccount: async (number) => ({ ref: 'a', institution: 'B009', number, holderName: '丙虚构一', status: 'ACTIVE', exemptKind: 'BECAUSE' as 'OTHER_BY_LAW', currency: 'CNY', product: 'x' }) });

    await expect(core.findAccount('9900018800000001')).rejects.toThrow(/outside the contract \(account.exemptKind\)/);
  });

  it('refuses an amount that is not more than zero before it calls', async () => {
    await expect(core.hold({ ...command(), extent: moneyOf(0n) })).rejects.toThrow(/more than 0/);
    expect(server.arrived).toEqual([]);
  });
});
