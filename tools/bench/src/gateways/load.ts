import { isDeepStrictEqual } from 'node:util';
import { performance } from 'node:perf_hooks';
import { Client } from 'undici';
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
  /** One connection each: a pool would look through all of them for every request, and be measured with the gateway. */
  readonly #clients: Client[] = [];

  constructor(
    readonly port: number,
    private readonly token: () => string,
  ) {}

  /** The data of one answer. Throws when there is none or it has errors. */
  async data(query: BenchQuery): Promise<unknown> {
    const { status, text } = await this.#ask(query, 0);
    const { data, errors } = JSON.parse(text) as { data?: unknown; errors?: unknown };
    if (status !== 200 || errors !== undefined || !data) throw new Error(`no whole answer: ${status} ${text.slice(0, 300)}`);
    return data;
  }

  /** Takes an answer as the right one, when its data are `expected`: names and values, whatever the order of the names. */
  async learn(query: BenchQuery, expected: unknown): Promise<void> {
    if (!isDeepStrictEqual(await this.data(query), expected)) throw new Error('a gateway gives other data');
    this.#known.add((await this.#ask(query, 0)).text);
  }

  /** Keeps `connections` busy for a while. */
  async run(query: BenchQuery, connections: number, length: Length): Promise<Seen> {
    const times: number[] = [];
    let [valid, refused, invalid, sent] = [0, 0, 0, 0];
    const began = performance.now();
    const more = (): boolean => ('requests' in length ? sent < length.requests : performance.now() - began < length.milliseconds);
    const client = async (place: number): Promise<void> => {
      while (more()) {
        sent += 1;
        const start = performance.now();
        const { status, text } = await this.#ask(query, place).catch(() => ({ status: 0, text: '' }));
        if (status === 200 && this.#known.has(text)) {
          valid += 1;
          times.push(performance.now() - start);
        } else if (status === 503 || status === 429) refused += 1;
        else invalid += 1;
      }
    };
    await Promise.all(Array.from({ length: connections }, (_, place) => client(place)));
    return { valid, refused, invalid, times, seconds: (performance.now() - began) / 1_000 };
  }

  /** Gives the connections back. */
  async close(): Promise<void> {
    await Promise.all(this.#clients.map((client) => client.destroy()));
  }

  async #ask({ document }: BenchQuery, place: number): Promise<{ status: number; text: string }> {
    const client = (this.#clients[place] ??= new Client(`http://127.0.0.1:${this.port}`));
    const headers = { 'content-type': 'application/json', accept: 'application/json', authorization: `Bearer ${this.token()}` };
    const { statusCode, body } = await client.request({ path: '/graphql', method: 'POST', headers, body: JSON.stringify({ query: document }) });
    return { status: statusCode, text: await body.text() };
  }
}
