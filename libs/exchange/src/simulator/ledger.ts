/** The promises of quality.md that the simulator checks. */
export type Invariant = 'I1' | 'I2' | 'I3' | 'I4' | 'I5' | 'I7';

/** A promise that was broken, and how it showed. */
export interface Violation {
  readonly invariant: Invariant;
  readonly says: string;
}

/** A hold at the stub core system. */
export interface Hold {
  readonly jobId: string;
  readonly orderId: string;
  /** By the bank's clock, when its execution was begun. */
  readonly begunAt: number;
  releasedAt: number | null;
}

/** What officers, the core system and the wire write down themselves: nobody's tables are believed. */
export class Ledger {
  /** Orders and releases whose action was answered with success. */
  readonly acknowledged = new Set<string>();
  readonly acknowledgedReleases = new Set<string>();
  /** Orders that were committed, with their validity; some of them unheard. */
  readonly given = new Map<string, number>();
  /** The core system's holds by its idempotency key, and the keys released before any hold. */
  readonly holds = new Map<string, Hold>();
  readonly releasedBefore = new Set<string>();
  /** The receipts that were answered for a batch, by their serials. */
  readonly answers = new Map<string, Set<number>>();
  readonly counts = new Map<string, number>();
  violation: Violation | undefined;
  restores = 0;

  /** The first violation of a schedule is the one that counts. */
  violate(invariant: Invariant, says: string): void {
    this.violation ??= { invariant, says };
  }

  count(what: string): void {
    this.counts.set(what, (this.counts.get(what) ?? 0) + 1);
  }

  /** The core system's port: holds once per job, and never one that was released before. */
  hold(jobId: string, orderId: string, begunAt: number): boolean {
    if (this.releasedBefore.has(jobId)) return false;
    if (!this.holds.has(jobId)) this.holds.set(jobId, { jobId, orderId, begunAt, releasedAt: null });
    return true;
  }

  release(jobId: string, at: number): void {
    const hold = this.holds.get(jobId);
    if (!hold) this.releasedBefore.add(jobId);
    else hold.releasedAt ??= at;
  }

  answered(batchHash: string, serial: number): void {
    const serials = this.answers.get(batchHash) ?? new Set();
    this.answers.set(batchHash, serials.add(serial));
  }
}
