import type { Loop } from './loop';
import type { Kind, Side } from './plan';
import { Process } from './process';
import { SideDatabase, type Message, type SignedReceipt } from './side-database';
import type { Packet } from './wire';
import type { World } from './world';

/** An agency: what it has committed, and its processes. */
export class Party {
  database: SideDatabase;
  readonly processes: Process[];
  readonly loops = new Map<Process, Loop[]>();
  /** What went over the wire from here, and the receipts that came back over it: an attacker without keys can repeat both. */
  readonly sent: Packet[] = [];
  readonly heard: SignedReceipt[] = [];
  private backup: SideDatabase | undefined;

  constructor(
    readonly world: World,
    readonly side: Side,
    begin: (process: Process) => Loop[],
  ) {
    const start = (from: Side): string => `start of ${from}`;
    this.database = new SideDatabase(start(side), start(this.partner));
    this.processes = Array.from({ length: world.plan.processes[side] }, (_, number) => new Process(this, number + 1, (process) => {
      this.loops.set(process, begin(process));
      this.changed();
    }));
  }

  get partner(): Side {
    return this.side === 'police' ? 'banks' : 'police';
  }

  /** The hour of this agency's clock. */
  get clock(): number {
    return this.world.now + this.world.plan.skew[this.side];
  }

  get running(): Process[] {
    return this.processes.filter(({ isUp }) => isUp);
  }

  /** Something was committed: whoever has nothing to do looks again. */
  changed(): void {
    for (const process of this.processes) if (process.isUp) for (const loop of this.loops.get(process) ?? []) loop.arm();
  }

  /** Posts inside a transaction. */
  post(kind: Kind, about: Pick<Message, 'subject' | 'content' | 'isUrgent' | 'validUntil'>): Message {
    const message = { id: `${this.side}-${this.world.next()}`, kind, subject: about.subject, content: about.content, isUrgent: about.isUrgent, validUntil: about.validUntil };
    this.database.outbox.push({ message, batch: null, isNoted: false });
    return message;
  }

  backUp(): void {
    this.backup = this.database.copy();
    this.world.say(() => `a backup is made of ${this.side}`);
  }

  /** Goes back to the backup, if nothing was posted or has left since: whoever forgets that needs more than the exchange. */
  restore(): void {
    const { backup, database, world } = this;
    if (!backup || backup.outbox.length !== database.outbox.length || backup.outSeq !== database.outSeq) return;
    this.database = backup;
    this.backup = undefined;
    world.ledger.restores += 1;
    world.ledger.count('restored from a backup');
    world.say(() => `${this.side} is restored from its backup`);
    for (const process of this.processes) process.die(1_000);
  }
}
