import { cpus, totalmem } from 'node:os';
import { performance } from 'node:perf_hooks';
import { withThrowAwaySystem } from '@lianfang/demo';
import { federated } from './measure/federated';
import { Load } from './measure/load';
import { oneAtATime, throughput } from './measure/orders';
import { processNames, residentMegabytes } from './measure/processes';
import { profiled } from './measure/profile';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** `npm run measure`: figures of a fresh system on this machine. Nothing is asserted about time; every answer is checked before it counts. */
async function main(): Promise<void> {
  say(`${cpus()[0]?.model ?? 'unknown processor'}, ${cpus().length} processors, ${Math.round(totalmem() / 1e9)} GB, Node ${process.version}`);
  const began = performance.now();
  const report = (line: string): void => say(`  ${((performance.now() - began) / 1000).toFixed(1)} s  ${line}`);
  say('a clean start, without the demo world');
  await withThrowAwaySystem({ name: 'measure', report }, async (own) => {
    await tellMemory(own.system, 'resident memory after the start');
    const load = await Load.prepare(own, 3_000);
    await oneAtATime(own, load, 50, say);
    console.table(await throughput(own, load, { singles: 600, batches: 8, size: 200 }));
    await federated(own, load.officer, say);
    await tellMemory(own.system, 'resident memory after this load');
    say('where the processor time goes (another 400 orders, two batches, with the profiler on)');
    await profiled(own, ['police', 'banks'], async () => void (await throughput(own, load, { singles: 100, batches: 1, size: 100 })), say);
  });
}

async function tellMemory(system: Parameters<typeof residentMegabytes>[0], what: string): Promise<void> {
  const megabytes = await residentMegabytes(system);
  const node = processNames.filter((name) => name !== 'postgres').reduce((sum, name) => sum + (megabytes[name] ?? 0), 0);
  say(`${what}: ${processNames.map((name) => `${name} ${megabytes[name] ?? 0} MB`).join(', ')}; the Node processes together ${node} MB (Postgres: its main process alone)`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
