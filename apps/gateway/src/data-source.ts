import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import type { GatewayGraphQLResponse } from '@apollo/server-gateway-interface';
import { reach } from '@lianfang/database';
import { detailsOf, isErrorCode, publicError, tellable, type Log } from '@lianfang/subgraph';
import type { GraphQLFormattedError } from 'graphql';
import type { Source, SubgraphAnswer, SubgraphRequest } from './execution/run-plan';
import { isTree } from './execution/plan';
import { identityHeaders, type GatewayContext } from './forward-identity';
import { parseSafely } from './parse-safely';
import type { SubgraphConnection } from './subgraph-connection';

/** Which subgraph is asked and how to tell about it. */
export interface SubgraphSourceParts {
  readonly name: string;
  readonly connection: Pick<SubgraphConnection, 'post' | 'close'>;
  readonly log: Log;
}

/** Asks one subgraph. Whatever goes wrong there is SUBGRAPH_UNAVAILABLE with its name; the log has the rest. */
export class SubgraphSource implements GraphQLDataSource<GatewayContext>, Source {
  constructor(private readonly parts: SubgraphSourceParts) {}

  /** Sends one fetch of a plan for Apollo's own executor. See `fetch`. */
  process({ request: { query, variables }, context }: GraphQLDataSourceProcessOptions<GatewayContext>): Promise<GatewayGraphQLResponse> {
    const representations: unknown = variables?.['representations'];
    return this.fetch({ body: JSON.stringify({ query, variables }), entities: Array.isArray(representations) ? representations.length : undefined }, context as GatewayContext);
  }

  /** Sends one fetch of a plan. Throws SUBGRAPH_UNAVAILABLE; errors inside an answer come back cleaned. */
  async fetch(request: SubgraphRequest, context: GatewayContext): Promise<SubgraphAnswer> {
    try {
      await reach('gateway.before-forward');
      const { data, errors } = await this.ask(request, context);
      await reach('gateway.forwarded-before-answer');
      return errors ? { data, errors: errors.map((error) => this.cleaned(error)) } : { data };
    } catch (error) {
      this.parts.log.warn({ event: 'subgraph.unavailable', subgraph: this.parts.name, requestId: context.requestId, ...tellable(error) });
      throw publicError('SUBGRAPH_UNAVAILABLE', `${this.parts.name} does not answer now; its part is missing here.`, { subgraph: this.parts.name });
    }
  }

  /** Gives the connections back. */
  close(): Promise<void> {
    return this.parts.connection.close();
  }

  private async ask({ body, entities }: SubgraphRequest, context: GatewayContext): Promise<SubgraphAnswer> {
    const { status, contentType, text } = await this.parts.connection.post(body, identityHeaders(context));
    if (!contentType.startsWith('application/json') && !contentType.startsWith('application/graphql-response+json')) throw new Error(`expected JSON, found status ${status}`);
    const answer = answerOf(parseSafely(text));
    if (entities !== undefined && answer.data && !isListOf(answer.data['_entities'], entities)) throw new Error(`expected ${entities} entities`);
    return answer;
  }

  /** Keeps a known code with its message; anything else becomes INTERNAL without one. */
  private cleaned({ message, path, extensions }: GraphQLFormattedError): GraphQLFormattedError {
    const subgraph = this.parts.name;
    const where = isPath(path) ? { path } : {};
    const code = isTree(extensions) ? extensions['code'] : undefined;
    if (!isErrorCode(code) || !message) return { message: `${subgraph} could not answer this part.`, ...where, extensions: { code: 'SUBGRAPH_UNAVAILABLE', subgraph } };
    return { message: String(message).slice(0, 500), ...where, extensions: { code, ...detailsOf(extensions ?? {}), subgraph } };
  }
}

const isListOf = (value: unknown, length: number): boolean => Array.isArray(value) && value.length === length;

const isPath = (value: unknown): value is readonly (string | number)[] => Array.isArray(value) && value.every((step) => typeof step === 'string' || typeof step === 'number');

/** Checks that an answer has the shape of a GraphQL answer. */
function answerOf(body: unknown): SubgraphAnswer {
  if (!isTree(body)) throw new Error('expected an object with data or errors');
  const { data, errors } = body;
  if (data !== undefined && data !== null && !isTree(data)) throw new Error('expected data to be an object');
  if (errors !== undefined && !(Array.isArray(errors) && errors.every(isTree))) throw new Error('expected errors to be a list of objects');
  if (data === undefined && errors === undefined) throw new Error('expected data or errors');
  return { data, errors: errors as readonly GraphQLFormattedError[] | undefined };
}
