import { availableParallelism, cpus, loadavg } from 'node:os';
import { ownEnvironment } from '@lianfang/setup';
import { usageOf, type Candidate } from './gateways/candidate';
import { Asker, type Length, type Seen } from './gateways/load';
import { queries, type BenchQuery } from './gateways/queries';
import { installPeers, openStage } from './gateways/stage';
import { quantile } from './measure/figures';

const say = (line: string): void => void process.stdout.write(`${line}\n`);

/** One row of the table while it is measured. */
interface Row {
  readonly costs: number[];
  readonly rates: number[];
  readonly times: number[];
}

/** How long each gateway is asked before it is measured, in milliseconds: until its code is compiled. */
const WARMING = 5_000;

type Contender = Candidate & { readonly asker: Asker };

/**
 * `npm run bench`: our gateway beside the stock one and Hive's on the project's supergraph with stub subgraphs, each proving the same token
 * against the same key set; interleaved rounds, every answer compared before it counts. Arguments: rounds, requests per round and connection count.
 */
async function main([rounds = 5, requests = 400]: readonly number[]): Promise<void> {
  say(`${cpus()[0]?.model ?? 'unknown processor'}, ${availableParallelism()} processors, Node ${process.version}, load average ${loadOf()}`);
  installPeers(say);
  const stage = await openStage(ownEnvironment());
  const contenders = stage.candidates.map((candidate) => ({ ...candidate, asker: new Asker(candidate.port, () => stage.token()) }));
  try {
    for (const query of queries) await compare(query, contenders, { rounds, requests });
    await burst(contenders);
    for (const contender of contenders) say(`memory ${contender.name}: ${(await usageOf(contender)).megabytes} MB`);
    say(`load average ${loadOf()}`);
  } finally {
    await Promise.all(contenders.map(({ asker }) => asker.close()));
    await stage.close();
  }
}

const loadOf = (): string => loadavg().map((load) => load.toFixed(1)).join(' ');

async function compare(query: BenchQuery, contenders: readonly Contender[], { rounds, requests }: { rounds: number; requests: number }): Promise<void> {
  const [first] = contenders;
  const expected = await first?.asker.data(query);
  for (const { asker } of contenders) await asker.learn(query, expected);
  say(`\n${query.name}: ${Math.round(JSON.stringify(expected).length / 1_000)} KB, ${rounds} interleaved rounds of ${requests}, medians`);
  for (const contender of contenders) await contender.asker.run(query, 16, { milliseconds: WARMING });
  for (const connections of [1, 16, 64]) {
    const rows = new Map<Contender, Row>(contenders.map((contender) => [contender, { costs: [], rates: [], times: [] }]));
    for (let round = 0; round < rounds; round += 1) {
      for (const [contender, row] of rows) {
        const { cost, seen } = await measure(contender, query, { connections, length: { requests } });
        if (seen.valid !== requests) throw new Error(`${contender.name}: ${seen.invalid} invalid and ${seen.refused} refused answers`);
        row.costs.push(cost);
        row.rates.push(seen.valid / seen.seconds);
        row.times.push(...seen.times);
      }
    }
    tell(connections, rows);
  }
}

async function measure(contender: Contender, query: BenchQuery, { connections, length }: { connections: number; length: Length }): Promise<{ cost: number; seen: Seen }> {
  const before = await usageOf(contender);
  const seen = await contender.asker.run(query, connections, length);
  const after = await usageOf(contender);
  return { cost: (after.milliseconds - before.milliseconds) / (seen.valid + seen.refused + seen.invalid), seen };
}

const median = (values: readonly number[]): number => quantile(values, 0.5);

function tell(connections: number, rows: ReadonlyMap<Contender, Row>): void {
  const [ours] = rows.values();
  for (const [{ name }, { costs, rates, times }] of rows) {
    const ratio = name === 'ours' || !ours ? '' : `, ours is ${(median(ours.costs) / median(costs)).toFixed(2)} of it`;
    say(`  ${String(connections).padStart(2)} connections  ${name.padEnd(6)} CPU ${median(costs).toFixed(2)} ms a request, ${Math.round(median(rates))}/s, p50 ${median(times).toFixed(1)} ms, p99 ${quantile(times, 0.99).toFixed(1)} ms${ratio}`);
  }
}

/** 50, then 500, then 50 connections: what is answered must be right, and as much as before. */
async function burst(contenders: readonly Contender[]): Promise<void> {
  const [query] = queries;
  if (!query) return;
  say(`\nburst, ${query.name}: 50, 500, 50 connections, 5 s each`);
  for (const { name, asker } of contenders) {
    const [calm, storm, after] = [await asker.run(query, 50, { milliseconds: 5_000 }), await asker.run(query, 500, { milliseconds: 5_000 }), await asker.run(query, 50, { milliseconds: 5_000 })];
    const rate = ({ valid, seconds }: Seen): number => valid / seconds;
    const told = [calm, storm, after].map((seen) => `${Math.round(rate(seen))}/s (p99 ${quantile(seen.times, 0.99).toFixed(0)} ms, refused ${seen.refused}, invalid ${seen.invalid})`);
    say(`  ${name.padEnd(6)} ${told.join(' → ')}; goodput in the burst ${Math.round((rate(storm) / rate(calm)) * 100)} %`);
  }
}

main(process.argv.slice(2).map(Number)).then(
  () => process.exit(0),
  (error: unknown) => {
    process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
    process.exit(1);
  },
);
