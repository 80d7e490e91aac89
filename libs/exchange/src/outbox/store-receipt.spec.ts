import { createServer, type Server } from 'node:http';
import { newId } from '@lianfang/database';
import { eventually } from '@lianfang/testing';
import { stopPaymentOrdered } from '@lianfang/vocabulary';
import { signReceipt, type Receipt } from '../receipt/receipt';
import { exchangeStatus } from '../status';
import { stopOrder } from '../testing/orders';
import { everythingReceipted, twoAgencies, type TwoAgencies } from '../testing/two-agencies';

let agencies: TwoAgencies;

beforeEach(async () => {
  agencies = await twoAgencies();
});

afterEach(() => agencies?.close());

const postOrders = async (count: number): Promise<string[]> => {
  const orders = Array.from({ length: count }, () => stopOrder());
  for (const data of orders) await agencies.police.post({ contract: stopPaymentOrdered, subject: data.orderId, data });
  return orders.map(({ orderId }) => orderId);
};
const notedBy = async (): Promise<string[]> => (await agencies.police.read<{ thing_id: string }>(`select thing_id from deadline where thing = 'noted'`)).map((row) => row.thing_id).sort();

describe('the receipt of an order', () => {
  it('is stored in one transaction with what the sender does about it', async () => {
    const subjects = await postOrders(3);
    await agencies.banks.start();
    await agencies.police.start({ onReceipt: (manager, { subject }) => manager.query(`insert into deadline (id, thing, thing_id, action, due_at) values ($1, 'noted', $2, 'X', 'infinity')`, [newId(), subject]) });
    await everythingReceipted(agencies.police);

    expect(await notedBy()).toEqual(subjects.sort());
    expect(await agencies.police.read('select from outbox_dispatch where noted_at is null')).toHaveLength(0);
  });

  it('is kept when the sender cannot do its part, which is repeated until it can, order by order', async () => {
    const subjects = await postOrders(3);
    let isMended = false;
    await agencies.banks.start();
    await agencies.police.start({
      onReceipt: async (manager, { subject }) => {
        if (subject === subjects[1] && !isMended) throw new Error('not mended');
        await manager.query(`insert into deadline (id, thing, thing_id, action, due_at) values ($1, 'noted', $2, 'X', 'infinity')`, [newId(), subject]);
      },
    });
    await everythingReceipted(agencies.police);
    await eventually(async () => (await notedBy()).length === 2, { what: 'the other orders to be noted' });
    const [status] = await exchangeStatus(agencies.police.store.worker, { agency: 'police', now: new Date() });
    expect(status).toMatchObject({ what: 'receipt not noted', partner: 'banks', count: 1 });

    isMended = true;
    await agencies.police.read('update outbox_dispatch set next_attempt_at = now()');
    await eventually(async () => (await agencies.police.read('select from outbox_dispatch where noted_at is null')).length === 0, { what: 'the last order to be noted' });

    expect(await notedBy()).toEqual(subjects.sort());
  });
});

describe('an answer that is no receipt of the batch', () => {
  let stranger: Server | undefined;

  afterEach(() => stranger?.closeAllConnections());

  it.each([
    ['text', async () => 'thank you'],
    ['a receipt signed by the sender itself', async () => signReceipt(agencies.police.party.signer, aReceipt())],
    ['a true receipt of other messages', async () => signReceipt(agencies.banks.party.signer, aReceipt())],
  ])('is not believed: %s', async (_, answer) => {
    stranger = createServer((request, response) => void request.resume().on('end', () => void answer().then((text) => response.end(text)))).listen(0, '127.0.0.1');
    await new Promise((resolve) => stranger?.once('listening', resolve));
    const { port } = stranger.address() as { port: number };
    await postOrders(1);
    await agencies.police.start({ addressOf: () => `http://127.0.0.1:${port}` });

    const rows = await eventually(async () => {
      const found = await agencies.police.read<{ last_error: string | null; receipt: string | null }>('select last_error, receipt from outbox_dispatch where last_error is not null');
      return found.length > 0 ? found : undefined;
    });

    expect(rows).toEqual([{ last_error: expect.stringMatching(/^NotAuthentic /), receipt: null }]);
    stranger.close();
  });
});

const aReceipt = (): Receipt => ({ from: 'police', to: 'banks', firstSeq: 1, lastSeq: 1, messageIds: [newId()], messageHashes: ['0'.repeat(64)], headHash: '0'.repeat(64), receivedAt: new Date().toISOString() });
