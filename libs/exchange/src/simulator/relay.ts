import { claimedAgain, failed, forgotten, isOpen } from '../outbox/dispatch';
import type { DeliveryFailure } from '../outbox/retry-schedule';
import { Loop } from './loop';
import type { Process } from './process';
import type { OutboxBatch, OutboxRow, SignedReceipt } from './side-database';
import type { Answer, Packet, Wire } from './wire';

type End = (ended: 'DONE' | 'FAILED') => void;

/** The app's part about a receipt. */
export type Note = (row: OutboxRow) => void;

/** A relay as `startRelay`: claim, post, act on the answer, each a transaction of its own. */
export function relayLoop(process: Process, wire: Wire, note: Note): Loop {
  return new Relay(process, wire, note).loop;
}

class Relay {
  readonly loop: Loop;

  constructor(
    private readonly process: Process,
    private readonly wire: Wire,
    private readonly note: Note,
  ) {
    this.loop = new Loop(process, { dueAt: () => this.dueAt(), step: (end) => this.step(end), poll: 100 });
  }

  private get party() {
    return this.process.party;
  }

  private dueAt(): number {
    const { outbox, batches } = this.party.database;
    const open = batches.find(({ dispatch }) => isOpen(dispatch));
    const next = open ? open.dispatch.nextAttemptAt : outbox.some(({ batch }) => batch === null) ? 0 : Infinity;
    return batches.reduce((due, { dispatch }) => (dispatch.receipt !== null && dispatch.notedAt === null ? Math.min(due, dispatch.nextAttemptAt) : due), next);
  }

  private step(end: End): void {
    const { process, party } = this;
    process.transaction('claim', () => this.claim(), {
      then: (batch) => {
        party.changed();
        if (!batch) return this.noteNext(this.unnoted(), end);
        if (process.survives('dispatched', 'DIES')) this.post(batch, end);
      },
      undone: () => (party.changed(), end('FAILED')),
    });
  }

  private claim(): OutboxBatch | undefined {
    const { database, world } = this.party;
    const oldest = database.batches.find(({ dispatch }) => isOpen(dispatch));
    const next = world.rules.nextPost(oldest && { isDue: oldest.dispatch.nextAttemptAt <= world.now });
    if (next === 'NOTHING') return undefined;
    if (next === 'SAME_BATCH' && oldest) {
      oldest.dispatch = claimedAgain(oldest.dispatch, world.now);
      world.ledger.count('posted again');
      return oldest;
    }
    return this.claimNew();
  }

  private claimNew(): OutboxBatch | undefined {
    const { party } = this;
    const { database, world } = party;
    const waiting = database.outbox.flatMap((row, place) => (row.batch === null ? [{ subject: row.message.subject, urgent: row.message.isUrgent, bytes: 1, row, hash: `jws ${row.message.id} ${place}` }] : []));
    const line = world.rules.nextInLine(waiting, { messages: world.plan.batchSize, bytes: 1_000 });
    if (line.length === 0) return undefined;
    const messageHashes = line.map(({ hash }) => hash);
    const firstSeq = database.outSeq + 1;
    const batch: OutboxBatch = {
      from: party.side,
      to: party.partner,
      firstSeq,
      lastSeq: firstSeq + line.length - 1,
      prevHash: database.outHead,
      headHash: world.chainAfter(database.outHead, messageHashes),
      batchHash: `${party.side} ${firstSeq} ${database.outHead} ${messageHashes.join()}`,
      messages: line.map(({ row }) => row.message),
      messageHashes,
      dispatch: world.rules.claimed(world.now),
    };
    for (const { row } of line) row.batch = batch;
    database.batches.push(batch);
    Object.assign(database, { outSeq: batch.lastSeq, outHead: batch.headHash });
    return batch;
  }

  private post(batch: OutboxBatch, end: End): void {
    const packet: Packet = { from: batch.from, to: batch.to, signedBy: this.party.side, batch };
    this.wire.post(this.process, packet, (answer) => {
      if (this.process.survives('answered', 'DIES')) this.take(batch, answer, end);
    });
  }

