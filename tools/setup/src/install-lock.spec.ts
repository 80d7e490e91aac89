import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { birthOf } from './ancestors';
import { setupFolder } from './root';

/** What `install-lock.cjs` gives; it is plain JavaScript, because nothing is installed yet. */
interface InstallLock {
  take(onWait: (pid: number) => void): Promise<void>;
  shareWith(pid: number): void;
  release(): void;
  holder(): number | undefined;
}

const { InstallLock } = createRequire(__filename)(join(setupFolder, 'install-lock.cjs')) as { InstallLock: new (root: string) => InstallLock };

let root: string;
beforeEach(() => void (root = mkdtempSync(join(tmpdir(), 'lianfang-install-'))));
afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('the installation of packages', () => {
  it('waits for the npm of a start that was killed, and then has the checkout to itself', async () => {
    const orphan = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1000)'], { stdio: 'ignore' });
    const pid = orphan.pid ?? 0;
    const file = join(root, '.installing.json');
    writeFileSync(file, JSON.stringify([{ pid: 2 ** 22 + 1 }, { pid, bornAt: birthOf(pid) }]));
    const waitedFor: number[] = [];

    await new InstallLock(root).take((holder) => {
      waitedFor.push(holder);
      orphan.kill('SIGKILL');
    });

    expect(waitedFor).toEqual([pid]);
    expect(JSON.parse(readFileSync(file, 'utf8'))).toEqual([{ pid: process.pid, bornAt: birthOf(process.pid) }]);
  });

  it('does not wait for another program that has been given the number of an npm that ended', async () => {
    writeFileSync(join(root, '.installing.json'), JSON.stringify([{ pid: process.ppid, bornAt: '1' }]));
    const lock = new InstallLock(root);

    expect(lock.holder()).toBeUndefined();
    await lock.take(() => expect('waited').toBe('not waited'));
  });

  it('lets others in when it is done', async () => {
    const lock = new InstallLock(root);
    await lock.take(() => undefined);
    lock.shareWith(process.ppid);

    expect(new InstallLock(root).holder()).toBe(process.ppid);

    lock.release();

    expect(new InstallLock(root).holder()).toBeUndefined();
  });
});
