import { isOpen } from '../outbox/dispatch';
import type { Party } from './party';
import type { InboxRow, Job, Request } from './side-database';
import type { Hold, Violation } from './ledger';
import type { World } from './world';

/** Both sides when nothing happens any more. */
export interface Rest {
  readonly world: World;
  readonly police: Party;
  readonly banks: Party;
}

/** The first promise that is broken in a world at rest. */
export function findViolation(rest: Rest): Violation | undefined {
  const { ledger } = rest.world;
  if (ledger.violation) return ledger.violation;
  for (const check of [executedTwice, executedWithoutRight, overtaken, heldUnseen, lost, receipts, convergence]) check(rest);
  return ledger.violation;
}

const holdsOf = ({ world }: Rest, order: string): Hold[] => [...world.ledger.holds.values()].filter(({ orderId }) => orderId === order);
const requestOf = ({ police }: Rest, order: string): Request | undefined => police.database.requests.find(({ id }) => id === order);

/** I2. */
function executedTwice(rest: Rest): void {
  const { ledger } = rest.world;
  const seen = new Set<string>();
  for (const { orderId } of ledger.holds.values()) {
    if (seen.has(orderId)) ledger.violate('I2', `the core system held ${orderId} twice`);
    seen.add(orderId);
  }
  for (const { id, stops, refusals, releases } of rest.police.database.requests) {
    if (stops > 1 || refusals > 1 || releases > 1) ledger.violate('I2', `the police took in an answer about ${id} twice`);
  }
}

/** I3. */
function executedWithoutRight({ world: { ledger } }: Rest): void {
  for (const { orderId, begunAt } of ledger.holds.values()) {
    const validUntil = ledger.given.get(orderId);
    if (validUntil === undefined) ledger.violate('I3', `the core system held ${orderId}, which nobody ordered`);
    else if (begunAt >= validUntil) ledger.violate('I3', `the execution of ${orderId} was begun ${begunAt - validUntil} ms after its validity`);
  }
}

/** I4, as it shows at the end: what was to be released is not held. */
function overtaken(rest: Rest): void {
  const { ledger } = rest.world;
  for (const order of ledger.acknowledgedReleases) {
    if (holdsOf(rest, order).some(({ releasedAt }) => releasedAt === null)) ledger.violate('I4', `${order} is still held although its release was acknowledged`);
  }
}

/** I4, of orders that nobody released: of what the police were told is not executed nothing is held. */
function heldUnseen(rest: Rest): void {
  const { ledger } = rest.world;
  for (const { id, state } of rest.police.database.requests) {
    if (state === 'NOT_EXECUTED' && holdsOf(rest, id).some(({ releasedAt }) => releasedAt === null)) ledger.violate('I4', `${id} is still held although the police were told that it is not executed`);
  }
}

/** I1. */
function lost(rest: Rest): void {
  const { ledger } = rest.world;
  for (const order of ledger.acknowledged) {
    if (holdsOf(rest, order).length === 0 && requestOf(rest, order)?.state !== 'NOT_EXECUTED') ledger.violate('I1', `${order} was acknowledged and is neither executed nor visibly refused`);
  }
  for (const order of ledger.acknowledgedReleases) {
    const state = requestOf(rest, order)?.state;
    if (state !== 'RELEASED' && state !== 'NOT_EXECUTED') ledger.violate('I1', `the release of ${order} was acknowledged and the police see it as ${state}`);
  }
}

/** I5. */
function receipts({ world: { ledger }, police, banks }: Rest): void {
  for (const [batchHash, serials] of ledger.answers) if (serials.size > 1 + ledger.restores) ledger.violate('I5', `${serials.size} different receipts were given for ${batchHash}`);
  for (const party of [police, banks]) {
    for (const batch of party.database.batches) {
      const signed = party.database.received.get(batch.batchHash);
      const isGiven = signed && ledger.answers.get(batch.batchHash)?.has(signed.serial);
      const isWhole = signed && batch.messageHashes.every((hash, place) => signed.content.messageHashes[place] === hash && signed.content.messageIds[place] === batch.messages[place]?.id);
      if (!isGiven || !isWhole) ledger.violate('I5', `${party.side} hold no receipt that was given for their batch ${batch.firstSeq}`);
    }
  }
}

const stateOfRequest: Readonly<Partial<Record<Job['state'], Request['state']>>> = { STOPPED: 'STOPPED', RELEASED: 'RELEASED', NOT_EXECUTED: 'NOT_EXECUTED' };

/** I7. */
function convergence(rest: Rest): void {
  const { world, police, banks } = rest;
  const { ledger } = world;
  for (const [sender, receiver] of [[police, banks], [banks, police]] as const) {
    const { outSeq, outHead, outbox, batches } = sender.database;
    if (outSeq !== receiver.database.inSeq || outHead !== receiver.database.inHead) ledger.violate('I7', `${sender.side} have sent up to ${outSeq}, ${receiver.side} have received up to ${receiver.database.inSeq}, or their chains differ`);
    if (outbox.some(({ batch }) => batch === null) || batches.some(({ dispatch }) => isOpen(dispatch))) ledger.violate('I7', `${sender.side} still have something to send`);
    if (batches.some(({ dispatch }) => dispatch.notedAt === null)) ledger.violate('I7', `${sender.side} have not noted a receipt`);
    const stuck = receiver.database.inbox.find((row) => !row.isHandled && !isRightlyParked(row));
    if (stuck) ledger.violate('I7', `${receiver.side} have not handled ${stuck.message.kind} ${stuck.subject}`);
  }
  for (const { order, state } of banks.database.jobs) {
    const seen = requestOf(rest, order.subject)?.state;
    if (seen !== stateOfRequest[state]) ledger.violate('I7', `${order.subject} is ${state} at the bank and ${seen} at the police`);
  }
  for (const { id, isNoted } of police.database.requests) if (!isNoted) ledger.violate('I7', `the police have never noted the receipt of ${id}`);
}

/** What nobody could ever handle is parked, shown, and waits for a person. */
const isRightlyParked = ({ isParked, message }: InboxRow): boolean => isParked && ['LATER_VERSION', 'NOT_THEIRS', 'BAD_DATA'].includes(message.kind);
