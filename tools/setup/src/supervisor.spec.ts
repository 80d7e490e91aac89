import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isAlive } from './postgres/leftover';
import { root } from './root';
import { Supervisor, type ProcessPlan } from './supervisor';
import { waitUntil } from './wait';

const run = promisify(execFile);
let folder: string;
let supervisor: Supervisor;
let told: string[];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lianfang-supervisor-'));
  told = [];
  supervisor = new Supervisor({ logFolder: join(folder, 'logs'), report: (line) => told.push(line), stopMs: 1_000 });
});

afterEach(async () => {
  await supervisor.stopAll();
  await rm(folder, { recursive: true });
});

/** A process that writes its number into `<name>.pid` as soon as it is up, then does what `then` says. */
const plan = (name: string, then = 'setInterval(() => {}, 1000)'): ProcessPlan => ({
  name,
  command: process.execPath,
  args: ['-e', `console.log('hello from ${name}', process.env.HOUR); require('fs').writeFileSync('${join(folder, name)}.pid', String(process.pid)); ${then}`],
  env: { PATH: process.env['PATH'] },
  cwd: folder,
  isReady: () => existsSync(join(folder, `${name}.pid`)),
});

const writtenPid = async (name: string): Promise<number> => Number(await readFile(join(folder, `${name}.pid`), 'utf8').catch(() => ''));
const ends = (pid: number) => waitUntil(() => !isAlive(pid), 15_000);

describe('a supervised process', () => {
  it('is ready when start returns, and gone when everything is stopped', async () => {
    await supervisor.start(plan('police'));
    const pid = await writtenPid('police');
    expect(supervisor.pidOf('police')).toBe(pid);

    await supervisor.stopAll();

    expect(isAlive(pid)).toBe(false);
  });

  it('comes back by itself after a crash, and the crash is told', async () => {
    await supervisor.start(plan('police'));
    const first = await writtenPid('police');

    supervisor.kill('police');

    expect(await waitUntil(async () => (await writtenPid('police')) !== first && isAlive(await writtenPid('police')), 10_000)).toBe(true);
    expect(told.join()).toMatch(/police ended \(SIGKILL\); it starts again in 1 s/);
  });

  it('comes back as soon as it was said, where nobody has time for a growing pause', async () => {
    const hurried = new Supervisor({ logFolder: join(folder, 'hurried'), report: (line) => told.push(line), pauseOf: () => 20 });
    await hurried.start(plan('banks'));
    const first = await writtenPid('banks');

    hurried.kill('banks');

    expect(await waitUntil(async () => (await writtenPid('banks')) !== first && isAlive(await writtenPid('banks')), 10_000)).toBe(true);
    expect(told.join()).toMatch(/banks ended \(SIGKILL\); it starts again in 0.02 s/);
    await hurried.stopAll();
  });

  it('is away for as long as it was stopped, and starts again from its plan', async () => {
    await supervisor.start(plan('police'));
    const kept = supervisor.planOf('police');

    await supervisor.stop('police');
    expect(() => supervisor.planOf('police')).toThrow(/not kept/);
    await supervisor.start(kept);

    expect(isAlive(supervisor.pidOf('police') ?? 0)).toBe(true);
  });

  it('is not started again when it was stopped on purpose', async () => {
    await supervisor.start(plan('police'));
    const pid = await writtenPid('police');

    await supervisor.stop('police');

    expect(isAlive(pid)).toBe(false);
    expect(supervisor.pidOf('police')).toBeUndefined();
    expect(told).toEqual([]);
  });

  it('takes other variables at a restart', async () => {
    await supervisor.start(plan('police'));

    await supervisor.restart('police', { HOUR: '49h' });

    expect(await waitUntil(async () => (await supervisor.logTail('police')).includes('hello from police 49h'), 5_000)).toBe(true);
  });

  it('that ends before it is ready is a failed start with the end of its log, and nothing keeps trying', async () => {
    const broken = { ...plan('banks'), args: ['-e', "console.error('KEYRING is missing'); process.exit(3)"], isReady: () => false };

    await expect(supervisor.start(broken)).rejects.toThrow(/banks did not become ready[\s\S]*KEYRING is missing/);
    expect(supervisor.pidOf('banks')).toBeUndefined();
  });

  it('whose program does not exist is a failed start', async () => {
    await expect(supervisor.start({ ...plan('banks'), command: join(folder, 'nothing') })).rejects.toThrow(/banks did not become ready/);
    expect(told.join()).toMatch(/ENOENT/);
  });

  it('that ignores the stop signal is killed', async () => {
    await supervisor.start({ ...plan('deaf', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)") });
    const pid = await writtenPid('deaf');

    await supervisor.stop('deaf');

    expect(isAlive(pid)).toBe(false);
  });

  it('is refused after everything was stopped', async () => {
    await supervisor.stopAll();

    await expect(supervisor.start(plan('late'))).rejects.toThrow(/everything is being stopped/);
  });
});

describe('when the supervisor itself is killed', () => {
  /** The built supervisor in a process of its own, with two children that would live on. */
  async function startElsewhere(built: string): Promise<ChildProcess> {
    const swc = join(root, 'node_modules', '@swc', 'cli', 'bin', 'swc.js');
    await run(process.execPath, [swc, 'tools/setup/src', '-d', built, '--config-file', '.swcrc', '-q'], { cwd: root });
    const children = [plan('one'), plan('deaf', "process.on('SIGTERM', () => {}); setInterval(() => {}, 1000)")];
    const file = join(folder, 'elsewhere.cjs');
    await writeFile(
      file,
      `const { existsSync } = require('node:fs');
      const { Supervisor } = require(${JSON.stringify(join(built, 'tools/setup/src/supervisor.js'))});
      const supervisor = new Supervisor({ logFolder: ${JSON.stringify(join(folder, 'logs'))}, report: () => {}, stopMs: 1000 });
      const isReady = (name) => () => existsSync(${JSON.stringify(folder)} + '/' + name + '.pid');
      Promise.all(${JSON.stringify(children)}.map((plan) => supervisor.start({ ...plan, isReady: isReady(plan.name) })))
        .then(() => require('node:fs').writeFileSync('guard.pid', String(supervisor.guardPid)));`,
    );
    return spawn(process.execPath, [file], { cwd: folder, stdio: ['ignore', 'inherit', 'inherit'] });
  }

  it('leaves no process behind, not even one that ignores the stop signal', async () => {
    const built = join(root, 'dist', `supervisor-spec-${process.pid}`);
    const parent = await startElsewhere(built);
    try {
      expect(await waitUntil(() => existsSync(join(folder, 'guard.pid')), 20_000)).toBe(true);
      const pids = [await writtenPid('one'), await writtenPid('deaf'), await writtenPid('guard')];
      expect(pids.map(isAlive)).toEqual([true, true, true]);

      parent.kill('SIGKILL');

      expect(await Promise.all(pids.map(ends))).toEqual([true, true, true]);
    } finally {
      parent.kill('SIGKILL');
      await rm(built, { recursive: true, force: true });
    }
  });
});
