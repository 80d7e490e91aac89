import { databaseEntities, databaseMigrations, newId } from '@lianfang/database';
import { testDatabase, type TestDatabase } from '@lianfang/testing';
import { clockCaller, type Agency } from '@lianfang/vocabulary';
import fc from 'fast-check';
import type { EntityManager } from 'typeorm';
import { exchangeEntities, exchangeMigrations } from '../index';
import { claimRowAgain } from './claim';
import { claimed, claimedAgain, failed, forgotten, isOpen, receipted, type Dispatch } from './dispatch';
import { CLAIM_LASTS } from './next-post';
import { writeFailure } from './record-failure';
import { markRange } from './repeat-from';
import { keepReceipt } from './store-receipt';

let store: TestDatabase;

beforeAll(async () => {
  store = await testDatabase('police', { entities: [...databaseEntities, ...exchangeEntities], migrations: [...databaseMigrations, ...exchangeMigrations] });
});

afterAll(() => store?.drop());

/** One write to the row, and to its model at instant 0: inside one transaction the database's now() stands still. */
interface Step {
  readonly write: (manager: EntityManager, id: string, partner: Agency) => Promise<unknown>;
  readonly model: (dispatch: Dispatch) => Dispatch;
  /** What each says about news. */
  readonly isNews?: (dispatch: Dispatch) => boolean;
}

const step = fc.oneof(
  fc.constant<Step>({ write: (manager, id) => claimRowAgain(manager, id), model: (dispatch) => claimedAgain(dispatch, 0) }),
  fc.integer({ min: 0, max: 40_000 }).map<Step>((pause) => ({ write: (manager, id) => writeFailure(manager, { id, cause: `cause ${pause}`, pause }), model: (dispatch) => failed(dispatch, { cause: `cause ${pause}`, pause, at: 0 }) })),
  fc.constantFrom('one', 'two').map<Step>((signed) => ({
    write: (manager, id) => keepReceipt(manager, { id, signed, receivedAt: new Date().toISOString(), at: new Date() }),
    model: (dispatch) => receipted(dispatch, { receipt: signed, at: 0 }).dispatch,
    isNews: (dispatch) => receipted(dispatch, { receipt: signed, at: 0 }).isNews,
  })),
  fc.constant<Step>({ write: (manager, _, partner) => markRange(manager, partner, { first: 1, last: 1 }), model: (dispatch) => forgotten(dispatch, 0) }),
);

async function insertDispatch(manager: EntityManager, partner: Agency): Promise<string> {
  const id = newId();
  await manager.query(
    `insert into outbox_dispatch (id, partner, first_seq, last_seq, prev_hash, head_hash, signature, created_at, next_attempt_at)
     values ($1, $2, 1, 1, '', '', 'signature', now(), now() + $3 * interval '1 millisecond')`,
    [id, partner, CLAIM_LASTS],
  );
  return id;
}

/** The row in the words of the model; instants count from now(). */
async function readRow(manager: EntityManager, id: string): Promise<Dispatch & { readonly isOpen: boolean }> {
  const [row] = await manager.query<{ attempts: number; next: string; failing: boolean; last_error: string | null; receipt: string | null; repeat: boolean; noted: boolean; is_open: boolean }[]>(
    `select attempts, round(extract(epoch from next_attempt_at - now()::timestamptz(3)) * 1000) as next, failing_since is not null as failing, last_error, receipt, repeat,
            noted_at is not null as noted, receipt is null or repeat as is_open
     from outbox_dispatch where id = $1`,
    [id],
  );
  if (!row) throw new Error('the row is gone');
  const { attempts, receipt, repeat } = row;
  return { attempts, nextAttemptAt: Number(row.next), failingSince: row.failing ? 0 : null, lastError: row.last_error, receipt, repeat, notedAt: row.noted ? 0 : null, isOpen: row.is_open };
}

describe('the row of a batch', () => {
  it('becomes after any writes in the database what the simulated one becomes', async () => {
    let run = 0;
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        run += 1;
        const partner = `partner ${run}` as Agency;
        await store.worker.asCaller(clockCaller('police'), async (manager) => {
          const id = await insertDispatch(manager, partner);
          let model = claimed(0);
          for (const { write, model: change, isNews } of steps) {
            const outcome = await write(manager, id, partner);
            if (isNews) expect(outcome).toBe(isNews(model));
            model = change(model);
            expect(await readRow(manager, id)).toEqual({ ...model, isOpen: isOpen(model) });
          }
        });
      }),
      { numRuns: 60 },
    );
  });
});
