import { agencies } from '@lianfang/vocabulary';
import { z } from 'zod';
import { NotAuthentic, readJson, signCompact, verifyCompact, type Signer } from '../signature';
import type { Directory } from '../directory/directory';

const expectation = z.strictObject({
  from: z.enum(agencies),
  to: z.enum(agencies),
  /** The sequence number that the receiver waits for. */
  expectedSeq: z.int().min(1),
  /** The chain as the receiver knows it, before that message. */
  headHash: z.string().regex(/^[0-9a-f]{64}$/),
});

/** A receiver's answer to a batch that does not continue its chain (HTTP 409). Signed, so that nobody else can make a sender repeat itself. */
export type Expectation = Readonly<z.infer<typeof expectation>>;

/** Signs an expectation as a JWS in compact form. */
export const signExpectation = (signer: Signer, content: Expectation): Promise<string> => signCompact(signer, 'lianfang-expectation', JSON.stringify(content));

/** Verifies an expectation. Throws `NotAuthentic`. */
export async function verifyExpectation(signed: string, { directory, at }: { directory: Directory; at: Date }): Promise<Expectation> {
  const { payload, key } = await verifyCompact(signed, { kind: 'lianfang-expectation', directory, at });
  const read = expectation.safeParse(readJson(payload));
  if (!read.success) throw new NotAuthentic('MALFORMED');
  if (key.agency !== read.data.to) throw new NotAuthentic('WRONG_SENDER');
  return read.data;
}
