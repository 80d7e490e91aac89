import { Database, databaseEntities, type FailpointName } from '@lianfang/database';
import { eventually } from '@lianfang/testing';
import { stopPaymentOrdered } from '@lianfang/vocabulary';
import { exchangeEntities, handling, repeatNewest, verifyReceipt } from './index';
import { stopOrder } from './testing/orders';
import { everythingHandled, everythingReceipted, twoAgencies, type SpecAgency, type TwoAgencies } from './testing/two-agencies';

let agencies: TwoAgencies;
/** Orders that were carried out, as the bank's own ledger saw them: rows that only a committed handler leaves behind. */
const executed = async (): Promise<string[]> => (await agencies.banks.read<{ thing_id: string }>(`select thing_id from deadline where thing = 'executed'`)).map((row) => row.thing_id);
const execute = handling(stopPaymentOrdered, async (manager, { subject }) =>
  manager.query(`insert into deadline (id, thing, thing_id, action, due_at) values (gen_random_uuid(), 'executed', $1, $2, 'infinity')`, [subject, String(Math.random())]),
);

beforeEach(async () => {
  agencies = await twoAgencies();
});

afterEach(() => agencies?.close());

/** Starts an exchange that dies at a point: from then on it can neither write nor read, as if the process were gone. */
async function startDoomed(mortal: SpecAgency, point: FailpointName): Promise<() => boolean> {
  const database = await Database.open({ agency: mortal.agency, url: mortal.store.urls.worker, entities: [...databaseEntities, ...exchangeEntities], keyring: mortal.store.keyring, poolSize: 4 });
  let isDead = false;
  const doomed = await mortal.start({
    database,
    handlers: execute,
    reach: async (reached) => {
      if (reached !== point || isDead) return;
      isDead = true;
      await database.close();
      throw new Error(`the process dies at: ${point}`);
    },
  });
  const isGone = (): boolean => isDead;
  void eventually(isGone, { limit: 20_000 }).then(() => doomed.close());
  return isGone;
}

