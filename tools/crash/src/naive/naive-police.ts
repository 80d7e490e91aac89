import { DatabaseSync } from 'node:sqlite';
import { setTimeout as pause } from 'node:timers/promises';
import { armFailpoints, reach } from '@lianfang/database';
import { z } from 'zod';
import { readNaiveConfig } from '../config';
import { ask, serve } from './serve';

/*
 * The police of both naive designs. Dual write: commit the order, then call the bank; what is committed counts as done. Outbox without inbox:
 * the order and its message are committed together, and the message is sent until it is answered.
 */
const { DESIGN, PORT, STORE, BANK_URL, ...rest } = readNaiveConfig();
armFailpoints(rest);

const store = new DatabaseSync(STORE);
store.exec(`pragma synchronous = full;
  create table if not exists wish (id text primary key, number text not null, state text not null);
  create table if not exists outbox (place integer primary key, id text not null, kind text not null, sent integer not null default 0)`);

const wish = z.object({ id: z.string(), number: z.string() });
type Kind = 'ORDER' | 'RELEASE';

const stateOf = (id: string): unknown => store.prepare('select state from wish where id = ?').get(id)?.['state'] ?? null;
const isAsked = (id: string, kind: Kind): boolean => store.prepare('select 1 from outbox where id = ? and kind = ?').get(id, kind) !== undefined;

/** Sends one message and writes down what came of it. */
async function send(place: number, { id, number, kind }: { id: string; number: string; kind: Kind }): Promise<void> {
  await reach('outbox.claimed-before-post');
  const { state } = z.object({ state: z.string() }).parse(await ask(`${BANK_URL}/messages`, { kind, id, number }));
  await reach('outbox.relay.sent-before-marked');
  store.prepare('update wish set state = ? where id = ?').run(state, id);
  store.prepare('update outbox set sent = 1 where place = ?').run(place);
  await reach('receipt.stored');
}

/** An officer's order or release. The same one twice is done once: it is in the store already. */
async function carryOut({ id, number }: z.output<typeof wish>, kind: Kind): Promise<object> {
  if (isAsked(id, kind)) return { state: stateOf(id) };
  await reach('order.approve.before-commit');
  store.exec('begin');
  if (kind === 'ORDER') store.prepare(`insert into wish values (?, ?, 'ORDERED')`).run(id, number);
  else store.prepare(`update wish set state = 'RELEASE_ORDERED' where id = ?`).run(id);
  const { lastInsertRowid } = store.prepare('insert into outbox (id, kind) values (?, ?)').run(id, kind);
  store.exec('commit');
  await reach('order.approve.committed-before-answer');
  if (DESIGN === 'dual write') await send(Number(lastInsertRowid), { id, number, kind });
  return { state: stateOf(id) };
}

async function relay(): Promise<never> {
  for (;;) {
    const rows = store.prepare('select outbox.place, outbox.id, outbox.kind, wish.number from outbox join wish using (id) where sent = 0 order by place').all();
    for (const row of rows) {
      const kind: Kind = row['kind'] === 'ORDER' ? 'ORDER' : 'RELEASE';
      // What fails is sent again in the next round.
      await send(Number(row['place']), { id: String(row['id']), number: String(row['number']), kind }).catch(() => undefined);
    }
    await pause(50);
  }
}

serve(PORT, async (path, question) => {
  if (path === '/readyz') return {};
  if (path.startsWith('/orders/')) return { state: stateOf(path.slice(8)) };
  return carryOut(wish.parse(question), path === '/orders' ? 'ORDER' : 'RELEASE');
});
if (DESIGN === 'outbox without inbox') void relay();
