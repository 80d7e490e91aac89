import { setTimeout as pause } from 'node:timers/promises';
import { Database, Keyring, databaseEntities, loginName, newId, type Login } from '@lianfang/database';
import { directoryFiles, exchangeEntities, handling, post, readExchangeFiles, setDeadline, startExchange, type Directory } from '@lianfang/exchange';
import { clockCaller, offsetClock, stopPaymentOrdered, type Agency, type DataOf } from '@lianfang/vocabulary';

/** One agency of the benchmark. */
export interface PartySetup {
  readonly agency: Agency;
  /** Where `generateDirectory` put directory and keys. */
  readonly folder: string;
  readonly databaseUrl: (login: Login) => string;
}

/** How long each order took from the beginning of its action to its stored receipt (ms), and all of them together (ms). */
export interface Timing {
  readonly each: readonly number[];
  readonly together: number;
}

/** An agency that runs: it posts orders and times them. */
export interface Party {
  readonly directory: Directory;
  postAtOnce(orders: number, clients: number): Promise<Timing>;
  postEvenly(orders: number, perSecond: number): Promise<Timing>;
  receipts(): Promise<string[]>;
  count(): Promise<number>;
  close(): Promise<void>;
}

/** Starts an agency's exchange with a pool for its actions beside it. */
export async function openParty({ agency, folder, databaseUrl }: PartySetup): Promise<Party> {
  const keyring = new Keyring({ epoch: 1, sealing: { 1: Buffer.alloc(32, 1) }, index: Buffer.alloc(32, 2) });
  const entities = [...databaseEntities, ...exchangeEntities];
  const runtime = await Database.open({ agency, url: databaseUrl('runtime'), entities, keyring, poolSize: 16 });
  const worker = await Database.open({ agency, url: databaseUrl('worker'), entities, keyring, poolSize: 6 });
  const files = directoryFiles(folder);
  const keys = await readExchangeFiles({ directory: files.directory, rootKey: files.rootKey, signingKey: files.signingKey(agency), encryptionKey: files.encryptionKey(agency) });
  const stopwatch = startStopwatch();
  const exchange = await startExchange({
    agency,
    database: worker,
    ...keys,
    host: '127.0.0.1',
    port: Number(new URL(keys.directory.findAddress(agency) ?? '').port),
    clock: offsetClock(0),
    log: { info: () => undefined, warn: (fields, event) => console.warn(event, fields), error: (fields, event) => console.error(event, fields) },
    handlers: handling(stopPaymentOrdered, async () => undefined),
    onReceipt: async (_, { messageId }) => stopwatch.arrive(messageId),
    onEvent: ({ event }) => event === 'exchange.receipted' && stopwatch.stop(),
  });
  const asClock = <T>(statement: string): Promise<T[]> => worker.asCaller(clockCaller(agency), (manager) => manager.query(statement));
  const act = (): Promise<string> => stopwatch.start(() => orderStop(runtime, agency));

  return {
    directory: keys.directory,
    postAtOnce: async (orders, clients) => {
      const begin = performance.now();
      return stopwatch.timing(await actAtOnce(act, { orders, clients }), begin);
    },
    postEvenly: async (orders, perSecond) => {
      const begin = performance.now();
      return stopwatch.timing(await actEvenly(act, { orders, perSecond }), begin);
    },
    receipts: async () => (await asClock<{ receipt: string }>('select receipt from outbox_dispatch')).map(({ receipt }) => receipt),
    count: async () => Number((await asClock<{ count: string }>('select count(*) from inbox_message'))[0]?.count),
    close: async () => {
      await exchange.close();
      await runtime.close();
      await worker.close();
    },
  };
}

