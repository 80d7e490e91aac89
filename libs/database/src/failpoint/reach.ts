import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { setTimeout as pause } from 'node:timers/promises';
import { failpointNames, type FailpointName } from './failpoints';

/** How a process fails at a point: it dies (SIGKILL), it stands still there for a while, or the step throws. */
export const failures = ['kill', 'pause', 'error'] as const;

/** How a process fails. */
export type Failure = (typeof failures)[number];

/** How long a paused step stands still, in milliseconds: longer than every lease (a claimed batch 2 s, a core call 5 s), shorter than a partner's patience (10 s). */
export const PAUSE = 6_000;

/** One accident that waits to happen. */
export interface Accident {
  readonly name: FailpointName;
  /** At which visit since it was armed; 1 is the next. */
  readonly nth: number;
  readonly failure: Failure;
}

/** What arms fail points; nothing in production, which refuses both. */
export interface FailpointSettings {
  /** One accident, armed from the start, as in `core.hold.before-call:kill`. */
  readonly FAILPOINT?: string | undefined;
  /** A file that tests write while the process runs: one accident a line, the next when the one before has happened. */
  readonly FAILPOINT_SWITCH?: string | undefined;
}

/** What is thrown at a fail point that was armed with `error`. */
export class FailpointReached extends Error {
  readonly code = 'FAILPOINT';

  constructor(name: FailpointName) {
    super(`the fail point ${name} was armed`);
    this.name = 'FailpointReached';
  }
}

/** Where accidents wait, and how one that happens is taken from there. */
interface Arsenal {
  /** The accident that is next, with the text that armed it. */
  next(): { readonly accident: Accident; readonly text: string } | undefined;
  spend(): void;
}

let arsenals: readonly Arsenal[] = [];
let armed = '';
let visits = 0;

/** Arms this process, once at its start. Throws when an accident cannot be read. Without settings every fail point is one comparison. */
export function armFailpoints({ FAILPOINT, FAILPOINT_SWITCH }: FailpointSettings): void {
  arsenals = [...(FAILPOINT ? [fromStart(FAILPOINT)] : []), ...(FAILPOINT_SWITCH ? [inFile(FAILPOINT_SWITCH)] : [])];
  armed = '';
  visits = 0;
}

/** Whether anything can arm a fail point of this process. */
export const mayFail = (): boolean => arsenals.length > 0;

const passed = Promise.resolve();

/** Comes by a fail point: nothing, unless it is armed. Throws `FailpointReached` when it is armed with `error`. */
export const reach = (name: FailpointName): Promise<void> => (arsenals.length === 0 ? passed : visitAll(name));

async function visitAll(name: FailpointName): Promise<void> {
  for (const arsenal of arsenals) await visit(arsenal, name);
}

async function visit(arsenal: Arsenal, name: FailpointName): Promise<void> {
  const next = arsenal.next();
  if (next?.accident.name !== name) return;
  visits = next.text === armed ? visits + 1 : 1;
  armed = next.text;
  if (visits < next.accident.nth) return;
  // Spent first, so that the restarted process lives and an error is not met twice.
  arsenal.spend();
  armed = '';
  await fail(next.accident);
}

async function fail({ name, failure }: Accident): Promise<void> {
  switch (failure) {
    case 'kill':
      return void process.kill(process.pid, 'SIGKILL');
    case 'pause':
      return pause(PAUSE);
    case 'error':
      throw new FailpointReached(name);
    default:
      return failure satisfies never;
  }
}

function fromStart(text: string): Arsenal {
  let next: ReturnType<Arsenal['next']> = { accident: readAccident(text), text };
  return { next: () => next, spend: () => void (next = undefined) };
}

function inFile(file: string): Arsenal {
  const lines = (): string[] => readIfThere(file).split('\n').filter((line) => line.trim() !== '');
  return {
    next: () => {
      const all = lines();
      return all[0] === undefined ? undefined : { accident: readAccident(all[0]), text: all.join('\n') };
    },
    spend: () => {
      const rest = lines().slice(1);
      if (rest.length === 0) rmSync(file, { force: true });
      else writeFileSync(file, rest.join('\n'));
    },
  };
}

/** Reads `name:failure` or `name#3:failure` (at the third visit). Throws on anything else. */
export function readAccident(text: string): Accident {
  const [, word, nth = '1', action] = /^([a-z.-]+)(?:#([1-9]\d{0,5}))?:([a-z]+)$/.exec(text.trim()) ?? [];
  const name = failpointNames.find((known) => known === word);
  const failure = failures.find((known) => known === action);
  if (!name || !failure) throw new Error(`fail point: expected one of the list and kill, pause or error, as in core.hold.before-call:kill, found "${text}"`);
  return { name, nth: Number(nth), failure };
}

/** An accident as it is armed. */
export const accidentText = ({ name, nth, failure }: Accident): string => `${name}${nth === 1 ? '' : `#${nth}`}:${failure}`;

function readIfThere(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    // Not armed: the file is there only while a test wants an accident.
    return '';
  }
}
