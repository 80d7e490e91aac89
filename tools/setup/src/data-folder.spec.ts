import { spawn } from 'node:child_process';
import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { loginName as nameInDatabase } from '@lianfang/database';
import { loginName } from './databases';
import { reset } from './reset';
import { findRun, findRunsClock, RunLock } from './run-lock';
import { Secrets } from './secrets';

let folder: string;
beforeEach(async () => void (folder = await mkdtemp(join(tmpdir(), 'lianfang-data-'))));
afterEach(() => rm(folder, { recursive: true, force: true }));

describe('the secrets of a machine', () => {
  it('are made once, kept, and readable by their owner only', async () => {
    const file = join(folder, 'secrets.json');
    const made = Secrets.open(file).get('password of police_owner');

    expect(Secrets.open(file).get('password of police_owner')).toBe(made);
    expect(made).toMatch(/^[\w-]{32}$/);
    expect((await stat(file)).mode & 0o077).toBe(0);
  });

  it('differ from one another', () => {
    const secrets = Secrets.open(join(folder, 'secrets.json'));

    expect(secrets.get('one')).not.toBe(secrets.get('other'));
  });

  it('belong to logins that have the names which the database library gives them', () => {
    expect((['owner', 'runtime', 'worker'] as const).map((login) => loginName('police', login))).toEqual(
      (['owner', 'runtime', 'worker'] as const).map((login) => nameInDatabase('police', login)),
    );
  });
});

describe('a data folder', () => {
  /** Another run, as a living process that wrote itself down. */
  async function otherRun(notes: { clockOffset?: string } = {}): Promise<{ pid: number; end: () => void }> {
    const other = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    await writeFile(join(folder, 'running.json'), JSON.stringify({ pid: other.pid, ...notes }));
    return { pid: other.pid ?? 0, end: () => void other.kill('SIGKILL') };
  }

  it('serves one run at a time', async () => {
    const { pid, end } = await otherRun();
    try {
      expect(findRun(folder)).toBe(pid);
      await expect(RunLock.take(folder)).rejects.toThrow(`Lianfang already runs from here (process ${pid})`);
    } finally {
      end();
    }
  });

  it('tells in which hour its run is, as long as it runs', async () => {
    const { end } = await otherRun({ clockOffset: '49h' });
    try {
      expect(findRunsClock(folder)).toBe('49h');
    } finally {
      end();
    }
    const lock = await RunLock.take(join(folder, 'next'));
    lock.note({ clockOffset: '-50h' });

    expect(JSON.parse(await readFile(join(folder, 'next', 'running.json'), 'utf8'))).toMatchObject({ pid: process.pid, clockOffset: '-50h' });
    lock.release();
  });

  it('that was made for a start which is then refused goes with it', async () => {
    const made = join(folder, 'new');
    const lock = await RunLock.take(made);

    lock.release();

    await expect(stat(made)).rejects.toThrow('ENOENT');
  });

  it('that was there already stays, also when it is empty', async () => {
    const lock = await RunLock.take(folder);

    lock.release();

    expect((await stat(folder)).isDirectory()).toBe(true);
  });

  it('is free again after a run that was killed, also when its number now belongs to another program', async () => {
    await writeFile(join(folder, 'running.json'), JSON.stringify({ pid: process.ppid, bornAt: '1' }));

    const lock = await RunLock.take(folder);

    expect(JSON.parse(await readFile(join(folder, 'running.json'), 'utf8'))).toMatchObject({ pid: process.pid });
    lock.release();
    expect(findRun(folder)).toBeUndefined();
  });

  it('is deleted by a reset', async () => {
    await mkdir(join(folder, 'logs'));

    expect(await reset({ DATA_FOLDER: folder })).toContain(`Deleted ${folder}`);

    await expect(stat(folder)).rejects.toThrow(/ENOENT/);
  });

  it('is not deleted while a system runs from it', async () => {
    await mkdir(join(folder, 'logs'));
    const { pid, end } = await otherRun();
    try {
      await expect(reset({ DATA_FOLDER: folder })).rejects.toThrow(`Lianfang runs (process ${pid}); stop it first`);
    } finally {
      end();
    }
  });

  it('that is not ours is never deleted', async () => {
    await writeFile(join(folder, 'thesis.txt'), 'ten years of work');

    await expect(reset({ DATA_FOLDER: folder })).rejects.toThrow(/was not made by Lianfang.*nothing was deleted/);
    expect(await readFile(join(folder, 'thesis.txt'), 'utf8')).toBe('ten years of work');
  });
});
