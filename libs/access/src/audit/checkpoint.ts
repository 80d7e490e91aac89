import { verify, type KeyObject } from 'node:crypto';

/** Who signs heads of the trail; the same two words as the exchange's signer, so that one key or hardware module serves both. */
export interface AuditSigner {
  /** Id of the public half in the directory. */
  readonly kid: string;
  /** The Ed25519 signature (64 bytes) of `bytes`. */
  sign(bytes: Uint8Array): Uint8Array | Promise<Uint8Array>;
}

/** The public key of a kid, or nothing when it is not one of the agency's. */
export type FindKey = (kid: string) => KeyObject | undefined;

/** What a checkpoint states. */
export interface CheckpointContent {
  readonly agency: string;
  readonly seq: string;
  readonly previousSeq: string;
  /** Chain hash at `seq`; 32 bytes. */
  readonly head: Buffer;
  readonly at: Date;
  readonly kid: string;
}

/** The bytes that are signed: one fact per line after a line that no other signature of ours begins with. */
export const checkpointText = ({ agency, seq, previousSeq, head, at, kid }: CheckpointContent): Buffer =>
  Buffer.from(`lianfang audit checkpoint v1\n${agency}\n${seq}\n${previousSeq}\n${head.toString('base64')}\n${at.toISOString()}\n${kid}\n`, 'utf8');

/** What is wrong with a checkpoint's signature; nothing when it is the key's. */
export function signatureFault(checkpoint: CheckpointContent, signature: Buffer, findKey: FindKey): 'CHECKPOINT_KEY_UNKNOWN' | 'CHECKPOINT_SIGNATURE' | undefined {
  const key = findKey(checkpoint.kid);
  if (key === undefined) return 'CHECKPOINT_KEY_UNKNOWN';
  const isGood = key.asymmetricKeyType === 'ed25519' && verify(null, checkpointText(checkpoint), key, signature);
  return isGood ? undefined : 'CHECKPOINT_SIGNATURE';
}
