import { eventually } from '@lianfang/testing';
import { Refused, stopPaymentOrdered, stopPaymentReleaseOrdered } from '@lianfang/vocabulary';
import { unpark } from './unpark';
import { handling, type Handlers } from './handlers';
import { exchangeStatus, statusTable } from '../status';
import { releaseOrder, stopOrder } from '../testing/orders';
import { everythingHandled, everythingReceipted, twoAgencies, type TwoAgencies } from '../testing/two-agencies';

let agencies: TwoAgencies;
const bad = stopOrder({ caseNumber: 'SPEC-BAD' });
const good = stopOrder({ caseNumber: 'SPEC-GOOD' });

beforeEach(async () => {
  agencies = await twoAgencies();
});

afterEach(() => agencies?.close());

const send = async (handlers: Handlers): Promise<void> => {
  const { police, banks } = agencies;
  await police.post({ contract: stopPaymentOrdered, subject: bad.orderId, data: bad });
  await police.post({ contract: stopPaymentReleaseOrdered, subject: bad.orderId, data: releaseOrder(bad.orderId) });
  await police.post({ contract: stopPaymentOrdered, subject: good.orderId, data: good });
  await banks.start({ handlers, handlingAttempts: 2 });
  await police.start();
  await everythingReceipted(police);
};

const parked = () => eventually(async () => (await agencies.banks.read<{ id: string; parking: string; last_error: string; attempts: number }>('select id, parking, last_error, attempts from inbox_message where parked_at is not null'))[0], { what: 'the message to be parked' });

describe('the handling of messages', () => {
  it('parks one whose handler always throws, lets other orders pass, and holds back what is about the same order', async () => {
    const done: string[] = [];
    await send({
      ...handling(stopPaymentOrdered, async (_, { subject }) => {
        if (subject === bad.orderId) throw new TypeError('text with personal data of 试验户名');
        done.push(subject);
      }),
      ...handling(stopPaymentReleaseOrdered, async (_, { subject }) => void done.push(`release ${subject}`)),
    });

    expect(await parked()).toMatchObject({ parking: 'HANDLER_FAILED', last_error: 'TypeError', attempts: 2 });
    expect(done).toEqual([good.orderId]);
    const now = new Date();
    const table = statusTable('banks', await exchangeStatus(agencies.banks.store.worker, { agency: 'banks', now }), now);
    expect(table).toMatch(/parked +police +1 .* HANDLER_FAILED, TypeError, stop-payment.ordered.v2, [0-9a-f-]{36}/);
    expect(table).toMatch(/received, not handled +police +1 .* behind an earlier message of its subject/);
    expect(table).not.toContain('试验户名');
  });

  it('goes on with an order after its message was unparked, in the order of sending', async () => {
    let isMended = false;
    const done: string[] = [];
    await send({
      ...handling(stopPaymentOrdered, async (_, { subject }) => {
        if (subject === bad.orderId && !isMended) throw new Error('not mended');
        done.push(`stop ${subject}`);
      }),
      ...handling(stopPaymentReleaseOrdered, async (_, { subject }) => void done.push(`release ${subject}`)),
    });
    const { id } = await parked();

    isMended = true;
    expect(await unpark(agencies.banks.store.worker, { agency: 'banks', id })).toBe(true);
    await everythingHandled(agencies.banks);

    expect(done).toEqual([`stop ${good.orderId}`, `stop ${bad.orderId}`, `release ${bad.orderId}`]);
    expect(await unpark(agencies.banks.store.worker, { agency: 'banks', id })).toBe(false);
  });

  it('undoes what a failing or refusing handler had written', async () => {
    const { banks } = agencies;
    await send({
      ...handling(stopPaymentOrdered, async (manager, { subject }) => {
        await manager.query(`insert into deadline (id, thing, thing_id, action, due_at) values (gen_random_uuid(), 'spec', $1, 'X', now())`, [subject]);
        return subject === bad.orderId ? Refused.because('WRONG_STATE', { parameters: { state: 'X' } }) : undefined;
      }),
    });

    expect(await parked()).toMatchObject({ parking: 'HANDLER_FAILED', last_error: 'HandlerRefused WRONG_STATE' });
    expect(await banks.read<{ thing_id: string }>('select thing_id from deadline')).toEqual([{ thing_id: good.orderId }]);
  });

  it('survives a message that breaks the transaction itself', async () => {
    const done: string[] = [];
    await send({
      ...handling(stopPaymentOrdered, async (manager, { subject }) => {
        if (subject === bad.orderId) await manager.query('select pg_terminate_backend(pg_backend_pid())');
        done.push(subject);
      }),
    });

    expect((await parked()).parking).toBe('HANDLER_FAILED');
    await eventually(() => done.includes(good.orderId));
  });

  it('parks what nobody here handles', async () => {
    await send({});

    expect((await parked()).parking).toBe('NO_HANDLER');
  });

  it('runs in the name of the partner', async () => {
    const callers: unknown[] = [];
    await send({
      ...handling(stopPaymentReleaseOrdered, async () => undefined),
      ...handling(stopPaymentOrdered, async (manager) => void callers.push(...(await manager.query(`select current_setting('caller.id') as id, current_setting('caller.kind') as kind`)))),
    });
    await everythingHandled(agencies.banks);

    expect(callers).toEqual([{ id: 'partner:police', kind: 'partner' }, { id: 'partner:police', kind: 'partner' }]);
  });
});
