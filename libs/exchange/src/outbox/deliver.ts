import type { Pool } from 'undici';
import { encryptBatch } from '../batch/wire';
import type { Station } from '../station';
import type { Claimed } from './claim';

/** What a partner answered to a batch. */
export type Answer =
  | { readonly kind: 'receipt'; readonly signed: string }
  | { readonly kind: 'expectation'; readonly signed: string }
  /** The partner holds it for forged or malformed: repeating it quickly will not help. */
  | { readonly kind: 'refusal'; readonly cause: string };

/** Where batches are posted, at a partner's address. */
export const BATCH_PATH = '/batches';

/** Tells the receiver that it may have this batch already; outside what is signed, because the signed bytes never change. */
export const POSSIBLE_DUPLICATE = 'possible-duplicate';

/** A receipt of the largest batch has about 30 kB. */
const LARGEST_ANSWER = 1_000_000;

/** Encrypts a batch and posts it. Throws when the partner cannot be reached or answers that it cannot take it now. */
export async function deliverBatch({ directory, clock }: Station, pool: Pool, { partner, signed, attempts }: Claimed): Promise<Answer> {
  const body = await encryptBatch(signed, { to: partner, directory, at: clock.now() });
  const { statusCode, body: answer } = await pool.request({
    path: BATCH_PATH,
    method: 'POST',
    headers: { 'content-type': 'application/jose', ...(attempts > 1 ? { [POSSIBLE_DUPLICATE]: 'true' } : {}) },
    body,
  });
  const text = await readAnswer(answer);
  if (statusCode === 200) return { kind: 'receipt', signed: text };
  if (statusCode === 409) return { kind: 'expectation', signed: text };
  if (statusCode === 400 || statusCode === 413) return { kind: 'refusal', cause: /^[A-Z_]{1,40}$/.test(text) ? text : `HTTP_${statusCode}` };
  throw new Error(`the exchange of ${partner} answered ${statusCode}; it is tried again`);
}

async function readAnswer(answer: AsyncIterable<Buffer>): Promise<string> {
  const parts: Buffer[] = [];
  let bytes = 0;
  for await (const part of answer) {
    bytes += part.length;
    if (bytes > LARGEST_ANSWER) throw new Error(`the partner's answer exceeds ${LARGEST_ANSWER} bytes`);
    parts.push(part);
  }
  return Buffer.concat(parts).toString('utf8');
}
