import { mkdirSync, readFileSync, readdirSync, rmdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { birthOf } from './ancestors';
import { isAlive } from './postgres/leftover';
import { SetupProblem } from './setup-problem';
import { waitUntil } from './wait';

interface Holder {
  readonly pid: number;
  /** The process that stops what a killed run left; it may outlive it by some seconds. */
  readonly guardPid?: number;
  /** Start time of `pid` in the kernel's ticks, where the system tells: a number alone may be given to another program later. */
  readonly bornAt?: string;
  /** How far the clock of its apps is moved, as in `49h`. */
  readonly clockOffset?: string;
}

/** What is written down of a run beside its process. */
type RunNotes = Pick<Holder, 'guardPid' | 'clockOffset'>;

/** Longest wait for the guard of a killed run, in milliseconds. */
const GUARD_MS = 60_000;

/** At most one run uses a data folder: its process stands in `running.json` there. */
export class RunLock {
  readonly #file: string;

  private constructor(
    private readonly dataFolder: string,
    /** Whether the data folder is ours from the first moment: a start that is refused then takes it away again. */
    private readonly isNew: boolean,
  ) {
    this.#file = join(dataFolder, 'running.json');
  }

  /** Takes the data folder, and makes it when it is not there. Waits for the guard of a run that was killed; throws a `SetupProblem` when another run has it. */
  static async take(dataFolder: string): Promise<RunLock> {
    const holder = findHolder(dataFolder);
    if (holder && isRunning(holder)) {
      throw new SetupProblem(`Lianfang already runs from here (process ${holder.pid}). Stop it with Ctrl-C in its terminal, or: kill ${holder.pid}`);
    }
    const { guardPid } = holder ?? {};
    if (guardPid !== undefined) await waitUntil(() => !isAlive(guardPid), GUARD_MS);
    const lock = new RunLock(dataFolder, mkdirSync(dataFolder, { recursive: true }) !== undefined);
    lock.note({});
    return lock;
  }

  /** Writes down which guard watches over this run, and how far its clock is moved. */
  note(notes: RunNotes): void {
    const holder: Holder = { pid: process.pid, bornAt: birthOf(process.pid), ...notes };
    writeFileSync(this.#file, JSON.stringify(holder));
  }

  /** Gives the data folder back; when nothing has come into a new one, it goes. */
  release(): void {
    rmSync(this.#file, { force: true });
    if (this.isNew && readdirSync(this.dataFolder).length === 0) rmdirSync(this.dataFolder);
  }
}

/** The process id of the run that uses a data folder now, if one does. */
export function findRun(dataFolder: string): number | undefined {
  const holder = findHolder(dataFolder);
  return holder && isRunning(holder) ? holder.pid : undefined;
}

/** How far the run that uses a data folder now has moved its clock, as in `49h`; nothing when it has not, or when none runs. */
export function findRunsClock(dataFolder: string): string | undefined {
  const holder = findHolder(dataFolder);
  return holder && isRunning(holder) ? holder.clockOffset : undefined;
}

function findHolder(dataFolder: string): Holder | undefined {
  try {
    return JSON.parse(readFileSync(join(dataFolder, 'running.json'), 'utf8')) as Holder;
  } catch {
    // No run, or one killed while it wrote the file: either way nobody holds the folder.
    return undefined;
  }
}

const isRunning = ({ pid, bornAt }: Holder): boolean => pid !== process.pid && isAlive(pid) && (bornAt === undefined || birthOf(pid) === bornAt);
