import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import type { GatewayGraphQLResponse } from '@apollo/server-gateway-interface';
import { reach } from '@lianfang/database';
import { detailsOf, isErrorCode, publicError, tellable, type Log } from '@lianfang/subgraph';
import type { GraphQLFormattedError } from 'graphql';
import { Pool } from 'undici';
import { identityHeaders, type GatewayContext } from './forward-identity';
import { parseSafely } from './parse-safely';

/** How long and how much the gateway waits for one subgraph. */
export interface SubgraphLimits {
  /** Longest time for one answer, in milliseconds. */
  readonly answerMilliseconds: number;
  /** Largest answer, in bytes. */
  readonly answerBytes: number;
  /** Connections kept open at most. */
  readonly connections: number;
}

/** The bounds as they stand: a page of ours takes well under a second and a megabyte. */
export const usualSubgraphLimits: SubgraphLimits = { answerMilliseconds: 10_000, answerBytes: 8_388_608, connections: 64 };

/** Where a subgraph is and how to tell about it. */
export interface SubgraphSourceParts {
  readonly name: string;
  readonly url: string;
  readonly log: Log;
  readonly limits?: Partial<SubgraphLimits>;
}

/** Asks one subgraph over kept-alive connections. Whatever goes wrong there is SUBGRAPH_UNAVAILABLE with its name; the log has the rest. */
export class SubgraphSource implements GraphQLDataSource<GatewayContext> {
  private readonly pool: Pool;
  private readonly path: string;
  private readonly limits: SubgraphLimits;

  constructor(private readonly parts: SubgraphSourceParts) {
    const { origin, pathname } = new URL(parts.url);
    this.limits = { ...usualSubgraphLimits, ...parts.limits };
    this.path = pathname;
    this.pool = new Pool(origin, {
      connections: this.limits.connections,
      keepAliveTimeout: 30_000,
      connect: { timeout: 2_000 },
      headersTimeout: this.limits.answerMilliseconds,
      bodyTimeout: this.limits.answerMilliseconds,
      maxResponseSize: this.limits.answerBytes,
    });
  }

  /** Sends one fetch of a plan. Throws SUBGRAPH_UNAVAILABLE; errors inside an answer come back cleaned. */
  async process(options: GraphQLDataSourceProcessOptions<GatewayContext>): Promise<GatewayGraphQLResponse> {
    const context = options.context as GatewayContext;
    try {
      await reach('gateway.before-forward');
      const { data, errors } = await this.ask(options.request, context);
      await reach('gateway.forwarded-before-answer');
      return { data, ...(errors ? { errors: errors.map((error) => this.cleaned(error)) } : {}) };
    } catch (error) {
      this.parts.log.warn({ event: 'subgraph.unavailable', subgraph: this.parts.name, requestId: context.requestId, ...tellable(error) });
      throw publicError('SUBGRAPH_UNAVAILABLE', `${this.parts.name} does not answer now; its part is missing here.`, { subgraph: this.parts.name });
    }
  }

  /** Gives the connections back. */
  close(): Promise<void> {
    return this.pool.destroy();
  }

  private async ask({ query, variables }: { query?: string; variables?: object }, context: GatewayContext): Promise<SubgraphAnswer> {
    const response = await this.pool.request({
      path: this.path,
      method: 'POST',
      headers: identityHeaders(context),
      body: JSON.stringify({ query, variables }),
      // Beside undici's own timers: a body that trickles would restart those with every byte.
      signal: AbortSignal.timeout(this.limits.answerMilliseconds),
    });
    const contentType = String(response.headers['content-type'] ?? '');
    const text = await response.body.text();
    if (!contentType.startsWith('application/json') && !contentType.startsWith('application/graphql-response+json')) {
      throw new Error(`expected JSON, found status ${response.statusCode}`);
    }
    const answer = answerOf(parseSafely(text));
    const asked = (variables as { representations?: unknown[] } | undefined)?.representations?.length;
    if (asked !== undefined && answer.data && !isListOf(answer.data['_entities'], asked)) throw new Error(`expected ${asked} entities`);
    return answer;
  }

  /** Keeps a known code with its message; anything else becomes INTERNAL without one. */
  private cleaned({ message, path, extensions = {} }: GraphQLFormattedError): GraphQLFormattedError {
    const subgraph = this.parts.name;
    const where = path ? { path } : {};
    const code = extensions['code'];
    if (!isErrorCode(code)) return { message: `${subgraph} could not answer this part.`, ...where, extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph } };
    return { message: String(message).slice(0, 500), ...where, extensions: { code, ...detailsOf(extensions), subgraph } };
  }
}

interface SubgraphAnswer {
  readonly data?: Record<string, unknown> | null;
  readonly errors?: readonly GraphQLFormattedError[];
}

const isRecord = (value: unknown): value is Record<string, unknown> => typeof value === 'object' && value !== null && !Array.isArray(value);

const isListOf = (value: unknown, length: number): boolean => Array.isArray(value) && value.length === length;

/** Checks that an answer has the shape of a GraphQL answer. */
function answerOf(body: unknown): SubgraphAnswer {
  if (!isRecord(body)) throw new Error('expected an object with data or errors');
  const { data, errors } = body;
  if (data !== undefined && data !== null && !isRecord(data)) throw new Error('expected data to be an object');
  if (errors !== undefined && !(Array.isArray(errors) && errors.every(isRecord))) throw new Error('expected errors to be a list of objects');
  if (data === undefined && errors === undefined) throw new Error('expected data or errors');
  return { data: data as SubgraphAnswer['data'], errors: errors as SubgraphAnswer['errors'] };
}
