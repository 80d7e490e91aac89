import { newId } from '@lianfang/database';
import type { Agency } from '@lianfang/vocabulary';
import { request } from 'undici';
import { signBatch } from '../batch/batch';
import { chainAfter, chainStart } from '../batch/chain';
import { encryptBatch } from '../batch/wire';
import { makeEnvelope, signEnvelope } from '../envelope/envelope';
import type { Signer } from '../signature';
import type { Party } from './deployment';
import { stopOrder } from './orders';

/** Where a hand-made chain stands. */
export interface Head {
  readonly seq: number;
  readonly hash: Buffer;
}

/** The beginning of a chain from the police to the banks. */
export const firstHead: Head = { seq: 0, hash: chainStart('police', 'banks') };

/** A message signed by hand, with whatever a spec wants to be odd about it. */
export function handMade(signer: Signer, over: { id?: string; type?: string; subject?: string; data?: unknown; from?: Agency } = {}): Promise<string> {
  const order = stopOrder();
  const { id = newId(), type = 'stop-payment.ordered.v2', data = order, subject = order.orderId, from = 'police' } = over;
  return signEnvelope(signer, makeEnvelope(from, { id, type, subject, time: new Date(), data }));
}

/** A batch as it goes over the wire, and the head after it. */
export async function wireOf(sender: Party, jws: string[], head: Head = firstHead): Promise<{ wire: string; head: Head }> {
  const signed = await signBatch(sender.signer, { from: 'police', to: 'banks', firstSeq: head.seq + 1, prevHash: head.hash.toString('hex'), jws });
  const wire = await encryptBatch(signed, { to: 'banks', directory: sender.directory, at: new Date() });
  return { wire, head: { seq: head.seq + jws.length, hash: chainAfter(head.hash, jws) } };
}

/** Posts a body to an exchange. */
export async function postTo({ port }: { port: number }, body: string | Buffer): Promise<{ status: number; text: string }> {
  const { statusCode, body: answer } = await request(`http://127.0.0.1:${port}/batches`, { method: 'POST', body });
  return { status: statusCode, text: await answer.text() };
}
