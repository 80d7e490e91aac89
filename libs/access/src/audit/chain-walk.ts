import { signatureFault, type CheckpointContent, type FindKey } from './checkpoint';
import type { AuditFault, AuditFaultCode } from './fault';
import { chainNext, chainStart } from './leaf';
import { TrailAgency, type EntryOrigin } from './trail-agency';

/** A sealed entry as the walk sees it. */
export interface SealedEntry {
  readonly seq: bigint;
  readonly entryId: string;
  /** Recomputed from what the entry says; nothing when the entry is gone. */
  readonly leaf: Buffer | undefined;
  /** What stands beside the entry, where it does. */
  readonly storedLeaf?: Buffer;
  /** Where the entry says that it belongs; nothing when the entry is gone. */
  readonly origin: EntryOrigin | undefined;
  readonly chainHash: Buffer;
}

/** A head that was kept outside of the database or file. */
export interface KnownHead {
  readonly seq: string;
  /** Chain hash, hexadecimal. */
  readonly head: string;
}

/**
 * Walks a trail from its beginning, entry by entry, and collects what does not fit. After a fault it goes on from what is stored,
 * so that each change is named where it was made and not at every entry behind it.
 */
export class ChainWalk {
  readonly faults: AuditFault[] = [];
  seq = 0n;
  head: Buffer;
  checkpoints = 0;
  /** Sequence number of the checkpoint seen last. */
  signedSeq = 0n;
  private isKnownHeadSeen: boolean;
  private readonly trail: TrailAgency;

  constructor(
    agency: string,
    private readonly findKey: FindKey,
    private readonly known?: KnownHead,
  ) {
    this.head = chainStart(agency);
    this.trail = new TrailAgency(agency);
    this.isKnownHeadSeen = known === undefined || known.seq === '0';
  }

  /** The next entry in the order of sequence numbers. */
  entry(entry: SealedEntry, line?: number): void {
    const tell = (code: AuditFaultCode): number => this.faults.push({ code, seq: String(entry.seq), entryId: entry.entryId, line });
    if (entry.seq !== this.seq + 1n) tell('SEQ_GAP');
    if (entry.leaf === undefined) tell('ENTRY_MISSING');
    else if (entry.storedLeaf && !entry.leaf.equals(entry.storedLeaf)) tell('LEAF_DIFFERS');
    // What was chained is the leaf as it was stored; an edited entry is one fault, not two.
    const leaf = entry.storedLeaf ?? entry.leaf;
    if (leaf && !chainNext(this.head, entry.seq, leaf).equals(entry.chainHash)) tell('CHAIN_DIFFERS');
    if (entry.origin && this.trail.isForeign(entry.origin)) tell('AGENCY_DIFFERS');
    this.seq = entry.seq;
    this.head = entry.chainHash;
    if (this.known?.seq === String(entry.seq)) this.isKnownHeadSeen = this.known.head === entry.chainHash.toString('hex');
  }

  /** A checkpoint whose sequence number is that of the entry walked last. */
  checkpoint(checkpoint: CheckpointContent, signature: Buffer, line?: number): void {
    const tell = (code: AuditFaultCode): number => this.faults.push({ code, seq: checkpoint.seq, entryId: null, line });
    const unsigned = signatureFault(checkpoint, signature, this.findKey);
    if (unsigned) tell(unsigned);
    if (checkpoint.seq !== String(this.seq) || !checkpoint.head.equals(this.head)) tell('CHECKPOINT_HEAD');
    this.signedSeq = BigInt(checkpoint.seq);
    this.checkpoints += 1;
  }

  /** The end: every entry is signed for, and the head that was kept elsewhere came by. */
  end(): void {
    if (this.signedSeq !== this.seq) this.faults.push({ code: 'HEAD_UNSIGNED', seq: String(this.seq), entryId: null });
    if (!this.isKnownHeadSeen) this.faults.push({ code: 'KNOWN_HEAD_MISSING', seq: this.known?.seq ?? null, entryId: null });
  }
}
