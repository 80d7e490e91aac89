import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { watchAncestors } from './ancestors';
import { givenTestDatabaseUrl, ownEnvironment } from './config';
import { Guard } from './guard';
import { findFreePorts } from './ports';
import { prepareEmbeddedPostgres } from './postgres/embedded-postgres';
import { builtFile, root } from './root';
import { Secrets } from './secrets';
import { told } from './setup-problem';
import { Supervisor } from './supervisor';
import { addTallies, closingLine, projectTally, stepTally, type Tally } from './tally';

/** One thing that `npm test` does. */
interface Step {
  readonly title: string;
  run(): Promise<Tally>;
}

/** `npm test`: lint, types, every project's tests on a throw-away Postgres, the story; ends with one line that sums them. */
export async function check(): Promise<void> {
  const beganAt = Date.now();
  const folder = mkdtempSync(join(tmpdir(), 'lianfang-check-'));
  const supervisor = new Supervisor({ logFolder: join(folder, 'logs'), report: (line) => console.log(line) });
  const runner = new Runner();
  const leave = async (code: number): Promise<void> => {
    runner.stop();
    await supervisor.stopAll();
    rmSync(folder, { recursive: true, force: true });
    process.exit(code);
  };
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) process.on(signal, () => void leave(130));
  watchAncestors(() => void leave(130));
  try {
    const databaseUrl = givenTestDatabaseUrl() ?? (await startThrowAwayPostgres(supervisor, folder));
    runner.environment = { ...ownEnvironment(), TEST_DATABASE_URL: databaseUrl, TEST_COUNTS_FOLDER: join(folder, 'counts'), ...quietNx };
    const tally = await runSteps(steps(runner, join(folder, 'counts')));
    console.log(`\n${Math.round((Date.now() - beganAt) / 1000)} s\n${closingLine(tally)}`);
    await leave(tally.failed + tally.skipped === 0 ? 0 : 1);
  } catch (error) {
    console.error(told(error));
    await leave(1);
  }
}

/** Nx asks nobody's cloud and leaves no daemon behind. */
const quietNx = { NX_DAEMON: 'false', NX_NO_CLOUD: 'true', NX_TUI: 'false' };

/** Longest time that one step may take, in milliseconds: what hangs must end as a failure, not as a silence. */
const STEP_MS = 10 * 60_000;

/** Runs programs one after the other, so that the one under way can be stopped. */
class Runner {
  environment: NodeJS.ProcessEnv = {};
  /** Also stops the step under way when we are killed ourselves. */
  readonly #guard = new Guard(STOP_MS);
  #running: ChildProcess | undefined;

  constructor() {
    this.#guard.start();
  }

  /** Runs a Node program of ours or of a package; answers whether it ended well and in time. */
  async run(file: string, ...args: string[]): Promise<boolean> {
    const child = spawn(process.execPath, [file, ...args], { cwd: root, env: this.environment, stdio: 'inherit' });
    this.#running = child;
    const { pid = 0 } = child;
    this.#guard.watch(pid, 'SIGTERM');
    const limit = setTimeout(() => {
      console.error(`This step has not ended within ${STEP_MS / 60_000} minutes and is stopped.`);
      child.kill('SIGTERM');
    }, STEP_MS);
    const [code] = (await once(child, 'exit')) as [number | null];
    clearTimeout(limit);
    this.#guard.forget(pid);
    return code === 0;
  }

  stop(): void {
    this.#running?.kill('SIGTERM');
    this.#guard.release();
  }
}

/** Longest wait for a stopped step to end, in milliseconds. */
const STOP_MS = 10_000;

function steps(runner: Runner, countsFolder: string): Step[] {
  const nx = join(root, 'node_modules', 'nx', 'dist', 'bin', 'nx.js');
  const types = join(root, 'node_modules', 'typescript7', 'bin', 'tsc');
  const simple = (title: string, file: string, ...args: string[]): Step => ({ title, run: async () => stepTally(await runner.run(file, ...args)) });
  return [
    simple('lint', nx, 'run-many', '-t', 'lint', '--parallel=2', '--output-style=static'),
    simple('types', types, '-p', 'tsconfig.json'),
    {
      title: 'tests',
      run: async () => {
        const succeeded = await runner.run(nx, 'run-many', '-t', 'test', '--parallel=2', '--output-style=static', '--passWithNoTests');
        return projectTally(readCounts(countsFolder), { projects: countTestedProjects(), succeeded });
      },
    },
    simple('story', builtFile('tools/demo', 'story')),
    simple('accidents', builtFile('tools/crash', 'crash'), '--sample'),
  ];
}

async function runSteps(planned: readonly Step[]): Promise<Tally> {
  let tally: Tally = { passed: 0, failed: 0, skipped: 0 };
  for (const { title, run } of planned) {
    console.log(`\n—— ${title}`);
    const beganAt = Date.now();
    const outcome = await run();
    console.log(`—— ${title}: ${closingLine(outcome)} in ${Math.round((Date.now() - beganAt) / 1000)} s`);
    tally = addTallies(tally, outcome);
  }
  return tally;
}

async function startThrowAwayPostgres(supervisor: Supervisor, folder: string): Promise<string> {
  const password = Secrets.open(join(folder, 'secrets.json')).get('password of the throw-away superuser');
  const { postgres: port } = await findFreePorts();
  const { plan, adminUrl } = await prepareEmbeddedPostgres({ dataFolder: folder, port, password, throwAway: true });
  await supervisor.start(plan);
  return adminUrl;
}

const readCounts = (folder: string): Tally[] =>
  existsSync(folder) ? readdirSync(folder).map((file) => JSON.parse(readFileSync(join(folder, file), 'utf8')) as Tally) : [];

/** Projects that have a spec: each of them must leave its counts. */
const countTestedProjects = (): number =>
  ['apps', 'libs', 'tools'].flatMap((kind) => readdirSync(join(root, kind)).map((name) => join(root, kind, name))).filter((project) => hasSpec(join(project, 'src'))).length;

const hasSpec = (folder: string): boolean => existsSync(folder) && readdirSync(folder, { recursive: true, encoding: 'utf8' }).some((file) => file.endsWith('.spec.ts'));

if (require.main === module) void check();
