import { generateKeyPairSync } from 'node:crypto';
import { newId } from '@lianfang/database';
import { CompactSign } from 'jose';
import { makeEnvelope, signEnvelope } from '../envelope/envelope';
import { localSigner, signCompact } from '../signature';
import { generateKey } from '../directory/generate-directory';
import { specParties, type Party } from '../testing/deployment';
import { stopOrder } from '../testing/orders';
import { attach, batchPayload, detach, openBatch, signBatch, type Batch } from './batch';
import { chainStart } from './chain';
import { decryptBatch, encryptBatch } from './wire';

let police: Party;
let banks: Party;
const at = new Date();

beforeAll(async () => {
  ({ police, banks } = await specParties());
});

const order = async (signer = police.signer): Promise<string> => {
  const data = stopOrder();
  return signEnvelope(signer, makeEnvelope('police', { id: newId(), type: 'stop-payment.ordered.v2', subject: data.orderId, time: at, data }));
};
const batchOf = (jws: string[], over: Partial<Batch> = {}): Batch => ({ from: 'police', to: 'banks', firstSeq: 1, prevHash: chainStart('police', 'banks').toString('hex'), jws, ...over });
const received = async (wire: string) => openBatch(await decryptBatch(wire, [banks.decryptionKey]), { to: 'banks', directory: banks.directory, at });
const reasonOf = (opening: Promise<unknown>): Promise<unknown> => opening.then(() => 'accepted', (error: { reason?: string }) => error.reason ?? error);

describe('a batch of messages on its way', () => {
  it('arrives as it was sent', async () => {
    const sent = batchOf([await order(), await order()]);

    const opened = await received(await encryptBatch(await signBatch(police.signer, sent), { to: 'banks', directory: police.directory, at }));

    expect(opened).toMatchObject(sent);
    expect(opened.messages.map(({ envelope }) => envelope?.type)).toEqual(['stop-payment.ordered.v2', 'stop-payment.ordered.v2']);
  });

  it('is refused when any one byte of the body was flipped', async () => {
    const wire = await encryptBatch(await signBatch(police.signer, batchOf([await order()])), { to: 'banks', directory: police.directory, at });
    const passed: number[] = [];

    for (let place = 0; place < wire.length; place += 1) {
      const flipped = Buffer.from(wire, 'latin1');
      flipped[place] = (flipped[place] ?? 0) ^ (1 << place % 8);
      if ((await reasonOf(received(flipped.toString('latin1')))) === 'accepted') passed.push(place);
    }

    expect(passed).toEqual([]);
  });

  it('is refused when any one byte of the signed text was flipped by somebody who can encrypt', async () => {
    const signed = await signBatch(police.signer, batchOf([await order()]));
    const passed: number[] = [];

    for (let place = 0; place < signed.length; place += 1) {
      const flipped = Buffer.from(signed, 'latin1');
      flipped[place] = (flipped[place] ?? 0) ^ (1 << place % 7);
      if ((await reasonOf(openBatch(flipped.toString('latin1'), { to: 'banks', directory: banks.directory, at }))) === 'accepted') passed.push(place);
    }

    expect(passed).toEqual([]);
  });

  it('is the same again, byte for byte, from its stored signature and messages', async () => {
    const content = batchOf([await order(), await order()]);
    const signed = await signBatch(police.signer, content);

    expect(attach(detach(signed), content)).toBe(signed);
    expect(batchPayload(batchOf(['x'], { prevHash: '00' }))).toBe('{"from":"police","to":"banks","firstSeq":1,"prevHash":"00","jws":["x"]}');
  });

  it('is refused from an agency that signs in the name of another', async () => {
    expect(await reasonOf(signBatch(banks.signer, batchOf([await order()])).then((signed) => openBatch(signed, { to: 'banks', directory: banks.directory, at })))).toBe('WRONG_SENDER');
    expect(await reasonOf(signBatch(police.signer, batchOf([await order(banks.signer)])).then((signed) => openBatch(signed, { to: 'banks', directory: banks.directory, at })))).toBe('WRONG_SENDER');
  });

  it('is refused by an agency to which it was not sent', async () => {
    const signed = await signBatch(police.signer, batchOf([await order()], { to: 'telecoms' }));

    expect(await reasonOf(openBatch(signed, { to: 'banks', directory: banks.directory, at }))).toBe('WRONG_RECIPIENT');
  });

  it('is refused under a key that the directory does not know', async () => {
    const stranger = localSigner(generateKey('police-sig', 'ed25519'));

    expect(await reasonOf(signBatch(stranger, batchOf([await order()])).then((signed) => openBatch(signed, { to: 'banks', directory: banks.directory, at })))).toBe('UNKNOWN_KEY');
  });

  it('is refused when its header brings its own key or another algorithm', async () => {
    const { privateKey, publicKey } = generateKeyPairSync('ed25519');
    const payload = Buffer.from(batchPayload(batchOf([await order()])));
    const header = { alg: 'EdDSA', kid: police.signer.kid, typ: 'lianfang-batch' };
    const tries = [{ ...header, jwk: publicKey.export({ format: 'jwk' }) }, { ...header, jku: 'http://127.0.0.1/keys' }, { ...header, x5u: 'http://127.0.0.1/keys' }];
    const signed = await Promise.all(tries.map((attempt) => new CompactSign(payload).setProtectedHeader(attempt).sign(privateKey)));
    const unsigned = `${Buffer.from(JSON.stringify({ ...header, alg: 'none' })).toString('base64url')}.${payload.toString('base64url')}.`;
    const symmetric = await new CompactSign(payload).setProtectedHeader({ ...header, alg: 'HS256' }).sign(Buffer.alloc(32, 1));

    for (const forged of [...signed, unsigned, symmetric]) expect(await reasonOf(openBatch(forged, { to: 'banks', directory: banks.directory, at }))).toBe('MALFORMED');
  });

  it('is not taken for one when another kind of signed text is sent in its place', async () => {
    const signed = await signCompact(police.signer, 'lianfang-receipt', batchPayload(batchOf([await order()])));

    expect(await reasonOf(openBatch(signed, { to: 'banks', directory: banks.directory, at }))).toBe('MALFORMED');
  });

  it('brings what the partner signed but we cannot read as a message without envelope', async () => {
    const odd = await signCompact(police.signer, 'lianfang-message', JSON.stringify({ specversion: '2.0' }));
    const signed = await signBatch(police.signer, batchOf([odd]));

    const { messages } = await openBatch(signed, { to: 'banks', directory: banks.directory, at });

    expect(messages.map(({ envelope }) => envelope)).toEqual([null]);
  });
});
