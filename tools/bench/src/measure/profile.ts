import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { ThrowAway } from '@lianfang/demo';
import type { AgencyApp } from '@lianfang/setup';

interface CpuProfile {
  readonly nodes: readonly { readonly id: number; readonly callFrame: { readonly functionName: string; readonly url: string } }[];
  readonly samples: readonly number[];
}

/** Restarts an app with Node's profiler on, runs `work`, and tells where the processor time went, by package. */
export async function profiled({ system }: ThrowAway, apps: readonly AgencyApp[], work: () => Promise<void>, say: (line: string) => void): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), 'lianfang-profile-'));
  const turn = (app: AgencyApp, options: string | undefined) => system.supervisor.restart(app, { NODE_OPTIONS: options });
  try {
    for (const app of apps) await turn(app, `--cpu-prof --cpu-prof-name=${app}.cpuprofile --cpu-prof-dir=${folder}`);
    await work();
    for (const app of apps) await turn(app, undefined);
    const files = await readdir(folder);
    for (const app of apps) {
      if (!files.includes(`${app}.cpuprofile`)) say(`  no profile of ${app} was written`);
      else say(`  ${app}: ${shares(JSON.parse(await readFile(join(folder, `${app}.cpuprofile`), 'utf8')) as CpuProfile)}`);
    }
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Shares of the busy samples by package, the largest first. */
function shares({ nodes, samples }: CpuProfile): string {
  const owners = new Map(nodes.map(({ id, callFrame }) => [id, ownerOf(callFrame)]));
  const counts = new Map<string, number>();
  for (const sample of samples) {
    const owner = owners.get(sample) ?? 'unknown';
    if (owner !== 'idle') counts.set(owner, (counts.get(owner) ?? 0) + 1);
  }
  const busy = [...counts.values()].reduce((sum, count) => sum + count, 0);
  const top = [...counts].sort(([, one], [, other]) => other - one).slice(0, 10);
  return top.map(([owner, count]) => `${owner} ${((count / busy) * 100).toFixed(0)} %`).join(', ');
}

function ownerOf({ functionName, url }: CpuProfile['nodes'][number]['callFrame']): string {
  if (functionName === '(idle)') return 'idle';
  if (functionName.startsWith('(')) return functionName;
  const installed = /node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(url)?.[1];
  if (installed !== undefined) return installed;
  if (url.startsWith('node:')) return url.split('/')[0] ?? 'node';
  return /\/dist\/((?:apps|libs)\/[^/]+)/.exec(url)?.[1] ?? 'node (native)';
}
