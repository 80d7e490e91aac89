import { fork, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';
import { databaseMigrations, migrate, provision, type Login } from '@lianfang/database';
import { exchangeMigrations, generateDirectory, verifyReceipt, type Deployment } from '@lianfang/exchange';
import { benchServerUrl } from './config';
import { openParty, ordersPerSecond, summary, urlOf, type PartySetup } from './exchange-party';

/**
 * Orders per second from the action's transaction to the stored receipt: police and banks in a process of their own,
 * one transaction per order (a deadline and a message), signed both ways, encrypted on the wire, with fsync off and on.
 * Needs a throw-away Postgres: it changes the server's fsync.
 *
 *   BENCH_DATABASE_URL=postgres://postgres:…@127.0.0.1:5432/postgres node dist/tools/bench/src/exchange-throughput.js [orders]
 */
async function run(orders: number): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'lianfang-bench-'));
  try {
    await generateDirectory(folder, deployment, new Date());
    console.table(await measureBoth(folder, orders));
  } finally {
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

/** One row without fsync and one with it. */
async function measureBoth(folder: string, orders: number): Promise<Record<string, string | number>[]> {
  const rows: Record<string, string | number>[] = [];
  for (const fsync of ['off', 'on'] as const) {
    await onServer(async (admin) => {
      await admin.query(`alter system set fsync = ${fsync}`);
      await admin.query('select pg_reload_conf()');
    });
    rows.push({ fsync, ...(await measure(folder, orders)) });
  }
  return rows;
}

async function measure(folder: string, orders: number): Promise<Record<string, string | number>> {
  const setup = (agency: 'police' | 'banks'): PartySetup => ({ agency, folder, databaseUrl: (login) => urlOf(benchServerUrl(), { agency: `bench_${agency}`, login }) });
  for (const agency of ['police', 'banks'] as const) await prepare(agency, setup(agency).databaseUrl('owner'));
  const bank = fork(__filename, ['banks', folder]);
  await once(bank, 'message');
  const police = await openParty(setup('police'));
  try {
    await police.postAtOnce(500, 16);
    const burst = await police.postAtOnce(orders, 16);
    const quiet = await police.postEvenly(Math.round(orders / 20), ordersPerSecond(burst) / 5);
    const stored = await askBank(bank);
    await check(police.receipts(), { directory: police.directory, expected: orders + Math.round(orders / 20) + 500, stored });
    return { orders, 'orders/s': ordersPerSecond(burst), ...summary('ms at full load', burst), ...summary('ms at 20 % load', quiet), ...police.processorTime(orders) };
  } finally {
    await police.close();
    bank.kill();
    await once(bank, 'exit');
    await onServer((admin) => Promise.all(['police', 'banks'].map((agency) => admin.query(`drop database bench_${agency} with (force)`))));
  }
}

async function prepare(agency: string, ownerUrl: string): Promise<void> {
  await provision({ adminUrl: benchServerUrl(), agencies: [`bench_${agency}`], passwordOf: () => 'bench' });
  await migrate({ url: ownerUrl, migrations: [...databaseMigrations, ...exchangeMigrations] });
}

/** Nothing is counted that did not happen: every order is at the bank once, and every receipt verifies offline. */
async function check(receipts: Promise<string[]>, { directory, expected, stored }: { directory: Parameters<typeof verifyReceipt>[1]; expected: number; stored: number }): Promise<void> {
  const ids = new Set((await Promise.all((await receipts).map((receipt) => verifyReceipt(receipt, directory)))).flatMap(({ messageIds }) => messageIds));
  if (ids.size !== expected || stored !== expected) throw new Error(`expected ${expected} orders; the bank stored ${stored}, receipts name ${ids.size}`);
}

async function askBank(bank: ChildProcess): Promise<number> {
  bank.send('count');
  const [count] = (await once(bank, 'message')) as [number];
  return count;
}

async function onServer<T>(work: (admin: Client) => Promise<T>): Promise<T> {
  const admin = new Client({ connectionString: benchServerUrl() });
  await admin.connect();
  try {
    return await work(admin);
  } finally {
    await admin.end();
  }
}

/** The bank's process: receives, and answers how many orders it has stored. */
async function serveBank(folder: string): Promise<void> {
  const party = await openParty({ agency: 'banks', folder, databaseUrl: (login: Login) => urlOf(benchServerUrl(), { agency: 'bench_banks', login }) });
  process.on('message', () => void party.count().then((count) => process.send?.(count)));
  process.once('SIGTERM', () => void party.close().then(() => process.exit(0)));
  process.send?.('ready');
}

const [mode = '20000', folder] = process.argv.slice(2);
void (mode === 'banks' && folder ? serveBank(folder) : run(Number(mode)));
