import { demoPassword } from '@lianfang/identity';

/** Where a running system is reached, as `System` of tools/setup tells. */
export interface Addresses {
  /** As in `http://127.0.0.1:4000`. */
  readonly gatewayUrl: string;
  /** As in `http://127.0.0.1:4080/realms/lianfang`. */
  readonly issuer: string;
}

/** An error in an answer, as clients see it. */
export interface AnswerError {
  readonly message: string;
  readonly path?: readonly (string | number)[];
  readonly extensions?: { readonly code?: string; readonly [detail: string]: unknown };
}

/** A GraphQL answer as it came. */
export interface Answer {
  readonly data?: Readonly<Record<string, unknown>> | null;
  readonly errors?: readonly AnswerError[];
}

/** A refusal as clients see it. */
export interface ToldRefusal {
  readonly code: string;
  readonly path: string | null;
  readonly sentence: string;
}

/** The outcome of a mutation that returns `Thing | Refusals`. */
export type Told = { readonly thing: Readonly<Record<string, unknown>> } | { readonly refusals: readonly ToldRefusal[] };

/** A token is taken anew when less than this is left of its life, in milliseconds. */
const FRESH = 30_000;

/** One demo person who is logged in and calls the gateway, as a browser or an institution's system would. */
export class Session {
  #token = '';
  #until = 0;

  constructor(
    private readonly at: Addresses,
    readonly username: string,
  ) {}

  /** Sends a document and returns the answer as it came, errors and all. Throws only when no GraphQL answer comes. */
  async ask(query: string, variables: object = {}): Promise<Answer> {
    const response = await fetch(`${this.at.gatewayUrl}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', accept: 'application/graphql-response+json', authorization: `Bearer ${await this.token()}` },
      body: JSON.stringify({ query, variables }),
    });
    const answer: unknown = await response.json();
    if (typeof answer !== 'object' || answer === null) throw new Error(`the gateway answered ${response.status} without a GraphQL answer`);
    return answer;
  }

  /** The data of an answer. Throws with the errors' codes when there are any. */
  async read(query: string, variables: object = {}): Promise<Readonly<Record<string, unknown>>> {
    const { data, errors } = await this.ask(query, variables);
    if (errors?.length || !data) throw new Error(`${this.username}: ${errors?.map(({ message, extensions, path }) => `${extensions?.code ?? ''} ${message} at ${path?.join('.') ?? '-'}`).join('; ') ?? 'no data'}`);
    return data;
  }

  /** A token with some life left, from the identity provider's direct grant. */
  async token(): Promise<string> {
    if (Date.now() < this.#until - FRESH) return this.#token;
    const response = await fetch(`${this.at.issuer}/protocol/openid-connect/token`, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body: new URLSearchParams({ grant_type: 'password', client_id: 'demo', username: this.username, password: demoPassword }),
    });
    if (!response.ok) throw new Error(`${this.username} could not log in: ${response.status} ${await response.text()}`);
    const { access_token, expires_in } = (await response.json()) as { access_token: string; expires_in: number };
    this.#token = access_token;
    this.#until = Date.now() + expires_in * 1000;
    return access_token;
  }
}

/** The thing of an outcome. Throws with the refusals' sentences. */
export function thingOf(told: Told): Readonly<Record<string, unknown>> {
  if ('thing' in told) return told.thing;
  throw new Error(`refused: ${told.refusals.map(({ code, path, sentence }) => `${code} ${path ?? ''} ${sentence}`).join('; ')}`);
}
