import { newId } from '@lianfang/database';
import type { Agency } from '@lianfang/vocabulary';
import { makeEnvelope } from '../envelope/envelope';
import type { ParkingReason } from '../inbox/admission';
import { releaseOrder, stopOrder } from '../testing/orders';
import { specDeployment } from '../testing/deployment';
import type { ExchangeRules } from './exchange-rules';
import type { Kind } from './plan';
import type { Message } from './side-database';

const order = stopOrder();
const at = order.orderedAt;
const { orderId } = order;
const money = { fen: '300000', currency: 'CNY' };

/** A real message of each kind. */
const examples: Readonly<Record<Kind, { type: string; data: unknown }>> = {
  ORDERED: { type: 'stop-payment.ordered.v2', data: order },
  RELEASE_ORDERED: { type: 'stop-payment.release-ordered.v1', data: releaseOrder(orderId) },
  STOPPED: { type: 'stop-payment.stopped.v1', data: { orderId, bankAccountId: newId(), startedAt: at, expiresAt: at, held: money, wholeAccount: true, balance: money, execution: 'STRAIGHT_THROUGH', outflows: [], outflowsTruncated: false } },
  NOT_EXECUTED: { type: 'stop-payment.not-executed.v1', data: { orderId, bankAccountId: null, reason: 'ORDER_EXPIRED', technicalCause: null, businessNote: null, decidedAt: at, outflows: [], outflowsTruncated: false } },
  RELEASED: { type: 'stop-payment.released.v1', data: { orderId, releasedAt: at, cause: 'POLICE', stillStopped: false } },
  LATER_VERSION: { type: 'stop-payment.ordered.v3', data: order },
  NOT_THEIRS: { type: 'stop-payment.released.v1', data: { orderId, releasedAt: at, cause: 'POLICE', stillStopped: false } },
  BAD_DATA: { type: 'stop-payment.ordered.v2', data: { ...order, extra: 1 } },
};

const directory = { findInstitution: (code: string) => specDeployment.institutions.find((institution) => institution.code === code) };
const verdicts = new WeakMap<ExchangeRules['admit'], Map<string, ParkingReason | null>>();

/** Why production would park a message of this kind, or null; asked once for each, because the answer is always the same. */
export function admission({ kind }: Message, { from, to, admit }: { from: Agency; to: Agency; admit: ExchangeRules['admit'] }): ParkingReason | null {
  const known = verdicts.get(admit) ?? new Map<string, ParkingReason | null>();
  verdicts.set(admit, known);
  const key = `${kind} ${from} ${to}`;
  const before = known.get(key);
  if (before !== undefined) return before;
  const { type, data } = examples[kind];
  const verdict = admit({ envelope: makeEnvelope(from, { id: newId(), type, subject: orderId, time: new Date(at), data }), key: { agency: from, institution: null } }, { agency: to, directory });
  const parking = 'parked' in verdict ? verdict.parked : null;
  known.set(key, parking);
  return parking;
}
