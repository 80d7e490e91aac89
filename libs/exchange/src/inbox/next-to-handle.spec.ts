import { databaseEntities, databaseMigrations, newId } from '@lianfang/database';
import { testDatabase, type TestDatabase } from '@lianfang/testing';
import { clockCaller, type Agency } from '@lianfang/vocabulary';
import fc from 'fast-check';
import type { EntityManager } from 'typeorm';
import { exchangeEntities, exchangeMigrations } from '../index';
import { lockOldestOfSubjects } from './handle';
import { nextToHandle, type InboxEntry } from './next-to-handle';

let store: TestDatabase;

beforeAll(async () => {
  store = await testDatabase('banks', { entities: [...databaseEntities, ...exchangeEntities], migrations: [...databaseMigrations, ...exchangeMigrations] });
});

afterAll(() => store?.drop());

const entry = (over: Partial<InboxEntry>): InboxEntry => ({ seq: 1, subject: 'order', urgent: false, isHandled: false, isParked: false, retryAt: 0, ...over });
const turn = { at: 0, limit: 10 };

const inbox = fc
  .array(
    fc.record({ subject: fc.constantFrom('a', 'b', 'c', 'd'), urgent: fc.boolean(), state: fc.constantFrom('WAITS', 'WAITS', 'HANDLED', 'PARKED'), isDue: fc.boolean() }),
    { maxLength: 12 },
  )
  .map((rows) => rows.map(({ subject, urgent, state, isDue }, place) => entry({ seq: place + 1, subject, urgent, isHandled: state === 'HANDLED', isParked: state === 'PARKED', retryAt: isDue ? 0 : 60_000 })));

const insert = (manager: EntityManager, partner: Agency, { seq, subject, urgent, isHandled, isParked, retryAt }: InboxEntry): Promise<unknown> =>
  manager.query(
    `insert into inbox_message (id, partner, seq, message_id, type, subject, urgent, jws, possible_duplicate, repeats_id, created_at, handled_at, parked_at, parking, retry_at)
     values ($1, $2, $3, $1, 'spec', $4, $5, '', false, false, now(), case when $6 then now() end, case when $7 then now() end, case when $7 then 'HANDLER_FAILED' end, now() + $8 * interval '1 millisecond' - interval '1 second')`,
    [newId(), partner, seq, subject, urgent, isHandled, isParked, retryAt],
  );

describe('the next messages to handle', () => {
  it('are the oldest of each subject, urgent ones first', () => {
    const next = nextToHandle([entry({ seq: 1, subject: 'a' }), entry({ seq: 2, subject: 'b', urgent: true }), entry({ seq: 3, subject: 'a', urgent: true })], turn);

    expect(next.map(({ seq }) => seq)).toEqual([2, 1]);
  });

  it('leave what stands behind a message that is parked or waits for its next attempt', () => {
    expect(nextToHandle([entry({ isParked: true }), entry({ seq: 2 })], turn)).toEqual([]);
    expect(nextToHandle([entry({ retryAt: 1 }), entry({ seq: 2 })], turn)).toEqual([]);
    expect(nextToHandle([entry({ isHandled: true }), entry({ seq: 2 })], turn)).toHaveLength(1);
  });

  it('are the same in the database and in the simulation', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(inbox, fc.integer({ min: 1, max: 5 }), async (entries, limit) => {
        run += 1;
        const partner = `partner ${run}` as Agency;
        await store.worker.asCaller(clockCaller('banks'), async (manager) => {
          for (const one of entries) await insert(manager, partner, one);
          const rows = await lockOldestOfSubjects(manager, partner, limit);
          const chosen = await manager.query<{ seq: string }[]>('select seq from inbox_message where id = any($1::uuid[])', [rows.map(({ id }) => id)]);

          expect(new Set(chosen.map(({ seq }) => Number(seq)))).toEqual(new Set(nextToHandle(entries, { at: 0, limit }).map(({ seq }) => seq)));
        });
      }),
      { numRuns: 80 },
    );
  });
});
