import type { GraphQLDataSource, GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import type { GatewayGraphQLResponse } from '@apollo/server-gateway-interface';
import { reach } from '@lianfang/database';
import { detailsOf, isErrorCode, publicError, tellable, type Log } from '@lianfang/subgraph';
import type { GraphQLFormattedError } from 'graphql';
import { BoundedCache } from './bounded-cache';
import { askedBy, isAbout, keepAsked, type Asked } from './execution/asked-fields';
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
  /** What documents ask for that Apollo's own executor sends; ours has read its documents itself. */
  private readonly asked = new BoundedCache<Asked>(100);

  constructor(private readonly parts: SubgraphSourceParts) {}

  /** Sends one fetch of a plan for Apollo's own executor. See `fetch`. */
  process({ request: { query, variables }, context }: GraphQLDataSourceProcessOptions<GatewayContext>): Promise<GatewayGraphQLResponse> {
    const representations: unknown = variables?.['representations'];
    const asked = this.asked.get(query ?? '', () => askedBy(query ?? ''));
    return this.fetch({ body: JSON.stringify({ query, variables }), asked, entities: Array.isArray(representations) ? representations : undefined }, context as GatewayContext);
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

  private async ask({ body, asked, entities }: SubgraphRequest, context: GatewayContext): Promise<SubgraphAnswer> {
    const { status, contentType, text } = await this.parts.connection.post(body, identityHeaders(context));
    if (!contentType.startsWith('application/json') && !contentType.startsWith('application/graphql-response+json')) throw new Error(`expected JSON, found status ${status}`);
    const answer = answerOf(parseSafely(text));
    keepAsked(answer.data, asked.fields);
    return entities && answer.data ? withoutOthers(answer, answer.data['_entities'], { asked, entities }) : answer;
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

/** Leaves out entities that are others than those asked for; refuses more or fewer. */
function withoutOthers(answer: SubgraphAnswer, given: unknown, { asked, entities }: { readonly asked: Asked; readonly entities: readonly unknown[] }): SubgraphAnswer {
  if (!Array.isArray(given) || given.length !== entities.length) throw new Error(`expected ${entities.length} entities`);
  const others = given.flatMap((entity, place) => (isAbout(entity, entities[place], asked.identity) ? [] : [place]));
  if (others.length === 0) return answer;
  for (const place of others) given[place] = null;
  return { data: answer.data, errors: [...(answer.errors ?? []), ...others.map((place) => ({ message: '', path: ['_entities', place] }))] };
}

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
