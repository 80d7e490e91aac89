import { newId } from '@lianfang/database';
import { eventually } from '@lianfang/testing';
import { stopPaymentOrdered } from '@lianfang/vocabulary';
import { request } from 'undici';
import { handling } from './handlers';
import { LARGEST_BODY } from './read-body';
import { verifyExpectation } from '../receipt/expectation';
import { verifyReceipt } from '../receipt/receipt';
import type { Exchange } from '../start-exchange';
import { firstHead, handMade, postTo, wireOf } from '../testing/hand-made';
import { stopOrder } from '../testing/orders';
import { everythingHandled, twoAgencies, type TwoAgencies } from '../testing/two-agencies';

let agencies: TwoAgencies;
let bank: Exchange;
let handled: string[];

beforeEach(async () => {
  agencies = await twoAgencies();
  handled = [];
  bank = await agencies.banks.start({ handlers: handling(stopPaymentOrdered, async (_, { id }) => void handled.push(id)) });
});

afterEach(() => agencies?.close());

const count = async (table: string): Promise<number> => (await agencies.banks.read(`select from ${table}`)).length;
const order = (over: Parameters<typeof handMade>[1] = {}) => handMade(agencies.police.party.signer, over);

describe('the inbox', () => {
  it('stores a batch that comes a hundred times once, handles it once and answers with the same receipt', async () => {
    const { wire } = await wireOf(agencies.police.party, [await order(), await order()]);

    const answers = await Promise.all(Array.from({ length: 100 }, () => eventually(async () => {
      const answer = await postTo(bank.address, wire);
      return answer.status === 503 ? undefined : answer;
    })));
    await everythingHandled(agencies.banks);

    expect(new Set(answers.map(({ status, text }) => `${status} ${text}`)).size).toBe(1);
    expect(answers[0]?.status).toBe(200);
    expect(handled).toHaveLength(2);
    expect(await count('inbox_message')).toBe(2);
    expect(await count('inbox_receipt')).toBe(1);
  });

  it('refuses a body with a flipped byte and stores nothing', async () => {
    const { wire } = await wireOf(agencies.police.party, [await order()]);
    const places = Array.from({ length: 60 }, (_, step) => Math.floor((step * (wire.length - 1)) / 59));

    for (const place of places) {
      const body = Buffer.from(wire);
      body[place] = (body[place] ?? 0) ^ 1;
      expect((await postTo(bank.address, body)).status).toBe(400);
    }

    expect(await count('inbox_message')).toBe(0);
    expect(await count('inbox_receipt')).toBe(0);
  });

  it('refuses what a bank sends to itself in the name of the police', async () => {
    const { wire } = await wireOf(agencies.banks.party, [await handMade(agencies.banks.party.signer)]);

    expect(await postTo(bank.address, wire)).toEqual({ status: 400, text: 'WRONG_SENDER' });
    expect(await count('inbox_message')).toBe(0);
  });

  it('keeps, receipts and parks what is authentic but may not be handled, and lets the others through', async () => {
    const jws = [
      await order({ type: 'stop-payment.ordered.v3' }),
      await order({ type: 'stop-payment.stopped.v1' }),
      await order({ data: { ...stopOrder(), extra: 1 } }),
      await order(),
    ];

    const answer = await postTo(bank.address, (await wireOf(agencies.police.party, jws)).wire);
    await eventually(() => handled.length === 1);

    expect((await verifyReceipt(answer.text, agencies.police.party.directory)).messageIds).toHaveLength(4);
    const rows = await agencies.banks.read<{ parking: string | null }>('select parking from inbox_message order by seq');
    expect(rows.map(({ parking }) => parking)).toEqual(['UNKNOWN_TYPE', 'SENDER_MAY_NOT_SEND', 'DATA_NOT_AS_AGREED', null]);
  });

  it('handles a message id once, even if the partner sends it again as a new message', async () => {
    const id = newId();
    const first = await wireOf(agencies.police.party, [await order({ id }), await order({ id })]);
    const second = await wireOf(agencies.police.party, [await order({ id }), await order()], first.head);

    await postTo(bank.address, first.wire);
    await postTo(bank.address, second.wire);
    await everythingHandled(agencies.banks);

    expect(await count('inbox_message')).toBe(4);
    expect(handled).toHaveLength(2);
    expect(new Set(handled).size).toBe(2);
  });

  it('answers a batch out of sequence with the number it waits for, signed', async () => {
    const first = await wireOf(agencies.police.party, [await order()]);
    const second = await wireOf(agencies.police.party, [await order()], first.head);

    const answer = await postTo(bank.address, second.wire);

    expect(answer.status).toBe(409);
    expect(await verifyExpectation(answer.text, { directory: agencies.police.party.directory, at: new Date() })).toEqual({ from: 'police', to: 'banks', expectedSeq: 1, headHash: firstHead.hash.toString('hex') });
    expect(await count('inbox_message')).toBe(0);
  });

  it('does not let a partner rewrite what it has sent', async () => {
    await postTo(bank.address, (await wireOf(agencies.police.party, [await order()])).wire);

    const rewritten = await postTo(bank.address, (await wireOf(agencies.police.party, [await order()])).wire);
    const forked = await postTo(bank.address, (await wireOf(agencies.police.party, [await order()], { seq: 1, hash: firstHead.hash })).wire);

    expect([rewritten.status, forked.status]).toEqual([409, 409]);
    expect(await count('inbox_message')).toBe(1);
  });

  it('stores whole batches only, when many come at the same moment', async () => {
    const batches = [await wireOf(agencies.police.party, [await order()])];
    for (let number = 1; number < 6; number += 1) batches.push(await wireOf(agencies.police.party, [await order(), await order()], batches.at(-1)?.head));

    await eventually(async () => {
      const answers = await Promise.all(batches.map(({ wire }) => postTo(bank.address, wire)));
      return answers.every(({ status }) => status === 200);
    });

    const rows = await agencies.banks.read<{ seq: string }>('select seq from inbox_message order by seq');
    expect(rows.map(({ seq }) => Number(seq))).toEqual(Array.from({ length: 11 }, (_, place) => place + 1));
  });

  it('has one door only', async () => {
    const { port } = bank.address;

    expect((await request(`http://127.0.0.1:${port}/`)).statusCode).toBe(404);
    expect((await request(`http://127.0.0.1:${port}/batches`)).statusCode).toBe(404);
    expect(await postTo(bank.address, '')).toEqual({ status: 400, text: 'MALFORMED' });
    expect(await postTo(bank.address, Buffer.alloc(LARGEST_BODY + 1, 65))).toEqual({ status: 413, text: 'TOO_LARGE' });
  });
});
