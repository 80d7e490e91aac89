import { performance } from 'node:perf_hooks';
import { setTimeout as pause } from 'node:timers/promises';

/** What a step tells, line by line, and what it gives to the next steps. */
export interface Telling<Found> {
  readonly told: readonly string[];
  readonly found: Found;
}

/** Tells the steps of a story: what happened, and how long it took. The first untruth ends it. */
export class Story {
  #number = 0;
  readonly #begun = performance.now();

  constructor(private readonly write: (line: string) => void = (line) => void process.stdout.write(`${line}\n`)) {}

  /** One step. `take` tells what is worth telling and gives what the next steps need; what it throws ends the story. */
  async step<Found>(title: string, take: () => Promise<Telling<Found>>): Promise<Found> {
    this.#number += 1;
    const began = performance.now();
    this.write(`${String(this.#number).padStart(2)}. ${title}`);
    const { told, found } = await take();
    for (const line of told) this.write(`      ${line}`);
    this.write(`      ${seconds(performance.now() - began)}`);
    return found;
  }

  /** The last line. */
  end(): void {
    this.write(`${this.#number} steps, all true, ${seconds(performance.now() - this.#begun)}`);
  }
}

/** As in `0.42 s`. */
export const seconds = (milliseconds: number): string => `${(milliseconds / 1000).toFixed(2)} s`;

/** Throws the sentence when it is not so. */
export function holds(isSo: boolean, otherwise: string): asserts isSo {
  if (!isSo) throw new Error(`not true: ${otherwise}`);
}

/** Asks again and again until the answer is `true` or something; throws after `limit` milliseconds with the last error. */
export async function until<Found>(what: string, find: () => Promise<Found | false | null | undefined>, limit = 20_000): Promise<Found> {
  const end = Date.now() + limit;
  let last: unknown;
  while (Date.now() < end) {
    try {
      const found = await find();
      if (found !== false && found !== null && found !== undefined) return found;
      last = undefined;
    } catch (error) {
      last = error;
    }
    await pause(20);
  }
  throw new Error(`not true within ${limit / 1000} s: ${what}`, { cause: last });
}
