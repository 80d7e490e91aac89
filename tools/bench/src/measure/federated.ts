import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Session, ThrowAway } from '@lianfang/demo';
import { builtFile, findFreePorts, ownEnvironment } from '@lianfang/setup';
import { quantile } from './figures';
import { inParallel } from './load';
import { cpuMilliseconds } from './processes';

const query = '{ stopPaymentRequests(first: 20) { edges { node { id state order { id state startedAt expiresAt held { fen currency } } } } } }';
const ROUNDS = 5;
const REQUESTS = 200;

interface Candidate {
  readonly name: string;
  readonly url: string;
  readonly pid: number | undefined;
}

/** Processor time of a gateway per federated request of 20 entities over two subgraphs: ours beside the stock one, in interleaved rounds of one run. */
export async function federated(own: ThrowAway, officer: Session, say: (line: string) => void): Promise<void> {
  const stock = await startStock(own);
  try {
    const ours = { name: 'ours (token checked, limits, metrics, log)', url: own.system.gatewayUrl, pid: own.system.supervisor.pidOf('gateway') };
    const candidates: readonly Candidate[] = [ours, { name: 'stock @apollo/gateway + @apollo/server standalone (forwards the token, checks nothing)', url: stock.url, pid: stock.child.pid }];
    const costs = new Map<string, number[]>();
    const expected = await ask(ours, officer);
    for (let round = 0; round <= ROUNDS; round += 1) {
      for (const candidate of candidates) {
        const before = await cpuMilliseconds(candidate.pid);
        await inParallel([...Array(REQUESTS).keys()], 8, async () => {
          if ((await ask(candidate, officer)) !== expected) throw new Error(`${candidate.name} gave another answer`);
        });
        // The first round warms up.
        if (round > 0) costs.set(candidate.name, [...(costs.get(candidate.name) ?? []), ((await cpuMilliseconds(candidate.pid)) - before) / REQUESTS]);
      }
    }
    say(`gateway CPU per federated request (20 entities, police → banks, ${ROUNDS} interleaved rounds of ${REQUESTS}, answers equal byte for byte), median`);
    for (const { name } of candidates) say(`  ${quantile(costs.get(name) ?? [], 0.5).toFixed(2)} ms  ${name}`);
    const [mine = 0, theirs = 1] = candidates.map(({ name }) => quantile(costs.get(name) ?? [], 0.5));
    say(`  ratio ${(mine / theirs).toFixed(2)} (goal 0.35)`);
  } finally {
    stock.child.kill('SIGKILL');
  }
}

async function ask({ url }: Candidate, officer: Session): Promise<string> {
  const response = await fetch(`${url}/graphql`, { method: 'POST', headers: { 'content-type': 'application/json', authorization: `Bearer ${await officer.token()}` }, body: JSON.stringify({ query }) });
  const { data, errors } = (await response.json()) as { data?: { stopPaymentRequests?: { edges?: { node: { order: unknown } }[] } }; errors?: unknown };
  const edges = data?.stopPaymentRequests?.edges ?? [];
  if (errors !== undefined || edges.length !== 20 || edges.some(({ node }) => node.order === null)) throw new Error(`an answer is not 20 requests with their orders: ${JSON.stringify(errors)}`);
  return JSON.stringify(data);
}

async function startStock({ system, folder }: ThrowAway): Promise<{ url: string; child: ChildProcess }> {
  const { gateway: port } = await findFreePorts();
  const file = join(folder, 'supergraph.graphql');
  const text = await readFile(join('apps', 'gateway', 'supergraph.graphql'), 'utf8');
  await writeFile(file, text.replace(/"\{(police|banks)\}"/g, (_whole, name: 'police' | 'banks') => `"http://127.0.0.1:${system.ports[name]}/graphql"`));
  const child = spawn(process.execPath, [builtFile('tools/bench', 'measure/stock-gateway'), String(port), file], { env: { ...ownEnvironment(), NODE_ENV: 'production', APOLLO_TELEMETRY_DISABLED: 'true' }, stdio: ['ignore', 'pipe', 'inherit'] });
  await once(child.stdout, 'data');
  return { url: `http://127.0.0.1:${port}`, child };
}
