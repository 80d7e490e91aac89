import { agencies } from '@lianfang/vocabulary';
import { z } from 'zod';
import { messageHash } from '../batch/chain';
import { NotAuthentic, readJson, readKid, signCompact, verifyWith, type Signer } from '../signature';
import type { Directory } from '../directory/directory';

const hash = z.string().regex(/^[0-9a-f]{64}$/);

const receipt = z.strictObject({
  /** Who sent the messages. */
  from: z.enum(agencies),
  /** Who received them and signs this. */
  to: z.enum(agencies),
  firstSeq: z.int().min(1),
  lastSeq: z.int().min(1),
  /** In order of sequence; null where the signed content was no readable envelope. */
  messageIds: z.array(z.uuid().nullable()),
  /** SHA-256 of each message's JWS. */
  messageHashes: z.array(hash),
  /** The chain after the last message: receipts of all batches together prove that nothing was left out. */
  headHash: hash,
  receivedAt: z.iso.datetime({ precision: 3 }),
});

/** A receiver's word that it has stored these messages. */
export type Receipt = Readonly<z.infer<typeof receipt>>;

/** Signs a receipt as a JWS in compact form. It holds ids and hashes, never personal data. */
export const signReceipt = (signer: Signer, content: Receipt): Promise<string> => signCompact(signer, 'lianfang-receipt', JSON.stringify(content));

/** Verifies a receipt with the directory alone: no network, no database. The key must have been valid when the receipt was given. Throws `NotAuthentic`. */
export async function verifyReceipt(signed: string, directory: Directory): Promise<Receipt> {
  const kid = readKid(signed, 'lianfang-receipt');
  const read = receipt.safeParse(readJson(Buffer.from(signed.split('.')[1] ?? '', 'base64url')));
  if (!read.success) throw new NotAuthentic('MALFORMED');
  const { to, firstSeq, lastSeq, messageIds, messageHashes, receivedAt } = read.data;
  const key = directory.findKey(kid, { use: 'sig', at: new Date(receivedAt) });
  if (!key) throw new NotAuthentic('UNKNOWN_KEY');
  await verifyWith(signed, key.publicKey);
  if (key.agency !== to) throw new NotAuthentic('WRONG_SENDER');
  const count = lastSeq - firstSeq + 1;
  if (messageIds.length !== count || messageHashes.length !== count) throw new NotAuthentic('MALFORMED');
  return read.data;
}

/** Whether a verified receipt names this message. */
export const isReceiptFor = ({ messageHashes }: Receipt, jws: string): boolean => messageHashes.includes(messageHash(jws).toString('hex'));
