import { cpus, loadavg, availableParallelism } from 'node:os';
import { withThrowAwaySystem } from '@lianfang/demo';
import { measureExchange } from './exchange-run';
import { countAfterKill } from './measure/killed';
import { Load } from './measure/load';
import { oneAtATime, throughput } from './measure/orders';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/**
 * `npm run bench:orders`: orders per second with fsync on, each with the processor time that it costs, of every process: through GraphQL mutations of a whole system
 * (one order each, then many a mutation), and of the exchange alone, from action to stored receipt. Then everything is killed (-9) and counted.
 * Arguments: orders of one mutation each, orders of the exchange.
 */
async function main([singles = 400, alone = 10_000]: readonly number[]): Promise<void> {
  say(`${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} processors, Node ${process.version}, load average ${loadOf()}`);
  await withThrowAwaySystem({ name: 'orders', isDurable: true }, async (own) => {
    const accounts = 2 * singles + 650;
    const load = await Load.prepare(own, accounts);
    say(`the importer: ${Math.round((2 * accounts) / load.importSeconds)} rows a second (${accounts} accounts, each with a payment; its start included)`);
    // The first orders compile what the others run.
    await throughput(own, load, { singles: Math.round(singles / 4), batches: 1, size: 100 });
    console.table(await throughput(own, load, { singles, batches: 2, size: 200 }));
    await oneAtATime(own, load, 40, say);
    say(await countAfterKill(own, load, Math.round(singles / 4)));
    await Promise.all((['gateway', 'police', 'banks', 'identity'] as const).map((name) => own.system.supervisor.stop(name)));
    say('the exchange alone: a deadline and a message a transaction, from action to stored receipt');
    console.table([await measureExchange({ serverUrl: own.system.databases.adminUrlOf('police'), orders: alone, quiet: Math.round(alone / 20) })]);
  });
  say(`load average at the end ${loadOf()}`);
}

const loadOf = (): string => loadavg().map((load) => load.toFixed(1)).join(' ');

main(process.argv.slice(2).map(Number)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