describe('an order whose carrier dies', () => {
  it.each(['outbox.claimed-before-post', 'outbox.relay.sent-before-marked', 'receipt.stored'] as const)('is neither lost nor doubled when the police exchange dies at: %s', async (point) => {
    const { police, banks } = agencies;
    const orders = [stopOrder(), stopOrder(), stopOrder()];
    for (const data of orders) await police.post({ contract: stopPaymentOrdered, subject: data.orderId, data });
    await banks.start({ handlers: execute });

    const isGone = await startDoomed(police, point);
    await eventually(isGone);
    await police.start();
    await everythingReceipted(police);
    await everythingHandled(banks);

    expect((await executed()).sort()).toEqual(orders.map(({ orderId }) => orderId).sort());
    const receipts = await police.read<{ receipt: string }>('select receipt from outbox_dispatch');
    for (const { receipt } of receipts) await expect(verifyReceipt(receipt, police.party.directory)).resolves.toMatchObject({ to: 'banks' });
  });

  it.each(['inbox.committed-before-receipt', 'inbox.handled'] as const)('is neither lost nor doubled when the bank exchange dies at: %s', async (point) => {
    const { police, banks } = agencies;
    const orders = [stopOrder(), stopOrder()];
    const isGone = await startDoomed(banks, point);
    await police.start();
    for (const data of orders) await police.post({ contract: stopPaymentOrdered, subject: data.orderId, data });

    await eventually(isGone);
    await eventually(() => banks.start({ handlers: execute }), { what: 'the port of the dead process to be free' });
    await everythingReceipted(police);
    await everythingHandled(banks);

    expect((await executed()).sort()).toEqual(orders.map(({ orderId }) => orderId).sort());
    expect(await banks.read('select from inbox_message')).toHaveLength(2);
  });

  it('is sent again in order when the bank was restored from a backup that does not know it', async () => {
    const { police, banks } = agencies;
    const orders = [stopOrder(), stopOrder(), stopOrder()];
    const first = await banks.start({ handlers: execute });
    await police.start();
    for (const data of orders.slice(0, 2)) {
      await police.post({ contract: stopPaymentOrdered, subject: data.orderId, data });
      await everythingReceipted(police);
    }
    await everythingHandled(banks);
    await first.close();
    await forgetFrom(banks, 2);

    await banks.start({ handlers: execute });
    await police.post({ contract: stopPaymentOrdered, subject: orders[2]?.orderId ?? '', data: orders[2] ?? stopOrder() });
    await everythingReceipted(police);
    await everythingHandled(banks);

    expect((await executed()).sort()).toEqual(orders.map(({ orderId }) => orderId).sort());
    expect(police.events).toContainEqual({ event: 'exchange.repeating-from', partner: 'banks', seq: 2 });
  });

  it('is sent again to a restored bank as soon as an operator asks for it, before there is a further order', async () => {
    const { police, banks } = agencies;
    const orders = [stopOrder(), stopOrder(), stopOrder()];
    const first = await banks.start({ handlers: execute });
    await police.start();
    for (const data of orders) {
      await police.post({ contract: stopPaymentOrdered, subject: data.orderId, data });
      await everythingReceipted(police);
    }
    await everythingHandled(banks);
    await first.close();
    await forgetFrom(banks, 2);

    await banks.start({ handlers: execute });
    await repeatNewest(police.store.worker, { agency: 'police', partner: 'banks' });
    await eventually(async () => (await executed()).length === 3, { what: 'the forgotten orders to be executed' });
    await everythingReceipted(police);

    expect((await executed()).sort()).toEqual(orders.map(({ orderId }) => orderId).sort());
    expect(police.events).toContainEqual({ event: 'exchange.repeating-from', partner: 'banks', seq: 2 });
  });

  it('stays where it is, and is shown, when the chains of the two sides differ', async () => {
    const { police, banks } = agencies;
    const data = stopOrder();
    await banks.start({ handlers: execute });
    await banks.read(`update inbox_chain set head_hash = sha256('another past') where partner = 'police'`);
    await police.start();
    await police.post({ contract: stopPaymentOrdered, subject: data.orderId, data });

    await eventually(() => police.events.some(({ event }) => event === 'exchange.chains-differ'));
    const [row] = await eventually(async () => {
      const rows = await police.read<{ last_error: string | null; receipt: string | null }>('select last_error, receipt from outbox_dispatch');
      return rows[0]?.last_error ? rows : undefined;
    });

    expect(row).toEqual({ last_error: 'CHAINS_DIFFER', receipt: null });
    expect(await executed()).toEqual([]);
  });
});

/** What a restored backup looks like: batch `seq` and all that it led to never happened. Superuser: the logins may not delete. */
async function forgetFrom({ store, read }: SpecAgency, seq: number): Promise<void> {
  const forgotten = await read<{ subject: string }>('select subject from inbox_message where seq >= $1', [seq]);
  const { Client } = await import('pg');
  const admin = new Client({ connectionString: store.adminUrl });
  await admin.connect();
  try {
    await admin.query(`delete from deadline where thing_id = any($1::uuid[])`, [forgotten.map(({ subject }) => subject)]);
    await admin.query('delete from inbox_message where seq >= $1', [seq]);
    const { rows } = await admin.query('delete from inbox_receipt where first_seq >= $1 returning receipt', [seq]);
    const receipt = JSON.parse(Buffer.from(String(rows[0]?.receipt).split('.')[1] ?? '', 'base64url').toString()) as { headHash: string };
    const { rows: earlier } = await admin.query('select receipt from inbox_receipt order by first_seq desc limit 1');
    const before = JSON.parse(Buffer.from(String(earlier[0]?.receipt).split('.')[1] ?? '', 'base64url').toString()) as { headHash: string };
    expect(before.headHash).not.toBe(receipt.headHash);
    await admin.query('update inbox_chain set last_seq = $1, head_hash = $2', [seq - 1, Buffer.from(before.headHash, 'hex')]);
  } finally {
    await admin.end();
  }
}
