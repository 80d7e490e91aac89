import { isDeepStrictEqual } from 'node:util';
import { performance } from 'node:perf_hooks';
import { Pool } from 'undici';
import type { BenchQuery } from './queries';

/** What a run of equal requests saw. */
export interface Seen {
  readonly valid: number;
  /** Refused with 429 or 503: not answered, and not wrong. */
  readonly refused: number;
  /** Anything else: another status, another answer, none. */
  readonly invalid: number;
  /** Of each valid answer, in milliseconds. */
  readonly times: readonly number[];
  readonly seconds: number;
}

/** How long a run takes: so many requests, or so many milliseconds. */
export type Length = { readonly requests: number } | { readonly milliseconds: number };

/** Asks one gateway, and compares every answer with the first that counted. */
export class Asker {
  readonly #known = new Set<string>();
  readonly #pool: Pool;

  constructor(
    readonly port: number,
    private readonly token: () => string,
  ) {
    this.#pool = new Pool(`http://127.0.0.1:${port}`, { connections: 512, pipelining: 1 });
  }

  /** The data of one answer. Throws when there is none or it has errors. */
  async data(query: BenchQuery): Promise<unknown> {
    const { status, text } = await this.#ask(query);
    const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: unknown };
    if (status !== 200 || errors !== undefined || !data) throw new Error(`no whole answer: ${status} ${text.slice(0, 300)}`);
    return data;
  }

  /** Takes an answer as the right one, when its data are `expected`: names and values, whatever the order of the names. */
  async learn(query: BenchQuery, expected: unknown): Promise<void> {
    if (!isDeepStrictEqual(await this.data(query), expected)) throw new Error('a gateway gives other data');
    this.#known.add((await this.#ask(query)).text);
  }

  /** Keeps `connections` busy for a while. */
  async run(query: BenchQuery, connections: number, length: Length): Promise<Seen> {
    const times: number[] = [];
    let [valid, refused, invalid, sent] = [0, 0, 0, 0];
    const began = performance.now();
    const more = (): boolean => ('requests' in length ? sent < length.requests : performance.now() - began < length.milliseconds);
    const client = async (): Promise<void> => {
      while (more()) {
        sent += 1;
        const start = performance.now();
        const { status, text } = await this.#ask(query).catch(() => ({ status: 0, text: '' }));
        if (status === 200 && this.#known.has(text)) {
          valid += 1;
          times.push(performance.now() - start);
        } else if (status === 503 || status === 429) refused += 1;
        else invalid += 1;
      }
    };
    await Promise.all(Array.from({ length: connections }, client));
    return { valid, refused, invalid, times, seconds: (performance.now() - began) / 1_000 };
  }

  /** Gives the connections back. */
  close(): Promise<void> {
    return this.#pool.destroy();
  }

  async #ask({ document }: BenchQuery): Promise<{ status: number; text: string }> {
    const headers = { 'content-type': 'application/json', accept: 'application/json', authorization: `Bearer ${this.token()}` };
    const { statusCode, body } = await this.#pool.request({ path: '/graphql', method: 'POST', headers, body: JSON.stringify({ query: document }) });
    return { status: statusCode, text: await body.text() };
  }
}
