import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, mkdirSync, openSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { Guard } from './guard';
import { pauseBeforeRestart } from './restart-pause';
import { SetupProblem } from './setup-problem';
import { waitUntil, type Probe } from './wait';

/** A process that the supervisor keeps alive. */
export interface ProcessPlan {
  /** One word, as in `police`; names the log file too. */
  readonly name: string;
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly isReady: Probe;
  /** Longest wait for it to become ready, in milliseconds; default one minute. */
  readonly readyMs?: number;
  /** Ends it in order; default SIGTERM. */
  readonly stopSignal?: NodeJS.Signals;
  /** The operating system's user to run as, when we are root and it must not be. */
  readonly account?: { readonly uid: number; readonly gid: number };
}

/** Where the supervisor writes. */
export interface SupervisorOptions {
  readonly logFolder: string;
  /** Receives one line for everything that a person should know. */
  readonly report: (line: string) => void;
  /** Longest wait for a process to end by itself, in milliseconds; then it is killed. Default ten seconds. */
  readonly stopMs?: number;
  /** Pause before a crashed process starts again, in milliseconds, by its crashes in a row; grows up to half a minute unless a test has no time for that. */
  readonly pauseOf?: (crashes: number) => number;
}

/** Longest wait for a process to become ready, in milliseconds. */
const READY_MS = 60_000;
const STOP_MS = 10_000;

interface Kept {
  plan: ProcessPlan;
  child: ChildProcess;
  startedAt: number;
  /** Whether it has been ready once: only then a crash is answered by a restart. */
  settled: boolean;
  /** Crashes in a row, each soon after its start. */
  crashes: number;
  stopping: boolean;
  timer?: NodeJS.Timeout;
}

/** Starts processes, restarts those that crash with a growing pause, and leaves none behind, however it ends itself. */
export class Supervisor {
  readonly #kept = new Map<string, Kept>();
  readonly #stopMs: number;
  readonly #guard: Guard;
  #closed = false;

  constructor(private readonly options: SupervisorOptions) {
    this.#stopMs = options.stopMs ?? STOP_MS;
    this.#guard = new Guard(this.#stopMs);
    this.#guard.start();
  }

  /** The guard's process id: a later run waits for it, because it may still be stopping what a killed run left. */
  get guardPid(): number | undefined {
    return this.#guard.pid;
  }

  /** The process id of a running process, or nothing while it is down. */
  pidOf(name: string): number | undefined {
    const kept = this.#kept.get(name);
    return kept && hasEnded(kept.child) ? undefined : kept?.child.pid;
  }

  /** How a process is started, so that it can be stopped for a while and started again later. */
  planOf(name: string): ProcessPlan {
    return this.#get(name).plan;
  }

