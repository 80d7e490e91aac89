import { benchServerUrl } from './config';
import { measureExchange, onServer, type Figures } from './exchange-run';

/**
 * The exchange alone, with fsync off and on: one transaction per order (a deadline and a message), signed both ways, encrypted on the wire.
 * Needs a throw-away Postgres of this machine: it changes the server's fsync.
 *
 *   BENCH_DATABASE_URL=postgres://postgres:…@127.0.0.1:5432/postgres npm run bench:exchange -- [orders]
 */
async function main([orders = 20_000]: readonly number[]): Promise<void> {
  const serverUrl = benchServerUrl();
  const rows: Figures[] = [];
  for (const fsync of ['off', 'on'] as const) {
    await onServer(serverUrl, async (admin) => {
      await admin.query(`alter system set fsync = ${fsync}`);
      await admin.query('select pg_reload_conf()');
    });
    rows.push({ fsync, ...(await measureExchange({ serverUrl, orders, quiet: Math.round(orders / 20) })) });
  }
  console.table(rows);
}

main(process.argv.slice(2).map(Number)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
