import { newId } from '@lianfang/database';
import { clockCaller, setClock } from '@lianfang/vocabulary';
import type { EntityManager } from 'typeorm';
import { twoAgencies, type SpecAgency, type TwoAgencies } from '../testing/two-agencies';
import { fireDeadlines, type DeadlineHandlers } from './fire-deadlines';
import { cancelDeadlines, setDeadline } from './set-deadline';

let agencies: TwoAgencies;
let banks: SpecAgency;
const clock = setClock('2026-05-01T00:00:00.000Z');
const hours = (count: number): Date => new Date(Date.parse('2026-05-01T00:00:00.000Z') + count * 3_600_000);

beforeAll(async () => {
  agencies = await twoAgencies(clock);
  banks = agencies.banks;
});

afterAll(() => agencies?.close());

beforeEach(() => clock.set('2026-05-01T00:00:00.000Z'));

const inAction = (work: (manager: EntityManager) => Promise<unknown>) => banks.store.runtime.asCaller(clockCaller('banks'), work);
const fire = (handlers: DeadlineHandlers) => fireDeadlines({ agency: 'banks', database: banks.store.worker, clock }, handlers);
const stop = (thingId: string, dueAt: Date, action = 'BEGIN_EXPIRY') => ({ thing: 'spec-stop', thingId, action, dueAt });

describe('a deadline', () => {
  it('fires when its hour has come, once, in the name of the clock', async () => {
    const thingId = newId();
    const fired: unknown[] = [];
    const handlers: DeadlineHandlers = {
      'spec-stop.BEGIN_EXPIRY': async (manager, deadline) => {
        if (deadline.thingId === thingId) fired.push(...(await manager.query(`select current_setting('caller.kind') as kind`)));
      },
    };
    await inAction((manager) => setDeadline(manager, stop(thingId, hours(48))));

    clock.set(new Date(hours(48).getTime() - 1));
    await fire(handlers);
    expect(fired).toEqual([]);
    clock.set(hours(48));
    await fire(handlers);
    await fire(handlers);
    expect(fired).toEqual([{ kind: 'clock' }]);
  });

  it('moves when it is set again, and does not fire when it was cancelled', async () => {
    const [moved, cancelled] = [newId(), newId()];
    const fired: string[] = [];
    const handlers: DeadlineHandlers = { 'spec-stop.BEGIN_EXPIRY': async (_, { thingId }) => void fired.push(thingId), 'spec-stop.LAPSE_CLAIM': async (_, { thingId }) => void fired.push(`lapse ${thingId}`) };
    await inAction(async (manager) => {
      await setDeadline(manager, stop(moved, hours(1)));
      await setDeadline(manager, stop(cancelled, hours(1)));
      await setDeadline(manager, stop(cancelled, hours(1), 'LAPSE_CLAIM'));
    });
    await inAction(async (manager) => {
      await setDeadline(manager, stop(moved, hours(3)));
      await cancelDeadlines(manager, { thingId: cancelled, actions: ['BEGIN_EXPIRY'] });
    });

    clock.set(hours(2));
    await fire(handlers);
    expect(fired).toEqual([`lapse ${cancelled}`]);
    clock.set(hours(3));
    await fire(handlers);
    expect(fired).toEqual([`lapse ${cancelled}`, moved]);
  });

  it('may set the next deadline of its own kind when it fires', async () => {
    const thingId = newId();
    const fired: Date[] = [];
    const handlers: DeadlineHandlers = {
      'spec-stop.REMIND': async (manager, { dueAt }) => {
        fired.push(dueAt);
        if (fired.length < 3) await setDeadline(manager, stop(thingId, hours(fired.length + 1), 'REMIND'));
      },
    };
    await inAction((manager) => setDeadline(manager, stop(thingId, hours(1), 'REMIND')));

    clock.set(hours(10));
    await fire(handlers);

    expect(fired).toEqual([hours(1), hours(2), hours(3)]);
  });

  it('that fails is tried again later, undone as a whole, and holds up no other', async () => {
    const [failing, other] = [newId(), newId()];
    const fired: string[] = [];
    await inAction(async (manager) => {
      await setDeadline(manager, stop(failing, hours(1)));
      await setDeadline(manager, stop(other, hours(2)));
    });
    const handlers: DeadlineHandlers = {
      'spec-stop.BEGIN_EXPIRY': async (manager, { thingId }) => {
        await setDeadline(manager, stop(thingId, hours(99), 'LEFT_BEHIND'));
        if (thingId === failing) throw new RangeError('the core does not answer');
        fired.push(thingId);
      },
    };

    clock.set(hours(2));
    expect(await fire(handlers)).toBe(1);

    expect(fired).toEqual([other]);
    expect(await banks.read('select fired_at, attempts, last_error, retry_at > now() as waits from deadline where thing_id = $1', [failing])).toEqual([{ fired_at: null, attempts: 1, last_error: 'RangeError', waits: true }]);
    await banks.read(`update deadline set retry_at = now() where thing_id = $1`, [failing]);
    expect(await fire({ 'spec-stop.BEGIN_EXPIRY': async (_, { thingId }) => void fired.push(thingId) })).toBe(1);
    expect(fired).toEqual([other, failing]);
  });

  it('gives way to a person who is acting on the same thing', async () => {
    const thingId = newId();
    await inAction((manager) => setDeadline(manager, stop(thingId, hours(1))));
    let clockFires: Promise<number> = Promise.resolve(0);
    let letPersonGoOn: () => void = () => undefined;
    const clockHasTaken = new Promise<void>((resolve) => (letPersonGoOn = resolve));
    const lockThing = 'select pg_advisory_xact_lock(hashtextextended($1, 7))';

    clock.set(hours(1));
    await inAction(async (manager) => {
      await manager.query(lockThing, [thingId]);
      clockFires = fire({ 'spec-stop.BEGIN_EXPIRY': async (inner) => (letPersonGoOn(), void (await inner.query(lockThing, [thingId]))) });
      await clockHasTaken;
      await cancelDeadlines(manager, { thingId });
    });

    expect(await clockFires).toBe(0);
    expect(await banks.read('select fired_at is null as unfired, cancelled_at is not null as cancelled from deadline where thing_id = $1', [thingId])).toEqual([{ unfired: true, cancelled: true }]);
  });
});
