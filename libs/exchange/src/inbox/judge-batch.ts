/** A batch at the door; hashes in hexadecimal. */
export interface ArrivedBatch {
  readonly firstSeq: number;
  /** The sender's chain before its first message. */
  readonly prevHash: string;
  /** SHA-256 of the signed batch: how a repeat is known. */
  readonly batchHash: string;
}

/** The end of a partner's chain as we hold it. */
export interface ChainEnd {
  readonly expectedSeq: number;
  readonly headHash: string;
}

/** Whether a batch begins exactly where the chain ends: only then is it stored. */
export const continuesChain = ({ firstSeq, prevHash }: ArrivedBatch, { expectedSeq, headHash }: ChainEnd): boolean => firstSeq === expectedSeq && prevHash === headHash;

/** Whether a batch is the very one for which a receipt was given under its number: then that receipt is its answer again. A batch that is neither is out of sequence. */
export const isRepeat = ({ batchHash }: ArrivedBatch, given: { readonly batchHash: string } | undefined): boolean => given?.batchHash === batchHash;
