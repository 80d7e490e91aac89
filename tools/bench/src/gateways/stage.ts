import { spawnSync } from 'node:child_process';
import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { builtFile, findFreePorts } from '@lianfang/setup';
import { callers, eventually, startTestRealm, type TestRealm } from '@lianfang/testing';
import { launch, listen, type Candidate, type Listening } from './candidate';

/** Where the peers are installed: beside the product's packages, never among them. */
const peersFolder = join('node_modules', '.cache', 'lianfang-bench-peers');

/** Everything that a comparison needs, running. */
export interface Stage {
  readonly candidates: readonly Candidate[];
  /** An officer's token, as the realm makes them; a fresh one every minute. */
  token(): string;
  close(): Promise<void>;
}

/** Installs the peers from their own lock file, unless that very lock is installed already. */
export function installPeers(say: (line: string) => void): void {
  const lock = (folder: string): string => readFileSync(join(folder, 'package-lock.json'), 'utf8');
  const source = join('tools', 'bench', 'peers');
  const marker = join(peersFolder, 'installed');
  const isInstalled = existsSync(marker) && readFileSync(marker, 'utf8') === lock(source);
  cpSync(source, peersFolder, { recursive: true });
  if (isInstalled) return;
  say('installing the peers (once; a few minutes) …');
  const { status, stderr } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], { cwd: peersFolder, encoding: 'utf8', shell: process.platform === 'win32' });
  if (status !== 0) throw new Error(`npm ci of the peers failed: ${stderr}`);
  writeFileSync(marker, lock(source));
}

/** Starts subgraphs, realm and the gateways: ours as it runs in production, and the peers. */
export async function openStage(environment: NodeJS.ProcessEnv): Promise<Stage> {
  const folder = mkdtempSync(join(tmpdir(), 'lianfang-bench-'));
  const [realm, police, banks] = await Promise.all([startTestRealm(), stub('police'), stub('banks')]);
  const supergraph = join(folder, 'supergraph.graphql');
  const urls: Readonly<Record<string, string>> = { police: urlOf(police), banks: urlOf(banks) };
  writeFileSync(supergraph, readFileSync(join('apps', 'gateway', 'supergraph.graphql'), 'utf8').replace(/"\{(\w+)\}"/g, (_whole, name: string) => JSON.stringify(urls[name])));
  const candidates = [await ours({ realm, urls, environment }), ...(await Promise.all(['stock', 'hive'].map((name) => peer(name, { realm, supergraph, environment }))))];
  const fresh = { token: '', until: 0 };
  return {
    candidates,
    token() {
      if (Date.now() > fresh.until) Object.assign(fresh, { token: realm.tokenFor(callers.officer), until: Date.now() + 60_000 });
      return fresh.token;
    },
    async close() {
      for (const { child } of [...candidates, police, banks]) child.kill();
      await realm.close();
      rmSync(folder, { recursive: true });
    },
  };
}

const stub = (agency: string): Promise<Listening> => listen({ file: builtFile('tools/bench', 'gateways/stub-subgraph'), parameters: [join('apps', agency, 'schema.graphql')] });

const urlOf = ({ port }: Listening): string => `http://127.0.0.1:${port}/graphql`;

interface Setting {
  readonly realm: TestRealm;
  readonly environment: NodeJS.ProcessEnv;
}

/** Ours, whole: the program and settings of production, its log going to nowhere, as theirs. */
async function ours({ realm, urls, environment }: Setting & { urls: Readonly<Record<string, string>> }): Promise<Candidate> {
  const { gateway: port } = await findFreePorts();
  const child = launch({
    file: builtFile('apps/gateway', 'main'),
    environment: { ...environment, PORT: String(port), HOST: '127.0.0.1', ISSUER: realm.realmUrl, CLIENTS: realm.client, POLICE_URL: urls['police'] ?? '', BANKS_URL: urls['banks'] ?? '' },
  });
  await eventually(async () => (await fetch(`http://127.0.0.1:${port}/readyz`).catch(() => undefined))?.ok === true, { limit: 20_000 });
  return { name: 'ours', child, port };
}

async function peer(name: string, { realm, supergraph, environment }: Setting & { supergraph: string }): Promise<Candidate> {
  const parameters = JSON.stringify({ port: (await findFreePorts()).gateway, supergraph, issuer: realm.realmUrl, audience: realm.audience });
  return { name, ...(await listen({ file: join(peersFolder, `${name}.mjs`), parameters: [parameters], environment })) };
}
