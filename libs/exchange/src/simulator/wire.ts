import type { Agency } from '@lianfang/vocabulary';
import type { Expectation } from '../receipt/expectation';
import type { Party } from './party';
import type { Process } from './process';
import type { OutboxBatch, SignedReceipt } from './side-database';
import type { World } from './world';

/** A batch on its way. */
export interface Packet {
  readonly from: Agency;
  readonly to: Agency;
  readonly signedBy: Agency;
  readonly batch: OutboxBatch;
}

/** What a partner answers; NONE: nothing, or nothing in time. */
export type Answer = { readonly kind: 'RECEIPT'; readonly signed: SignedReceipt } | { readonly kind: 'EXPECTATION'; readonly signed: Expectation } | { readonly kind: 'REFUSAL' } | { readonly kind: 'NONE' };

const NONE: Answer = { kind: 'NONE' };

/** A partner that does not answer within this time is tried again later, in milliseconds. */
const PATIENCE = 10_000;

/** How a batch that arrives is taken in. */
export type Receive = (process: Process, packet: Packet, reply: (answer: Answer) => void) => void;

/** The wire between the two agencies: it loses, doubles, delays, reorders, garbles and repeats, and knows nobody's key. */
export class Wire {
  constructor(
    private readonly world: World,
    private readonly partyOf: (agency: Agency) => Party,
    private readonly receive: Receive,
  ) {}

  /** Posts a packet; `onAnswer` is called once, unless the process dies before. */
  post(process: Process, packet: Packet, onAnswer: (answer: Answer) => void): void {
    const { world } = this;
    const { party } = process;
    const answer = process.ifAlive(onAnswer);
    const give = (milliseconds: number, given: Answer): void => {
      if (given.kind === 'NONE' && world.rules.isPatientForEver) return;
      world.after(milliseconds, () => answer(given));
    };
    const way = 1 + world.wire.below(20);
    const reply = (given: Answer): void => give(1 + world.wire.below(20), given);
    const fault = world.fault('wire', party.side);
    world.say(() => `${process.name} posts ${nameOf(packet)}${fault ? ` — ${fault.kind.toLowerCase().replace('_', ' ')}` : ''}`);
    party.sent.push(packet);
    const old = party.heard[0];
    switch (fault?.kind) {
      case 'LOST':
        return give(PATIENCE, NONE);
      case 'BUSY':
        return give(way, NONE);
      case 'GARBLED':
        return give(2 * way, { kind: 'REFUSAL' });
      case 'OLD_ANSWER':
        return give(way, old ? { kind: 'RECEIPT', signed: old } : NONE);
      case 'LATE':
        this.carry(packet, world.lasts(fault, { least: 500, most: 90_000 }));
        return give(PATIENCE, NONE);
      case 'ANSWER_LOST':
        this.carry(packet, way);
        return give(PATIENCE, NONE);
      case 'DOUBLED':
        this.carry(packet, way + world.lasts(fault, { least: 1, most: 60_000 }));
        return this.carry(packet, way, reply);
      case 'ALL_AGAIN':
        for (const earlier of party.sent) this.carry(earlier, way + world.wire.below(200));
        return this.carry(packet, way, reply);
      default:
        return this.carry(packet, way, reply);
    }
  }

  /** Brings a packet to whichever process of its receiver is up; without `reply` nobody listens to the answer. */
  carry(packet: Packet, milliseconds: number, reply: (answer: Answer) => void = () => undefined): void {
    const { world } = this;
    world.after(milliseconds, () => {
      const { running } = this.partyOf(packet.to);
      if (running.length === 0) return reply(NONE);
      this.receive(world.wire.pick(running), packet, reply);
    });
  }
}

export const nameOf = ({ from, batch }: Packet): string =>
  `${from} ${batch.firstSeq}${batch.lastSeq > batch.firstSeq ? `–${batch.lastSeq}` : ''} (${batch.messages.map(({ kind, subject }) => `${kind} ${subject}`).join(', ')})`;
