import { newId } from '@lianfang/database';
import { eventually } from '@lianfang/testing';
import { clockCaller, offsetClock, stopPaymentOrdered } from '@lianfang/vocabulary';
import { setDeadline } from './deadline/set-deadline';
import { exchangeStatus, statusTable, type StatusLine } from './status';
import { stopOrder } from './testing/orders';
import { twoAgencies, type TwoAgencies } from './testing/two-agencies';

const HOUR = 3_600_000;
let agencies: TwoAgencies;

afterEach(() => agencies?.close());

const statusAt = (now: Date): Promise<StatusLine[]> => exchangeStatus(agencies.police.store.worker, { agency: 'police', now });
const setAt = (dueAt: Date): Promise<void> =>
  agencies.police.store.runtime.asCaller(clockCaller('police'), (manager) => setDeadline(manager, { thing: 'stop-payment-request', thingId: newId(), action: 'EXPIRE', dueAt }));

describe('what waits in an exchange', () => {
  it.each([49, -50])('is as old as the agency says whose clock is moved by %i hours', async (hours) => {
    const clock = offsetClock(hours * HOUR);
    agencies = await twoAgencies(clock);
    const { police } = agencies;
    const data = stopOrder();
    await police.start();
    await police.post({ contract: stopPaymentOrdered, subject: data.orderId, data, at: clock.now() });
    await eventually(async () => (await police.read('select from outbox_dispatch where failing_since is not null')).length > 0, { what: 'the bank to be missed' });

    const now = clock.now();
    const [line] = await statusAt(now);

    expect(line?.what).toBe('has left, no receipt');
    expect(Math.abs(now.getTime() - (line?.since.getTime() ?? 0))).toBeLessThan(HOUR);
  });

  it('is overdue when the hour has passed on the clock of the agency, not on ours', async () => {
    agencies = await twoAgencies();
    const now = new Date(Date.now() - 50 * HOUR);
    await setAt(new Date(now.getTime() + HOUR));
    expect(await statusAt(now)).toEqual([]);

    const later = new Date(now.getTime() + 3 * HOUR);

    expect(await statusAt(later)).toMatchObject([{ what: 'deadline overdue', partner: 'stop-payment-request.EXPIRE', why: 'the clock is behind' }]);
  });

  it('is told with the hour of the agency and the age of each line', () => {
    const now = new Date('2026-03-04T12:00:00Z');
    const line = (milliseconds: number): StatusLine => ({ what: 'parked', partner: 'police', count: 1, since: new Date(now.getTime() - milliseconds), why: 'X' });

    const ages = [12_900, 60_000, 49 * HOUR, 72 * HOUR, -5].map(line);

    expect(statusTable('banks', [], now)).toBe('banks, where it is 2026-03-04T12:00:00.000Z: nothing waits');
    expect([...statusTable('banks', ages, now).matchAll(/Z {2}(\d+ \w+) +X/g)].map(([, age]) => age)).toEqual(['12 s', '1 min', '49 h', '3 d', '0 s']);
  });
});
