import { createRequire } from 'node:module';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import type { SetupConfig } from './config';
import { builtFile } from './root';
import { SetupProblem } from './setup-problem';
import type { System } from './system';

/** What `tools/demo/src/main.ts` exports. It is loaded by path: the demo is built upon this project, not the other way round. */
export interface DemoLoader {
  loadDemoWorld(system: System, report: (line: string) => void): Promise<void>;
}

/** Fills empty databases with the demo world, once; a loading that was broken off is taken up again. */
export async function loadDemoWorldOnce(system: System, { dataFolder }: SetupConfig, report: (line: string) => void): Promise<void> {
  const note = join(dataFolder, 'demo-world');
  const state = existsSync(note) ? readFileSync(note, 'utf8') : 'none';
  if (state === 'loaded' || (state === 'none' && (await hasCases(system)))) return;
  report('loading the demo world');
  writeFileSync(note, 'loading');
  await findLoader().loadDemoWorld(system, report);
  writeFileSync(note, 'loaded');
}

function findLoader(): DemoLoader {
  const file = builtFile('tools/demo', 'main');
  if (!existsSync(file)) throw new SetupProblem(`${file} is missing: the build has not made it. DEMO=off npm start runs without the demo world.`);
  return createRequire(__filename)(file) as DemoLoader;
}

async function hasCases({ databases }: System): Promise<boolean> {
  const url = new URL(databases.adminUrlOf('police'));
  url.pathname = '/police';
  const client = new Client({ connectionString: url.href });
  await client.connect();
  try {
    const { rows } = await client.query<{ exists: boolean }>('select exists (select from fraud_case)');
    return rows[0]?.exists === true;
  } finally {
    await client.end();
  }
}
