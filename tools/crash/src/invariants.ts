import type { ClientLedger, ClientOrder } from './ledgers/client-ledger';
import type { CoreFact, CoreLedger } from './ledgers/core-ledger';

/** What must hold whatever fails, in the words of the house. */
export const invariants = {
  I1: 'every order that was acknowledged to an officer is executed or visibly refused',
  I2: 'none is executed twice',
  I3: 'none is executed that was not approved, or after its hour',
  I4: 'a release never overtakes its hold',
  I5: 'every execution has one receipt for its signed order, verifiable offline',
  I6: 'the audit chain verifies and covers every change of state',
  I7: 'both sides agree once the faults have stopped',
  I8: 'what is derived equals a replay of what happened',
  I9: "nobody's personal data stands in an error or a log",
} as const;

/** The name of an invariant, as in `I2`. */
export type Invariant = keyof typeof invariants;

/** All of them, in order. */
export const invariantNames = Object.keys(invariants) as readonly Invariant[];

/** Those that the clients' and the core's own ledgers decide alone. */
export const ledgerInvariants = ['I1', 'I2', 'I3', 'I4', 'I7'] as const satisfies readonly Invariant[];

/** One thing that should not be. */
export interface Breach {
  readonly invariant: Invariant;
  readonly what: string;
}

/** What a suite of accidents left behind in the ledgers. */
export interface Ledgers {
  readonly clients: ClientLedger;
  readonly core: CoreLedger;
}

/** How long after its approval an order may be executed, in milliseconds. */
const VALIDITY = 24 * 3_600_000;

/** Checks what the ledgers decide, after the faults have stopped and everything has settled. */
export function checkLedgers({ clients, core }: Ledgers): Breach[] {
  return clients.orders.flatMap((order) => {
    const facts = core.factsOf(order.account.ref);
    return [...isAnswered(order, facts), ...isExecutedOnce(order, facts), ...isApproved(order, facts), ...isInOrder(order, facts), ...isAgreed(order, facts)];
  });
}

const name = ({ account, id }: ClientOrder): string => `the order about ${account.ref} (${id ?? 'never answered'})`;
const heldIn = (facts: readonly CoreFact[]): readonly CoreFact[] => facts.filter(({ kind }) => kind === 'HELD');
const isRefused = ({ seen }: ClientOrder): boolean => seen.police === 'NOT_EXECUTED';

function isAnswered(order: ClientOrder, facts: readonly CoreFact[]): Breach[] {
  if (order.acknowledgedAt === null || heldIn(facts).length > 0 || isRefused(order)) return [];
  return [{ invariant: 'I1', what: `${name(order)} was acknowledged; the core never held and the police see ${order.seen.police}` }];
}

function isExecutedOnce(order: ClientOrder, facts: readonly CoreFact[]): Breach[] {
  const holds = heldIn(facts).length;
  const releases = facts.length - holds;
  return [
    ...(holds > 1 ? [{ invariant: 'I2', what: `${name(order)} was executed ${holds} times` } as const] : []),
    ...(releases > 1 ? [{ invariant: 'I2', what: `${name(order)} was released ${releases} times` } as const] : []),
  ];
}

function isApproved(order: ClientOrder, facts: readonly CoreFact[]): Breach[] {
  return heldIn(facts).flatMap(({ at }): Breach[] => {
    if (order.isDecoy) return [{ invariant: 'I3', what: `${name(order)} was never approved and is executed` }];
    if (order.submittedAt === null || at < order.submittedAt) return [{ invariant: 'I3', what: `${name(order)} is executed before anybody approved it` }];
    const late = at.getTime() - (order.acknowledgedAt ?? order.submittedAt).getTime() > VALIDITY;
    return late ? [{ invariant: 'I3', what: `${name(order)} is executed after its hour` }] : [];
  });
}

function isInOrder(order: ClientOrder, facts: readonly CoreFact[]): Breach[] {
  const released = facts.findIndex(({ kind }) => kind === 'RELEASED');
  const heldAfter = released >= 0 && facts.slice(released).some(({ kind }) => kind === 'HELD');
  const early = released >= 0 && order.releaseSubmittedAt === null && order.seen.bank !== 'EXPIRED';
  return [
    ...(released === 0 || heldAfter ? [{ invariant: 'I4', what: `${name(order)}: the core saw ${facts.map(({ kind }) => kind).join(', ')}` } as const] : []),
    ...(early ? [{ invariant: 'I4', what: `${name(order)} was released; nobody asked for it` } as const] : []),
  ];
}

/** Both sides say the same, and what they say is what the core did. */
function isAgreed(order: ClientOrder, facts: readonly CoreFact[]): Breach[] {
  const { police, bank } = order.seen;
  if (order.acknowledgedAt === null && facts.length === 0) return [];
  const expected = facts.some(({ kind }) => kind === 'RELEASED') ? ['RELEASED', 'EXPIRED'] : heldIn(facts).length > 0 ? ['STOPPED'] : ['NOT_EXECUTED'];
  const isSo = police === bank && expected.includes(String(police)) && !(order.releaseAcknowledgedAt !== null && police === 'STOPPED');
  return isSo ? [] : [{ invariant: 'I7', what: `${name(order)}: the police see ${police}, the bank ${bank}, the core did ${facts.map(({ kind }) => kind).join(', ') || 'nothing'}` }];
}
