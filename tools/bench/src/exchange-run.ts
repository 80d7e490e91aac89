import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { databaseMigrations, migrate, provision } from '@lianfang/database';
import { exchangeMigrations, generateDirectory, verifyReceipt, type Deployment } from '@lianfang/exchange';
import { openParty, ordersPerSecond, summary, urlOf, type Party, type PartySetup } from './exchange-party';
import { cpuMilliseconds, cpuWithChildren, parentOf } from './measure/processes';

/** What is measured where. */
export interface ExchangeRun {
  /** The superuser's URL of a server of this machine: databases are made in it and dropped. */
  readonly serverUrl: string;
  /** Orders at full load, from 16 clients at once. */
  readonly orders: number;
  /** Orders at a fifth of that load, one after the other in even steps. */
  readonly quiet: number;
}

/** Columns of a table. */
export type Figures = Readonly<Record<string, string | number>>;

const WARM_UP = 500;

/** Police and banks in a process of their own, the exchange and nothing else: orders per second from an action to its stored receipt, and what each costs. */
export async function measureExchange({ serverUrl, orders, quiet }: ExchangeRun): Promise<Figures> {
  const folder = await mkdtemp(join(tmpdir(), 'lianfang-bench-'));
  const setup = (agency: 'police' | 'banks'): PartySetup => ({ agency, folder, databaseUrl: (login) => urlOf(serverUrl, { agency: `bench_${agency}`, login }) });
  await generateDirectory(folder, deployment, new Date());
  for (const agency of ['police', 'banks'] as const) await prepare(serverUrl, { agency, ownerUrl: setup(agency).databaseUrl('owner') });
  const bank = fork(join(__dirname, 'exchange-bank.js'), [folder, serverUrl]);
  await once(bank, 'message');
  const police = await openParty(setup('police'));
  try {
    await police.postAtOnce(WARM_UP, 16);
    const { burst, cost } = await costing({ serverUrl, bank, orders }, () => police.postAtOnce(orders, 16));
    const even = quiet === 0 ? undefined : await police.postEvenly(quiet, ordersPerSecond(burst) / 5);
    await check(police, { expected: WARM_UP + orders + quiet, stored: await askBank(bank) });
    return { orders, 'orders/s': ordersPerSecond(burst), ...summary('ms at full load', burst), ...(even && summary('ms at 20 % load', even)), ...cost };
  } finally {
    await police.close();
    bank.kill();
    await once(bank, 'exit');
    await onServer(serverUrl, (admin) => Promise.all(['police', 'banks'].map((agency) => admin.query(`drop database bench_${agency} with (force)`))));
    await rm(folder, { recursive: true, force: true });
  }
}

const deployment: Deployment = {
  deployment: 'bench',
  institutions: [{ code: 'B001', name: { zh: '甲试验银行', en: 'First Trial Bank' }, kind: 'BANK', agency: 'banks' }],
  units: [],
  exchanges: [
    { agency: 'police', address: 'http://127.0.0.1:48101' },
    { agency: 'banks', address: 'http://127.0.0.1:48102' },
  ],
};

/** Runs `work` and divides the processor time of the three processes by its orders; that of the police holds the clients, too. */
async function costing<Outcome>({ serverUrl, bank, orders }: { serverUrl: string; bank: ChildProcess; orders: number }, work: () => Promise<Outcome>): Promise<{ burst: Outcome; cost: Figures }> {
  const server = await onServer(serverUrl, async (admin) => parentOf((await admin.query<{ pid: number }>('select pg_backend_pid() as pid')).rows[0]?.pid ?? 0));
  const read = () => Promise.all([cpuMilliseconds(process.pid), cpuMilliseconds(bank.pid), cpuWithChildren(server)]);
  const before = await read();
  const burst = await work();
  const used = (await read()).map((milliseconds, place) => (milliseconds - (before[place] ?? 0)) / orders);
  const [police = 0, banks = 0, postgres = 0] = used;
  const rounded = (value: number): number => Number(value.toFixed(2));
  return { burst, cost: { 'police ms': rounded(police), 'banks ms': rounded(banks), 'postgres ms': rounded(postgres), 'CPU ms/order': rounded(police + banks + postgres) } };
}

async function prepare(serverUrl: string, { agency, ownerUrl }: { agency: string; ownerUrl: string }): Promise<void> {
  // A run that was broken off leaves its databases behind.
  await onServer(serverUrl, (admin) => admin.query(`drop database if exists bench_${agency} with (force)`));
  await provision({ adminUrl: serverUrl, agencies: [`bench_${agency}`], passwordOf: () => 'bench' });
  await migrate({ url: ownerUrl, migrations: [...databaseMigrations, ...exchangeMigrations] });
}

/** Nothing is counted that did not happen: every order is at the bank once, and every receipt verifies offline. */
async function check(police: Party, { expected, stored }: { expected: number; stored: number }): Promise<void> {
  const receipts = await Promise.all((await police.receipts()).map((receipt) => verifyReceipt(receipt, police.directory)));
  const ids = new Set(receipts.flatMap(({ messageIds }) => messageIds));
  if (ids.size !== expected || stored !== expected) throw new Error(`expected ${expected} orders; the bank stored ${stored}, receipts name ${ids.size}`);
}

async function askBank(bank: ChildProcess): Promise<number> {
  bank.send('count');
  const [count] = (await once(bank, 'message')) as [number];
  return count;
}

/** Asks the server as its superuser. */
export async function onServer<T>(serverUrl: string, work: (admin: Client) => Promise<T>): Promise<T> {
  const admin = new Client({ connectionString: serverUrl });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}