  /** Starts a process and waits until it is ready. Throws a `SetupProblem` with the end of its log when it is not. */
  async start(plan: ProcessPlan): Promise<void> {
    if (this.#closed) throw new SetupProblem(`${plan.name} was not started: everything is being stopped.`);
    if (this.#kept.has(plan.name)) throw new Error(`${plan.name} is already kept; use restart`);
    const kept: Kept = { plan, child: this.#spawn(plan), startedAt: Date.now(), settled: false, crashes: 0, stopping: false };
    this.#kept.set(plan.name, kept);
    this.#keepAlive(kept);
    await this.untilReady(plan.name);
    kept.settled = true;
    if (hasEnded(kept.child)) this.#restartLater(kept);
  }

  /** Stops a process in order and starts it again, with these variables changed, as in `{ CLOCK_OFFSET: '49h' }`. */
  async restart(name: string, env: ProcessPlan['env'] = {}): Promise<void> {
    const { plan } = this.#get(name);
    await this.stop(name);
    await this.start({ ...plan, env: { ...plan.env, ...env } });
  }

  /** Sends a signal as an accident would: the process counts as crashed and comes back by itself. */
  kill(name: string, signal: NodeJS.Signals = 'SIGKILL'): void {
    this.#get(name).child.kill(signal);
  }

  /** Waits until a process is ready, for instance after a crash. Throws a `SetupProblem` with the end of its log when it never is. */
  async untilReady(name: string): Promise<void> {
    const kept = this.#get(name);
    const isUp = async () => !hasEnded(kept.child) && (await kept.plan.isReady());
    const hasGivenUp = () => kept.stopping || (!kept.settled && hasEnded(kept.child));
    await waitUntil(async () => hasGivenUp() || (await isUp()), kept.plan.readyMs ?? READY_MS);
    if (await isUp()) return;
    if (kept.stopping) throw new SetupProblem(`${name} was stopped while it started.`);
    const tail = await this.logTail(name);
    if (!kept.settled) await this.stop(name);
    throw new SetupProblem(`${name} did not become ready. The end of its log (${this.#logFile(name)}):\n${tail}`);
  }

  /** Stops one process in order; kills it when it does not end. */
  async stop(name: string): Promise<void> {
    const kept = this.#get(name);
    kept.stopping = true;
    clearTimeout(kept.timer);
    await endChild(kept.child, { signal: kept.plan.stopSignal ?? 'SIGTERM', patienceMs: this.#stopMs });
    this.#kept.delete(name);
  }

  /** Stops everything, last started first, and takes nothing more. */
  async stopAll(): Promise<void> {
    this.#closed = true;
    for (const name of [...this.#kept.keys()].reverse()) {
      if (this.#kept.has(name)) await this.stop(name);
    }
    this.#guard.release();
  }

  /** Kills everything at once: for the second Ctrl-C. */
  killAll(): void {
    for (const kept of this.#kept.values()) {
      kept.stopping = true;
      clearTimeout(kept.timer);
      // A database is never killed hard: SIGQUIT is its own "at once".
      kept.child.kill(kept.plan.stopSignal === 'SIGINT' ? 'SIGQUIT' : 'SIGKILL');
    }
  }

  /** The last lines that a process wrote. */
  async logTail(name: string, lines = 15): Promise<string> {
    const text = await readFile(this.#logFile(name), 'utf8').catch(() => '');
    return text.trimEnd().split('\n').slice(-lines).join('\n');
  }

  #spawn({ name, command, args, env, cwd, stopSignal = 'SIGTERM', account }: ProcessPlan): ChildProcess {
    // Its own file, not a pipe through us: a process may still write while it outlives us by a moment.
    mkdirSync(this.options.logFolder, { recursive: true, mode: 0o700 });
    const log = openSync(this.#logFile(name), 'a');
    const child = spawn(command, args, {
      cwd,
      env: { ...env },
      stdio: ['ignore', log, log],
      // Its own group: Ctrl-C reaches the supervisor alone, which then stops everything in order.
      detached: process.platform !== 'win32',
      ...account,
    });
    closeSync(log);
    const { pid } = child;
    if (pid !== undefined) {
      this.#guard.watch(pid, stopSignal);
      child.once('exit', () => this.#guard.forget(pid));
    }
    // A command that cannot be started ends at once; `untilReady` tells it.
    child.once('error', (error) => this.options.report(`${name}: ${error.message}`));
    return child;
  }

  #keepAlive(kept: Kept): void {
    // `close` comes even when the command could not be started at all; `exit` does not.
    kept.child.once('close', () => {
      if (kept.settled && !kept.stopping) this.#restartLater(kept);
    });
  }

  #restartLater(kept: Kept): void {
    const { child, plan } = kept;
    kept.crashes = pauseBeforeRestart.isSteady(Date.now() - kept.startedAt) ? 1 : kept.crashes + 1;
    const milliseconds = (this.options.pauseOf ?? pauseBeforeRestart.of)(kept.crashes);
    this.options.report(`${plan.name} ended (${child.signalCode ?? `code ${child.exitCode}`}); it starts again in ${milliseconds / 1000} s · log: ${this.#logFile(plan.name)}`);
    kept.timer = setTimeout(() => {
      kept.child = this.#spawn(plan);
      kept.startedAt = Date.now();
      this.#keepAlive(kept);
    }, milliseconds);
  }

  #logFile(name: string): string {
    return join(this.options.logFolder, `${name}.log`);
  }

  #get(name: string): Kept {
    const kept = this.#kept.get(name);
    if (kept === undefined) throw new Error(`${name} is not kept; kept are: ${[...this.#kept.keys()].join(', ') || 'none'}`);
    return kept;
  }
}

const hasEnded = (child: ChildProcess): boolean => child.pid === undefined || child.exitCode !== null || child.signalCode !== null;

async function endChild(child: ChildProcess, { signal, patienceMs }: { signal: NodeJS.Signals; patienceMs: number }): Promise<void> {
  if (hasEnded(child)) return;
  const ended = once(child, 'exit');
  child.kill(signal);
  const killer = setTimeout(() => child.kill('SIGKILL'), patienceMs);
  await ended;
  clearTimeout(killer);
}
