import { createServer } from 'node:http';
import { eventually } from '@lianfang/testing';
import { stopPaymentOrdered, stopPaymentReleaseOrdered, stopPaymentReleased } from '@lianfang/vocabulary';
import { decryptBatch } from './batch/wire';
import { handling, isReceiptFor, post, verifyReceipt } from './index';
import type { IncomingMessage } from './inbox/handlers';
import type { Delivered } from './outbox/store-receipt';
import { releaseOrder, stopOrder } from './testing/orders';
import { everythingHandled, everythingReceipted, twoAgencies, type TwoAgencies } from './testing/two-agencies';

let agencies: TwoAgencies;

beforeEach(async () => {
  agencies = await twoAgencies();
});

afterEach(() => agencies?.close());

const postStop = async (data = stopOrder()): Promise<string> => {
  await agencies.police.post({ contract: stopPaymentOrdered, to: 'banks', subject: data.orderId, data });
  return data.orderId;
};

describe('an order between two agencies', () => {
  it('is handled by the bank and receipted to the police', async () => {
    const { police, banks } = agencies;
    const handled: IncomingMessage[] = [];
    const delivered: Delivered[] = [];
    await banks.start({ handlers: handling(stopPaymentOrdered, async (_, message) => void handled.push(message)) });
    await police.start({ onReceipt: async (_, one) => void delivered.push(one) });

    const data = stopOrder();
    await postStop(data);
    await everythingReceipted(police);
    await everythingHandled(banks);

    expect(handled).toMatchObject([{ type: 'stop-payment.ordered.v2', subject: data.orderId, from: 'police', institution: null, data }]);
    expect(delivered).toMatchObject([{ type: 'stop-payment.ordered.v2', subject: data.orderId, to: 'banks' }]);
  });

  it('travels both ways at once', async () => {
    const { police, banks } = agencies;
    const order = stopOrder();
    const released = { orderId: order.orderId, releasedAt: new Date().toISOString(), cause: 'EXPIRY', stillStopped: false } as const;
    const answered: unknown[] = [];
    await banks.start({ handlers: handling(stopPaymentOrdered, async (manager, { subject }) => post(manager, { contract: stopPaymentReleased, subject, data: released })) });
    await police.start({ handlers: handling(stopPaymentReleased, async (_, { data }) => void answered.push(data)) });

    await postStop(order);
    await eventually(() => answered.length > 0, { what: 'the answer of the bank' });

    expect(answered).toEqual([released]);
  });

  it('does not leave when the action that posted it is refused or fails', async () => {
    const { police } = agencies;
    const data = stopOrder({ caseNumber: 'SPEC-ROLLED-BACK' });

    await expect(
      police.store.runtime.asCaller({ id: 'clock', name: 'clock', agency: 'police', roles: [], institution: null, unit: null, region: null, kind: 'clock' }, async (manager) => {
        await post(manager, { contract: stopPaymentOrdered, subject: data.orderId, data });
        throw new Error('the action fails');
      }),
    ).rejects.toThrow('the action fails');

    expect(await police.read('select from outbox_message')).toHaveLength(0);
  });

  it('cannot carry a field that is not on the whitelist', async () => {
    const data = { ...stopOrder(), victimIdCard: 'not to travel' };

    await expect(agencies.police.post({ contract: stopPaymentOrdered, subject: data.orderId, data })).rejects.toThrow('does not keep its contract at top (unrecognized_keys)');
  });

  it('leaves a receipt on both sides that verifies offline and names the very message', async () => {
    const { police, banks } = agencies;
    await banks.start();
    await police.start();
    await postStop();
    await everythingReceipted(police);

    const [sent] = await police.read<{ receipt: string; id: string; jws: Buffer }>('select receipt, message.id, jws from outbox_dispatch join outbox_message as message on dispatch_id = outbox_dispatch.id');
    const [given] = await banks.read<{ receipt: string }>('select receipt from inbox_receipt');
    const receipt = await verifyReceipt(sent?.receipt ?? '', police.party.directory);
    const jws = police.store.keyring.open(sent?.jws ?? Buffer.alloc(0), { table: 'outbox_message', column: 'jws', id: sent?.id ?? '' });

    expect(given?.receipt).toBe(sent?.receipt);
    expect(receipt.messageIds).toEqual([sent?.id]);
    expect(isReceiptFor(receipt, jws)).toBe(true);
  });

  it('waits while the bank is down, and urgent orders leave first when it is back', async () => {
    const { police, banks } = agencies;
    const handled: string[] = [];
    const remember = async (_: unknown, { type, subject }: IncomingMessage): Promise<void> => void handled.push(`${type} ${subject}`);
    // The contracts of police to banks are all urgent; a patient one is made from the release for this spec.
    const patient = { ...stopPaymentReleaseOrdered, urgent: false };
    const first = stopOrder();
    const held = stopOrder();
    await police.post({ contract: patient, subject: first.orderId, data: releaseOrder(first.orderId) });
    await police.post({ contract: patient, subject: held.orderId, data: releaseOrder(held.orderId) });
    await postStop(held);

    await police.start();
    await banks.start({ handlers: { ...handling(stopPaymentOrdered, remember), ...handling(stopPaymentReleaseOrdered, remember) } });
    await everythingReceipted(police);

    const [message] = await police.read<{ subjects: string[] }>('select array_agg(subject order by seq) as subjects from outbox_message');
    expect(message?.subjects).toEqual([held.orderId, held.orderId, first.orderId]);
  });

  it('keeps personal data out of the tables, plain, base64 or hex', async () => {
    const { police, banks } = agencies;
    const canary = 'CANARY-9137-holder';
    await banks.start();
    await police.start();
    const order = stopOrder({ facts: { ...stopOrder().facts, holderName: canary, accountNumber: 'CANARY-9137-account' } });
    await postStop(order);
    await everythingReceipted(police);
    await police.post({ contract: stopPaymentOrdered, subject: order.orderId, data: order });

    const texts = await Promise.all([police, banks].flatMap(({ read }) => ['outbox_message', 'outbox_dispatch', 'inbox_message', 'inbox_receipt'].map((table) => read<{ row: string }>(`select t::text as row from ${table} as t`))));
    const all = texts.flat().map(({ row }) => row).join('\n');
    const forms = ['CANARY-9137', Buffer.from('CANARY-9137').toString('hex'), ...[0, 1, 2].map((shift) => Buffer.from(`${'x'.repeat(shift)}CANARY-9137`).toString('base64').slice(shift ? 4 : 0, 12))];
    // bytea is shown in hexadecimal, so each form is looked for as text and as the hexadecimal of that text.
    for (const form of forms.flatMap((one) => [one, Buffer.from(one).toString('hex')])) expect(all).not.toContain(form);
    expect(all).toContain(order.orderId);
  });

  it('cannot be read from the outbox or the inbox by the login that serves people', async () => {
    const { police } = agencies;
    const asPerson = (statement: string) => police.store.runtime.asCaller({ id: 'officer', name: 'officer', agency: 'police', roles: ['POLICE_OFFICER'], institution: null, unit: null, region: '990101', kind: 'person' }, (manager) => manager.query(statement));

    for (const statement of ['select * from outbox_message', 'update outbox_message set subject = $$x$$', 'delete from outbox_message', 'select * from inbox_message', 'select * from outbox_dispatch', 'update outbox_chain set last_seq = 9', 'select * from inbox_receipt', 'delete from deadline']) {
      await expect(asPerson(statement)).rejects.toThrow('permission denied');
    }
  });

  it('is encrypted on the wire to the receiver alone', async () => {
    const { police, banks } = agencies;
    const bodies: string[] = [];
    const tap = createServer((request, response) => {
      const parts: Buffer[] = [];
      request.on('data', (part: Buffer) => parts.push(part)).on('end', () => {
        bodies.push(Buffer.concat(parts).toString());
        response.writeHead(503).end();
      });
    }).listen(0, '127.0.0.1');
    await new Promise((resolve) => tap.once('listening', resolve));
    const port = (tap.address() as { port: number }).port;
    await police.start({ addressOf: () => `http://127.0.0.1:${port}` });
    await postStop();
    await eventually(() => bodies.length > 0);
    tap.close();
    tap.closeAllConnections();

    await expect(decryptBatch(bodies[0] ?? '', [banks.party.decryptionKey])).resolves.toMatch(/^[\w-]+\.[\w-]+\.[\w-]+$/);
    await expect(decryptBatch(bodies[0] ?? '', [police.party.decryptionKey])).rejects.toMatchObject({ reason: 'UNKNOWN_KEY' });
  });
});
