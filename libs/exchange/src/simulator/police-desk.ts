import type { OddEvent, PlannedOrder } from './plan';
import type { Party } from './party';
import type { InboxRow, OutboxRow, Request } from './side-database';
import type { Wire } from './wire';

const requestOf = ({ database }: Party, id: string): Request | undefined => database.requests.find((request) => request.id === id);

/** Carries a message of the bank into the police's records; like the bank's stub it trusts the exchange. */
export function carryToPolice(party: Party, { message }: InboxRow): void {
  const { ledger } = party.world;
  const request = requestOf(party, message.subject);
  if (!request) return ledger.violate('I3', `the bank answered ${message.subject}, which the police never ordered`);
  if (message.kind === 'STOPPED') {
    request.stops += 1;
    if (request.state !== 'RELEASE_ORDERED') request.state = 'STOPPED';
  } else if (message.kind === 'NOT_EXECUTED') {
    request.refusals += 1;
    request.state = 'NOT_EXECUTED';
  } else if (message.kind === 'RELEASED') {
    if (request.stops === 0) ledger.violate('I4', `the police handled the end of the hold of ${message.subject} before its beginning`);
    request.releases += 1;
    request.state = 'RELEASED';
  }
}

/** What the police do about a receipt. */
export function noteReceipt(party: Party, { message }: OutboxRow): void {
  const request = requestOf(party, message.subject);
  if (message.kind === 'ORDERED' && request) request.isNoted = true;
}

/** An officer gives an order, and its release later; what was answered with success is acknowledged. */
export function giveOrder(party: Party, planned: PlannedOrder): void {
  const { world } = party;
  const { id, content, isUrgent, validFor, releaseAfter } = planned;
  act(party, () => {
    const validUntil = party.clock + validFor;
    party.database.requests.push({ id, state: 'ORDERED', isNoted: false, stops: 0, refusals: 0, releases: 0 });
    party.post('ORDERED', { subject: id, content, isUrgent, validUntil });
    world.ledger.given.set(id, validUntil);
    world.say(() => `an officer gives ${id}`);
  }, () => world.ledger.acknowledged.add(id));
  if (releaseAfter !== null) world.after(releaseAfter, () => giveRelease(party, planned));
}

function giveRelease(party: Party, { id, content }: PlannedOrder): void {
  const { world } = party;
  const request = requestOf(party, id);
  if (!request || !['ORDERED', 'STOPPED'].includes(request.state)) return;
  act(party, () => {
    request.state = 'RELEASE_ORDERED';
    party.post('RELEASE_ORDERED', { subject: id, content: `release, ${content}`, isUrgent: true, validUntil: Infinity });
    world.say(() => `an officer releases ${id}`);
  }, () => world.ledger.acknowledgedReleases.add(id));
}

/** One action of an officer at a process that is up; without one nothing happens and nothing is acknowledged. */
function act(party: Party, body: () => void, acknowledge: () => void): void {
  const [process] = party.running;
  process?.transaction('post', body, { then: () => (acknowledge(), party.changed()), undone: () => party.changed() });
}

/** What no program of ours sends, but a partner's might. */
export function doOdd(police: Party, banks: Party, { event, wire }: { event: OddEvent; wire: Wire }): void {
  const { world, database } = police;
  world.ledger.count(`odd: ${event.kind}`);
  const number = world.next();
  const about = { subject: `odd-${number}`, content: 'odd', isUrgent: false, validUntil: Infinity };
  if (event.kind === 'FORGED') {
    const message = { ...about, id: `forged-${number}`, kind: 'ORDERED' as const };
    const firstSeq = banks.database.inSeq + 1;
    const prevHash = banks.database.inHead;
    const messageHashes = [`jws ${message.id}`];
    const batch = { from: police.side, to: banks.side, firstSeq, lastSeq: firstSeq, prevHash, headHash: world.chainAfter(prevHash, messageHashes), batchHash: message.id, messages: [message], messageHashes, dispatch: world.rules.claimed(world.now) };
    return wire.carry({ from: 'police', to: 'banks', signedBy: 'telecoms', batch }, 1);
  }
  if (event.kind === 'SAME_ID') {
    const earlier = database.outbox[world.wire.below(Math.max(1, database.outbox.length))];
    if (earlier) database.outbox.push({ message: earlier.message, batch: null, isNoted: false });
  } else police.post(event.kind, about);
  police.changed();
}
