import { createRequire } from 'node:module';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Client } from 'pg';
import type { SetupConfig } from './config';
import type { Databases } from './databases';
import { builtFile } from './root';
import { SetupProblem } from './setup-problem';
import type { System } from './system';

/** What `tools/demo/src/main.ts` exports. It is loaded by path: the demo is built upon this project, not the other way round. */
export interface DemoLoader {
  openDemoWorld(databases: Databases): Promise<OpenDemoWorld>;
}

/** A demo world that is about to be loaded. */
export interface OpenDemoWorld {
  /** The clock of police and banks at its first hour, as in `-3600m`: started with it, they need not be started anew for it. */
  readonly clockOffset: string;
  load(system: System, report: (line: string) => void): Promise<void>;
}

/** The filling of empty databases with the demo world, once; a loading that was broken off is taken up again. */
export class DemoWorld {
  readonly #note: string;
  #open: OpenDemoWorld | undefined;

  constructor(private readonly config: Pick<SetupConfig, 'dataFolder' | 'loadsDemo'>) {
    this.#note = join(config.dataFolder, 'demo-world');
  }

  /** Looks whether the world is to be loaded, and gives the variables with which police and banks then start. */
  async prepare(databases: Databases): Promise<NodeJS.ProcessEnv> {
    if (!this.config.loadsDemo || !(await this.#isWanted(databases))) return {};
    this.#open = await findLoader().openDemoWorld(databases);
    return { CLOCK_OFFSET: this.#open.clockOffset };
  }

  /** Loads the world if `prepare` found that it is to be loaded. */
  async load(system: System, report: (line: string) => void): Promise<void> {
    if (this.#open === undefined) return;
    report('loading the demo world');
    writeFileSync(this.#note, 'loading');
    await this.#open.load(system, report);
    writeFileSync(this.#note, 'loaded');
  }

  async #isWanted(databases: Databases): Promise<boolean> {
    const state = existsSync(this.#note) ? readFileSync(this.#note, 'utf8') : 'none';
    return state === 'loading' || (state === 'none' && !(await hasCases(databases)));
  }
}

function findLoader(): DemoLoader {
  const file = builtFile('tools/demo', 'main');
  if (!existsSync(file)) throw new SetupProblem(`${file} is missing: the build has not made it. DEMO=off npm start runs without the demo world.`);
  return createRequire(__filename)(file) as DemoLoader;
}

async function hasCases(databases: Databases): Promise<boolean> {
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
