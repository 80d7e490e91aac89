import { sha256 } from '@lianfang/database';
import { openBatch } from '../batch/batch';
import { chainAfter, messageHash } from '../batch/chain';
import { decryptBatch } from '../batch/wire';
import { signExpectation } from '../receipt/expectation';
import { signReceipt } from '../receipt/receipt';
import type { Station } from '../station';
import { storeBatch } from './store-batch';

/** What goes back to the sender: a receipt (200), or the sequence number that we wait for (409). */
export interface Reception {
  readonly status: 200 | 409;
  readonly body: string;
}

/**
 * Accepts a posted batch: verifies everything, stores everything in one transaction, and answers with a signed receipt.
 * A batch that we have already gets its stored receipt, byte for byte. Accepting is not handling.
 * Throws `NotAuthentic` when one byte is not the partner's; then nothing was stored.
 */
export async function receiveBatch(station: Station, wire: string, { possibleDuplicate }: { possibleDuplicate: boolean }): Promise<Reception> {
  const { agency, directory, signer, clock, tell } = station;
  const receivedAt = clock.now();
  const signed = await decryptBatch(wire, station.decryptionKeys);
  const batch = await openBatch(signed, { to: agency, directory, at: receivedAt });
  const { from, firstSeq, messages } = batch;
  const lastSeq = firstSeq + messages.length - 1;
  const prevHash = Buffer.from(batch.prevHash, 'hex');
  const headHash = chainAfter(prevHash, batch.jws);
  const receipt = await signReceipt(signer, {
    from,
    to: agency,
    firstSeq,
    lastSeq,
    messageIds: messages.map(({ envelope }) => envelope?.id ?? null),
    messageHashes: batch.jws.map((jws) => messageHash(jws).toString('hex')),
    headHash: headHash.toString('hex'),
    receivedAt: receivedAt.toISOString(),
  });

  const stored = await storeBatch(station, { from, firstSeq, lastSeq, prevHash, headHash, batchHash: sha256(signed), messages, receipt, receivedAt, possibleDuplicate });
  if (stored.kind === 'out-of-sequence') {
    tell({ event: 'exchange.out-of-sequence', partner: from, seq: firstSeq, expectedSeq: stored.expectedSeq });
    return { status: 409, body: await signExpectation(signer, { from, to: agency, expectedSeq: stored.expectedSeq, headHash: stored.headHash.toString('hex') }) };
  }
  tell({ event: 'exchange.received', partner: from, messages: messages.length, repeated: stored.kind === 'repeated' });
  return { status: 200, body: stored.receipt };
}
