import { randomUUID } from 'node:crypto';
import { DatabaseSync } from 'node:sqlite';
import { armFailpoints, reach } from '@lianfang/database';
import { z } from 'zod';
import { readNaiveConfig } from '../config';
import { ask, serve } from './serve';

/*
 * The bank of both naive designs: it carries out whatever comes, as it comes. It keeps no inbox, so it cannot know a repeat;
 * each message becomes an instruction of its own to the core system.
 */
const { PORT, STORE, CORE_URL, CORE_TOKEN, ...rest } = readNaiveConfig();
armFailpoints(rest);

const store = new DatabaseSync(STORE);
store.exec('pragma synchronous = full; create table if not exists held (order_id text primary key, instruction text not null, state text not null)');

const message = z.object({ kind: z.enum(['ORDER', 'RELEASE']), id: z.string(), number: z.string() });
const account = z.object({ account: z.object({ ref: z.string() }).nullable() });

/** What the core of this bank answers. */
const core = (path: string, question: object): Promise<unknown> => ask(`${CORE_URL}${path}`, question, CORE_TOKEN);

async function hold(id: string, number: string): Promise<object> {
  const found = account.parse(await core('v1/accounts/find', { number })).account;
  if (!found) return { state: 'NOT_EXECUTED' };
  const instruction = randomUUID();
  await reach('core.hold.before-call');
  await core('v1/holds/place', { orderId: instruction, ref: found.ref, hold: { whole: true } });
  await reach('core.hold.after-call-before-record');
  store.prepare(`insert into held values (?, ?, 'STOPPED') on conflict (order_id) do update set instruction = excluded.instruction, state = 'STOPPED'`).run(id, instruction);
  await reach('inbox.committed-before-receipt');
  return { state: 'STOPPED' };
}

async function release(id: string): Promise<object | undefined> {
  const row = store.prepare('select instruction from held where order_id = ?').get(id);
  if (!row) return undefined;
  await reach('core.release.before-call');
  await core('v1/holds/release', { orderId: String(row['instruction']) });
  await reach('core.release.after-call-before-record');
  store.prepare(`update held set state = 'RELEASED' where order_id = ?`).run(id);
  return { state: 'RELEASED' };
}

serve(PORT, async (path, question) => {
  if (path === '/readyz') return {};
  if (path.startsWith('/orders/')) return { state: store.prepare('select state from held where order_id = ?').get(path.slice(8))?.['state'] ?? null };
  const { kind, id, number } = message.parse(question);
  return kind === 'ORDER' ? hold(id, number) : release(id);
});
