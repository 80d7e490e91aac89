import { agencies } from '@lianfang/vocabulary';
import { z } from 'zod';
import { openMessage, type OpenedMessage } from '../envelope/envelope';
import { NotAuthentic, readJson, signCompact, verifyCompact, type Signer } from '../signature';
import type { Directory } from '../directory/directory';

/** The most messages that one batch carries. */
export const LARGEST_BATCH = 200;

const batch = z.strictObject({
  from: z.enum(agencies),
  to: z.enum(agencies),
  /** Sequence number of the first message, from 1. */
  firstSeq: z.int().min(1),
  /** The chain before the first message, 64 hexadecimal digits. */
  prevHash: z.string().regex(/^[0-9a-f]{64}$/),
  jws: z.array(z.string()).min(1).max(LARGEST_BATCH),
});

/** What one post carries: consecutive messages of the chain from one agency to another. */
export type Batch = Readonly<z.infer<typeof batch>>;

/** The signed bytes of a batch. The order of its members is part of the wire format: a resend must be equal byte for byte. */
export const batchPayload = ({ from, to, firstSeq, prevHash, jws }: Batch): string => JSON.stringify({ from, to, firstSeq, prevHash, jws });

/** Signs a batch as a JWS in compact form. */
export const signBatch = (signer: Signer, content: Batch): Promise<string> => signCompact(signer, 'lianfang-batch', batchPayload(content));

/** A signed batch without its payload (RFC 7515, appendix F), to be stored beside the messages. */
export function detach(signed: string): string {
  const [header, , signature] = signed.split('.');
  return `${header}..${signature}`;
}

/** The signed batch again, from its stored signature and its messages. */
export function attach(detached: string, content: Batch): string {
  const [header, , signature] = detached.split('.');
  return `${header}.${Buffer.from(batchPayload(content)).toString('base64url')}.${signature}`;
}

/** Why a batch is not taken, whoever vouches for it: only the sender itself signs, and only to us. Nothing when it is theirs and ours. */
export function refuseRoute({ from, to }: Pick<Batch, 'from' | 'to'>, { signer, us }: { signer: Batch['from']; us: Batch['to'] }): 'WRONG_SENDER' | 'WRONG_RECIPIENT' | undefined {
  if (from !== signer) return 'WRONG_SENDER';
  return to !== us || from === to ? 'WRONG_RECIPIENT' : undefined;
}

/** Verifies a signed batch and every message in it. Throws `NotAuthentic` when one byte differs from what the partner signed. */
export async function openBatch(signed: string, { to, directory, at }: { to: Batch['to']; directory: Directory; at: Date }): Promise<Batch & { messages: OpenedMessage[] }> {
  const { payload, key } = await verifyCompact(signed, { kind: 'lianfang-batch', directory, at });
  const read = batch.safeParse(readJson(payload));
  if (!read.success) throw new NotAuthentic('MALFORMED');
  const { from, jws } = read.data;
  const refused = refuseRoute(read.data, { signer: key.agency, us: to });
  if (refused) throw new NotAuthentic(refused);
  return { ...read.data, messages: await Promise.all(jws.map((message) => openMessage(message, { from, directory, at }))) };
}
