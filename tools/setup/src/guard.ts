import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { setupFolder } from './root';

/** Our end of the guard: the process that stops whatever we leave behind (`guard.cjs`). */
export class Guard {
  readonly #watched = new Map<number, NodeJS.Signals>();
  #process: ChildProcess | undefined;
  #released = false;

  /** `patienceMs`: how long a process may take to end before it is killed. */
  constructor(private readonly patienceMs: number) {}

  /** The guard's process id, while it runs. */
  get pid(): number | undefined {
    return this.#process?.pid;
  }

  /** Starts the guard; should somebody kill it, another takes over. */
  start(): void {
    const guard = spawn(process.execPath, [join(setupFolder, 'guard.cjs'), String(this.patienceMs)], { detached: true, stdio: ['pipe', 'ignore', 'ignore'], cwd: '/' });
    // A guard that died takes its pipe with it; the next one is told everything again.
    guard.stdin?.on('error', () => undefined);
    guard.once('exit', () => {
      if (!this.#released) this.start();
    });
    guard.unref();
    this.#process = guard;
    for (const [pid, signal] of this.#watched) this.#tell(`+${pid} ${signal}`);
  }

  /** From now on the process does not outlive us: `signal` ends it when we cannot any more. */
  watch(pid: number, signal: NodeJS.Signals): void {
    this.#watched.set(pid, signal);
    this.#tell(`+${pid} ${signal}`);
  }

  /** The process has ended by itself; its number may soon be somebody else's. */
  forget(pid: number): void {
    if (this.#watched.delete(pid)) this.#tell(`-${pid}`);
  }

  /** Lets the guard go after everything has been stopped. */
  release(): void {
    this.#released = true;
    this.#process?.stdin?.end();
  }

  #tell(line: string): void {
    this.#process?.stdin?.write(`${line}\n`);
  }
}
