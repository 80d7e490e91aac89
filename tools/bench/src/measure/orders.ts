import { lookInside, until, type BatchSeen, type ThrowAway } from '@lianfang/demo';
import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';
import { spread } from './figures';
import { inParallel, type Load } from './load';
import { processNames, processorTime } from './processes';

type Say = (line: string) => void;

/** When each order of a set was ordered, receipted, in the bank's inbox, stopped at the core, and known to the police; milliseconds since 1970. */
interface OrderTimes {
  readonly ordered: number;
  readonly inbox: number;
  readonly core: number;
  readonly known: number;
}

/** One order at a time, with nothing else going on: from approval to the bank's inbox, and to STOPPED at the police. */
export async function oneAtATime({ system }: ThrowAway, load: Load, count: number, say: Say): Promise<void> {
  const answered: number[] = [];
  const ids: string[] = [];
  for (let place = 0; place < count; place += 1) {
    const batch = await load.propose(1);
    const began = performance.now();
    await load.approve(batch);
    answered.push(performance.now() - began);
    ids.push(...batch.requests.map(({ id }) => id));
    await untilStopped({ system }, ids.slice(-1));
  }
  const times = await loadTimes({ system }, ids);
  say(`one order at a time (${count}), by the databases' own times`);
  say(`  mutation through the gateway answered   ${spread(answered)}`);
  say(`  approval → in the bank's inbox          ${spread(times.map(({ ordered, inbox }) => inbox - ordered))}`);
  say(`  approval → held at the core             ${spread(times.map(({ ordered, core }) => core - ordered))}`);
  say(`  approval → STOPPED known to the police  ${spread(times.map(({ ordered, known }) => known - ordered))}`);
}

/** Many officers' approvals at once, one order each; then batches of many. Every order must end STOPPED before it counts. */
export async function throughput(own: ThrowAway, load: Load, { singles, batches, size }: { singles: number; batches: number; size: number }): Promise<Figures[]> {
  const one = await proposeAll(load, { count: singles, size: 1 });
  const ones = await measure(own, { batches: one, approve: (batch) => load.approve(batch), what: 'a mutation each, 16 at once', atOnce: 16 });
  const many = await proposeAll(load, { count: batches, size });
  return [ones, await measure(own, { batches: many, approve: (batch) => load.approve(batch), what: `${size} a mutation, 4 at once`, atOnce: 4 })];
}

/** Proposes many batches, one after the other. */
export async function proposeAll(load: Load, { count, size }: { count: number; size: number }): Promise<BatchSeen[]> {
  const proposed = [];
  for (let place = 0; place < count; place += 1) proposed.push(await load.propose(size));
  return proposed;
}

/** Columns of a table. */
export type Figures = Readonly<Record<string, string | number>>;

interface Measured {
  readonly batches: readonly BatchSeen[];
  readonly approve: (batch: BatchSeen) => Promise<void>;
  readonly what: string;
  readonly atOnce: number;
}

async function measure({ system }: ThrowAway, { batches, approve, what, atOnce }: Measured): Promise<Figures> {
  const ids = batches.flatMap(({ requests }) => requests.map(({ id }) => id));
  const before = await processorTime(system);
  const began = Date.now();
  await inParallel(batches, atOnce, approve);
  const approved = Date.now();
  await untilStopped({ system }, ids);
  const after = await processorTime(system);
  const [receipts] = await lookInside<{ last: Date; count: number }>(system, 'police', 'select max(received_at) as last, count(received_at)::int as count from stop_payment_request where id = any($1::uuid[])', [ids]);
  if (receipts?.count !== ids.length) throw new Error(`${ids.length} receipts were expected, ${receipts?.count} are there`);
  const times = await loadTimes({ system }, ids);
  const perSecond = (end: number): number => Math.round((ids.length * 1000) / (end - began));
  const cost = processNames.map((name) => [`${name} ms`, Number(((after[name] - before[name]) / ids.length).toFixed(1))] as const);
  return {
    orders: `${ids.length}, ${what}`,
    'approved/s': perSecond(approved),
    'receipts/s': perSecond(receipts.last.getTime()),
    'STOPPED/s': perSecond(Math.max(...times.map(({ known }) => known))),
    ...Object.fromEntries(cost),
    'CPU ms/order': Number(cost.reduce((sum, [, milliseconds]) => sum + milliseconds, 0).toFixed(1)),
  };
}

/** Waits until the police know of each request that it is STOPPED; asks seldom and little, so that the asking is not what is measured. */
export async function untilStopped({ system }: Pick<ThrowAway, 'system'>, ids: readonly string[]): Promise<void> {
  const states = `select count(*) filter (where state in ('ORDERED', 'RECEIVED'))::int as waiting from stop_payment_request`;
  await until(
    `${ids.length} requests are answered`,
    async () => {
      const [row] = await lookInside<{ waiting: number }>(system, 'police', states);
      if (row?.waiting === 0) return true;
      await pause(500);
      return undefined;
    },
    300_000,
  );
  const [row] = await lookInside<{ count: number }>(system, 'police', `select count(*)::int as count from stop_payment_request where state = 'STOPPED' and id = any($1::uuid[])`, [ids]);
  if (row?.count !== ids.length) throw new Error(`${ids.length} requests were ordered, ${row?.count} are STOPPED`);
}

/** When what happened to each order; throws when one of them does not stand exactly once in both agencies. */
export async function loadTimes({ system }: Pick<ThrowAway, 'system'>, ids: readonly string[]): Promise<OrderTimes[]> {
  const police = await lookInside<{ id: string; ordered: Date; known: Date }>(
    system,
    'police',
    `select request.id, request.ordered_at as ordered, transition.at as known from stop_payment_request request
     join transition on transition.thing_id = request.id and transition.action = 'STOP' where request.id = any($1::uuid[])`,
    [ids],
  );
  const banks = await lookInside<{ id: string; inbox: Date; core: Date }>(
    system,
    'banks',
    `select orders.id, message.created_at as inbox, orders.started_at as core from stop_payment_order orders
     join inbox_message message on message.subject = orders.id::text and message.type = 'stop-payment.ordered.v2' where orders.id = any($1::uuid[])`,
    [ids],
  );
  const atBank = new Map(banks.map((row) => [row.id, row]));
  if (police.length !== ids.length || banks.length !== ids.length) throw new Error('not every order stands once in both agencies');
  return police.map(({ id, ordered, known }) => ({ ordered: ordered.getTime(), known: known.getTime(), inbox: atBank.get(id)?.inbox.getTime() ?? 0, core: atBank.get(id)?.core.getTime() ?? 0 }));
}
