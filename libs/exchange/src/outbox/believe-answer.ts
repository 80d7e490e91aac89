import type { Agency } from '@lianfang/vocabulary';
import type { Expectation } from '../receipt/expectation';
import type { Receipt } from '../receipt/receipt';

/** A batch of ours as its receipt must name it; hashes in hexadecimal. */
export interface SentBatch {
  readonly from: Agency;
  readonly to: Agency;
  readonly firstSeq: number;
  readonly lastSeq: number;
  readonly headHash: string;
  /** Of each message, in order of sequence. */
  readonly messageHashes: readonly string[];
}

/** Whether a verified receipt is that of this very batch: its route, its numbers, each of its messages and the chain after them. */
export function isReceiptOf(receipt: Receipt, sent: SentBatch): boolean {
  if (receipt.from !== sent.from || receipt.to !== sent.to || receipt.firstSeq !== sent.firstSeq || receipt.lastSeq !== sent.lastSeq) return false;
  return receipt.headHash === sent.headHash && sent.messageHashes.every((hash, place) => receipt.messageHashes[place] === hash);
}

/** Whether a verified expectation speaks of our chain to this partner, and not of another's. */
export const isExpectationOf = (expectation: Expectation, sent: Pick<SentBatch, 'from' | 'to'>): boolean => expectation.from === sent.from && expectation.to === sent.to;

/** Batches by their first sequence numbers, both ends included. */
export interface SeqRange {
  readonly first: number;
  readonly last: number;
}

/**
 * Which batches are posted again because the partner waits for an earlier number than we posted; nothing when the chains differ.
 * `chainBefore` is our chain before the batch that begins with the expected number, if one does; `sentSeq` is the first number of the batch that the partner did not take.
 */
export function repeatRange(expectation: Expectation, { chainBefore, sentSeq }: { chainBefore: string | undefined; sentSeq: number }): SeqRange | undefined {
  if (expectation.expectedSeq > sentSeq || chainBefore !== expectation.headHash) return undefined;
  return { first: expectation.expectedSeq, last: sentSeq };
}