/** One action: a deadline and a message in one transaction of the serving login. */
function orderStop(runtime: Database, agency: Agency): Promise<string> {
  const data = benchOrder();
  return runtime.asCaller(clockCaller(agency), async (manager) => {
    await setDeadline(manager, { thing: 'bench', thingId: data.orderId, action: 'EXPIRE', dueAt: new Date(data.validUntil) });
    return post(manager, { contract: stopPaymentOrdered, subject: data.orderId, data });
  });
}

async function actAtOnce(act: () => Promise<string>, { orders, clients }: { orders: number; clients: number }): Promise<string[]> {
  const ids: string[] = [];
  let left = orders;
  const client = async (): Promise<void> => {
    while (left-- > 0) ids.push(await act());
  };
  await Promise.all(Array.from({ length: clients }, client));
  return ids;
}

async function actEvenly(act: () => Promise<string>, { orders, perSecond }: { orders: number; perSecond: number }): Promise<string[]> {
  const begin = performance.now();
  const acts: Promise<string>[] = [];
  for (let number = 0; number < orders; number += 1) {
    await pause(Math.max(0, begin + (number * 1_000) / perSecond - performance.now()));
    acts.push(act());
  }
  return Promise.all(acts);
}

/** From the beginning of an order's action to the commit that stores its receipt. */
function startStopwatch() {
  const started = new Map<string, number>();
  const finished = new Map<string, number>();
  let arrived: string[] = [];
  const start = async (act: () => Promise<string>): Promise<string> => {
    const begin = performance.now();
    const id = await act();
    started.set(id, begin);
    return id;
  };
  const stop = (): void => {
    for (const id of arrived) finished.set(id, performance.now());
    arrived = [];
  };
  const timing = async (ids: readonly string[], begin: number): Promise<Timing> => {
    while (ids.some((id) => !finished.has(id))) await pause(5);
    const each = ids.map((id) => (finished.get(id) ?? 0) - (started.get(id) ?? 0));
    return { each, together: ids.reduce((last, id) => Math.max(last, finished.get(id) ?? 0), 0) - begin };
  };
  return { start, arrive: (id: string): void => void arrived.push(id), stop, timing };
}

/** Orders per second of a timing. */
export const ordersPerSecond = ({ each, together }: Timing): number => Math.round((each.length * 1_000) / together);

/** Median and 99th percentile, as columns of a table. */
export function summary(name: string, { each }: Timing): Record<string, number> {
  const sorted = [...each].sort((one, other) => one - other);
  const at = (share: number): number => round(sorted[Math.floor(sorted.length * share)] ?? 0, 1);
  return { [`p50 ${name}`]: at(0.5), [`p99 ${name}`]: at(0.99) };
}

/** The URL of an agency's login on the benchmark's server. */
export function urlOf(serverUrl: string, { agency, login }: { agency: string; login: Login }): string {
  const url = new URL(serverUrl);
  url.pathname = `/${agency}`;
  url.username = loginName(agency, login);
  url.password = 'bench';
  return url.toString();
}

const round = (value: number, digits: number): number => Number(value.toFixed(digits));

function benchOrder(): DataOf<typeof stopPaymentOrdered> {
  const now = new Date().toISOString();
  return {
    orderId: newId(),
    caseId: newId(),
    institution: 'B001',
    channel: 'LOCAL',
    kind: 'STOP',
    externalApplicationNumber: null,
    caseNumber: 'BENCH-1',
    asker: { unit: '990101000000', unitName: '试验分局', region: '990101', dutyPhone: '000-0001', operatorName: '试验员甲', approverName: '试验员乙' },
    ordinal: 1,
    layer: 1,
    hold: { whole: true },
    facts: { payeeKind: 'BANK_CARD', accountNumber: '9900000000000001', holderName: '试验户名', amount: { fen: '300000', currency: 'CNY' }, transferredAt: now },
    payer: { holderName: '试验付款人', accountNumber: '9900000000000002' },
    legalDocument: null,
    orderedAt: now,
    validUntil: new Date(Date.now() + 48 * 3_600_000).toISOString(),
  };
}
