import type { Party } from './party';
import type { Process } from './process';
import { admission } from './admission-table';
import type { InboxRow, OutboxBatch, SignedReceipt } from './side-database';
import { nameOf, type Answer, type Packet } from './wire';

/** Takes a batch in as `receiveBatch`: verify, store everything in one transaction, answer with the receipt. */
export function receive(process: Process, packet: Packet, reply: (answer: Answer) => void): void {
  const { party } = process;
  const { world } = party;
  const refused = world.rules.refuseRoute({ from: packet.from, to: packet.to }, { signer: packet.signedBy, us: party.side });
  if (refused) {
    world.say(() => `${process.name} refuses ${nameOf(packet)}: ${refused}`);
    world.ledger.count(`refused: ${refused}`);
    return reply({ kind: 'REFUSAL' });
  }
  const answer = (given: Answer): void => {
    if (given.kind === 'RECEIPT') world.ledger.answered(packet.batch.batchHash, given.signed.serial);
    reply(given);
  };
  if (world.rules.answersBeforeCommit) {
    const early = judge(party, packet.batch, () => undefined);
    answer(early);
    const storeLater = (): unknown => early.kind === 'RECEIPT' && judge(party, packet.batch, () => store(party, packet.batch, early.signed));
    return process.after(20, () => process.transaction('receive', storeLater, { then: () => party.changed(), undone: () => undefined }));
  }
  process.transaction('receive', () => judge(party, packet.batch, (signed) => store(party, packet.batch, signed)), {
    then: (given) => {
      world.say(() => `${process.name} answers ${nameOf(packet)}: ${given.kind === 'RECEIPT' ? `receipt ${given.signed.serial}` : given.kind.toLowerCase()}`);
      party.changed();
      answer(given);
    },
    undone: () => (party.changed(), reply({ kind: 'NONE' })),
    died: () => reply({ kind: 'NONE' }),
  });
}

function judge(party: Party, batch: OutboxBatch, keep: (signed: SignedReceipt) => void): Answer {
  const { database, world } = party;
  const { rules, ledger } = world;
  const expectedSeq = database.inSeq + 1;
  if (rules.continuesChain(batch, { expectedSeq, headHash: database.inHead })) {
    const signed = sign(party, batch);
    keep(signed);
    return { kind: 'RECEIPT', signed };
  }
  const given = database.given.get(batch.firstSeq);
  if (given && rules.isRepeat(batch, given)) {
    ledger.count('the same receipt again');
    return { kind: 'RECEIPT', signed: rules.signsAnew ? sign(party, batch) : given };
  }
  ledger.count('out of sequence');
  return { kind: 'EXPECTATION', signed: { from: batch.from, to: batch.to, expectedSeq, headHash: database.inHead } };
}

function sign({ side, clock, world }: Party, batch: OutboxBatch): SignedReceipt {
  const { from, to, firstSeq, lastSeq, messageHashes, headHash, batchHash } = batch;
  const content = { from, to, firstSeq, lastSeq, headHash, messageIds: batch.messages.map(({ id }) => id), messageHashes: [...messageHashes], receivedAt: String(clock) };
  return { serial: world.next(), signedBy: side, batchHash, content };
}

function store({ database, side, world }: Party, batch: OutboxBatch, signed: SignedReceipt): void {
  const { identityOf, arrangeBatch } = world.rules;
  const known = new Set(database.inbox.filter(({ repeatsId }) => !repeatsId).map(({ message }) => identityOf(message)));
  const arrivals = batch.messages.map((message, place) => {
    const parking = admission(message, { from: batch.from, to: side, admit: world.rules.admit });
    return { messageId: identityOf(message), subject: message.subject, urgent: parking === null && message.isUrgent, parking, message, seq: batch.firstSeq + place };
  });
  const rows = arrangeBatch(arrivals, known).map(({ message, seq, subject, urgent, repeatsId, parking }): InboxRow => ({ message, seq, subject, urgent, repeatsId, parking, isParked: parking !== null, isHandled: repeatsId, retryAt: world.now, attempts: 0 }));
  for (const row of rows) {
    if (row.repeatsId) world.ledger.count('a message id again');
    if (row.parking) world.ledger.count(`parked: ${row.parking}`);
  }
  const urgent = new Set(rows.filter((row) => row.urgent).map(({ subject }) => subject));
  for (const earlier of database.inbox) if (!earlier.isHandled && urgent.has(earlier.subject)) earlier.urgent = true;
  database.inbox.push(...rows);
  database.given.set(batch.firstSeq, signed);
  Object.assign(database, { inSeq: batch.lastSeq, inHead: batch.headHash });
}
