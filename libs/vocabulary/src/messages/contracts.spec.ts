import { agencies } from '../roles';
import { findContract, messageContracts } from './contracts';
import { mayBegin, stopPaymentOrdered, stopPaymentOrderedBefore, stopPaymentReleased } from './stop-payment';

const released = { orderId: '0198c0de-0000-7000-8000-000000000001', releasedAt: '2026-05-01T00:00:00.000Z', cause: 'POLICE', stillStopped: false };

describe('every message type', () => {
  it.each([...messageContracts])('$type is named thing, event, version and goes between two agencies', (contract) => {
    expect(contract.type).toMatch(/^[a-z]+(-[a-z]+)*\.[a-z]+(-[a-z]+)*\.v[1-9]\d*$/);
    expect(agencies).toContain(contract.from);
    expect(agencies).toContain(contract.to);
    expect(contract.from).not.toBe(contract.to);
  });

  it('stands once', () => {
    expect(new Set(messageContracts.map(({ type }) => type)).size).toBe(messageContracts.length);
  });

  it('is found by its exact name; a later version is not known', () => {
    expect(findContract('stop-payment.ordered.v2')).toBe(stopPaymentOrdered);
    expect(findContract('stop-payment.ordered.v1')).toBe(stopPaymentOrderedBefore);
    expect(findContract('stop-payment.ordered.v3')).toBeUndefined();
  });

  it('carries no field that its contract does not list', () => {
    expect(stopPaymentReleased.data.safeParse(released).success).toBe(true);
    expect(stopPaymentReleased.data.safeParse({ ...released, officerName: '虚构人' }).success).toBe(false);
  });

  it('carries instants in UTC to the millisecond', () => {
    expect(stopPaymentReleased.data.safeParse({ ...released, releasedAt: '2026-05-01T08:00:00+08:00' }).success).toBe(false);
  });
});

describe('the validity of an order', () => {
  it('ends at its instant: a millisecond before it a bank may begin, at it no longer', () => {
    expect([mayBegin(1_000, 999), mayBegin(1_000, 1_000), mayBegin(new Date(1_000), new Date(999)), mayBegin(new Date(1_000), new Date(1_000))]).toEqual([true, false, true, false]);
  });
});