  private take(batch: OutboxBatch, answer: Answer, end: End): void {
    const { party, process } = this;
    const { rules, ledger } = party.world;
    switch (answer.kind) {
      case 'NONE':
        return this.fail(batch, 'UNREACHED', end);
      case 'REFUSAL':
        return this.fail(batch, 'REFUSED', end);
      case 'RECEIPT': {
        const { signed } = answer;
        if (signed.signedBy !== party.partner || !rules.isReceiptOf(signed.content, batch)) return this.fail(batch, 'NOT_BELIEVED', end);
        return process.transaction('keep-receipt', () => this.keep(batch.firstSeq, signed), { then: () => (party.changed(), end('DONE')), undone: () => this.fail(batch, 'UNREACHED', end) });
      }
      case 'EXPECTATION': {
        const chainBefore = party.database.batches.find(({ firstSeq }) => firstSeq === answer.signed.expectedSeq)?.prevHash;
        const range = rules.repeatRange(answer.signed, { chainBefore, sentSeq: batch.firstSeq });
        if (!range) return this.fail(batch, 'CHAINS_DIFFER', end);
        ledger.count('repeating from an earlier number');
        const mark = (): void => {
          for (const one of party.database.batches) if (one.firstSeq >= range.first && one.firstSeq <= range.last) one.dispatch = forgotten(one.dispatch, party.world.now);
        };
        return process.transaction('mark-repeat', mark, { then: () => (party.changed(), end('DONE')), undone: () => this.fail(batch, 'UNREACHED', end) });
      }
      default:
        return answer satisfies never;
    }
  }

  /** Rows are found anew: the database may have gone back to a backup meanwhile. */
  private rowOf(seq: number): OutboxBatch | undefined {
    return this.party.database.batches.find(({ firstSeq }) => firstSeq === seq);
  }

  private keep(seq: number, signed: SignedReceipt): void {
    const { database, world, side } = this.party;
    const batch = this.rowOf(seq);
    if (!batch) return;
    const wasWithout = batch.dispatch.receipt === null;
    const { dispatch, isNews } = world.rules.receipted(batch.dispatch, { receipt: String(signed.serial), at: world.now });
    batch.dispatch = dispatch;
    if (wasWithout && dispatch.receipt !== null) database.received.set(batch.batchHash, signed);
    this.party.heard.push(signed);
    if (!isNews) return;
    const rows = database.outbox.filter((row) => row.batch === batch);
    if (!world.isFault('noting', side, 'THROWS')) return rows.forEach(this.note);
    if (world.rules.notesLater) batch.dispatch = { ...dispatch, notedAt: null };
  }

  private fail(batch: OutboxBatch, failure: DeliveryFailure, end: End): void {
    const { process, party } = this;
    const { world } = party;
    world.ledger.count(`no receipt: ${failure}`);
    world.say(() => `${process.name} has no receipt for ${batch.from} ${batch.firstSeq}: ${failure}`);
    const pause = world.rules.deliveryPause(failure, batch.dispatch.attempts, process.random.fraction());
    const record = (): void => {
      const row = this.rowOf(batch.firstSeq);
      if (row) row.dispatch = failed(row.dispatch, { cause: failure, pause, at: world.now });
    };
    process.transaction('record-failure', record, { then: () => (party.changed(), end('DONE')), undone: () => (party.changed(), end('FAILED')) });
  }

  private unnoted(): OutboxRow[] {
    const { database, world } = this.party;
    const isDue = (batch: OutboxBatch): boolean => batch.dispatch.receipt !== null && batch.dispatch.notedAt === null && batch.dispatch.nextAttemptAt <= world.now;
    return database.outbox.filter((row) => !row.isNoted && row.batch !== null && isDue(row.batch));
  }

  /** Each message in its own transaction; its batch is noted when all of it is. */
  private noteNext([row, ...rest]: OutboxRow[], end: End): void {
    const { process, party } = this;
    const { world } = party;
    if (!row) return end('DONE');
    const finish = (): void => {
      const { batch } = row;
      if (!batch) return;
      const isAll = party.database.outbox.every((one) => one.batch !== batch || one.isNoted);
      batch.dispatch = { ...batch.dispatch, nextAttemptAt: world.now + 5_000, notedAt: isAll ? world.now : null };
    };
    const work = (): void => {
      if (!world.isFault('noting', party.side, 'THROWS')) {
        this.note(row);
        row.isNoted = true;
      }
      finish();
    };
    world.ledger.count('noted later');
    process.transaction('note', work, { then: () => this.noteNext(rest, end), undone: () => (party.changed(), end('FAILED')) });
  }
}
