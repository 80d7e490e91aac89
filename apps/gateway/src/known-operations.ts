import type { ApolloGateway } from '@apollo/gateway';
import type { GatewayExecutionResult, GatewayExecutor, GatewayInterface } from '@apollo/server-gateway-interface';
import { requestError, type Asked } from '@lianfang/subgraph';
import { buildASTSchema, parse, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import { BoundedCache } from './bounded-cache';
import { isTree, type Tree } from './execution/plan';
import { leftOut, prepareOperation, type Planned, type PreparedOperation } from './execution/prepared-operation';
import type { Source } from './execution/run-plan';
import type { GatewayContext } from './forward-identity';

/** Longest document that is remembered, in characters; longer ones are measured and run by Apollo every time. */
export const LONGEST_REMEMBERED = 20_000;

/** Characters of all documents whose operations are kept prepared, a thousand added to each for what every operation takes: about a thousand documents of ours. */
const MOST_CHARACTERS = 2_000_000;

/** What came of a run that Apollo Server has to tell, because something went wrong. */
export type Outcome = { readonly result: GatewayExecutionResult } | { readonly thrown: unknown };

/**
 * Operations that Apollo has parsed, validated and planned once. From the second time on they run without it, over the same plan;
 * only what went wrong is handed to Apollo Server, so that errors look the same on both ways.
 */
export class KnownOperations {
  private readonly known = new BoundedCache<PreparedOperation | null>(MOST_CHARACTERS, (key) => key.length + 1_000);
  private schema: GraphQLSchema | undefined;
  private readonly supergraphSchema: GraphQLSchema;

  constructor(supergraph: string, private readonly sources: ReadonlyMap<string, Source>) {
    this.supergraphSchema = buildASTSchema(parse(supergraph, { noLocation: true }), { assumeValid: true, assumeValidSDL: true });
  }

  /** Learns an operation from the plan that Apollo has just made for it. */
  learn(source: string, operationName: string | undefined, planned: Planned): void {
    const key = keyOf(source, operationName);
    if (!this.schema || source.length > LONGEST_REMEMBERED || this.known.find(key) !== undefined) return;
    this.known.keep(key, prepareOperation(planned, { schema: this.schema, supergraphSchema: this.supergraphSchema, sources: this.sources }) ?? null);
  }

  /** The data of a known operation. Gives nothing when Apollo Server must answer: with what came of the run, when there was one. */
  async recall({ query, operationName, variables, extensions }: Asked, context: GatewayContext): Promise<Tree | undefined> {
    if (typeof query !== 'string' || extensions !== undefined || !isName(operationName) || !areVariables(variables)) return undefined;
    const prepared = this.known.find(keyOf(query, operationName ?? undefined));
    const given = variables ?? {};
    if (!prepared?.accepts(given)) return undefined;
    try {
      const result = await prepared.run(given, context);
      if (result.data && !result.errors) return result.data;
      context.outcome = { result };
    } catch (thrown) {
      context.outcome = { thrown };
    }
    return undefined;
  }

  /** Apollo's gateway as Apollo Server sees it: it does not run again what has been run. */
  behind(gateway: ApolloGateway): GatewayInterface {
    return {
      onSchemaLoadOrUpdate: (listener) => gateway.onSchemaLoadOrUpdate(listener),
      stop: () => gateway.stop(),
      load: async (options) => {
        const { schema, executor } = await gateway.load(options);
        this.schema = schema;
        return { executor: onlyOnce(withoutExtensions(executor)) };
      },
    };
  }
}

/** No document holds a NUL. */
const keyOf = (source: string, operationName: string | undefined): string => (operationName === undefined ? source : `${operationName}\u0000${source}`);

const isName = (name: unknown): name is string | null | undefined => name === undefined || name === null || (typeof name === 'string' && name !== '');

const areVariables = (variables: unknown): variables is Tree | null | undefined => variables === undefined || variables === null || isTree(variables);

const onlyOnce =
  (execute: GatewayExecutor): GatewayExecutor =>
  async (requestContext) => {
    const { outcome } = requestContext.context as GatewayContext;
    // Apollo's gateway throws an error of composition for it, which would be told as an incident.
    if (!(requestContext.operation as OperationDefinitionNode | undefined)) throw requestError('OPERATION_RESOLUTION_FAILURE', 'The document has no operation of this name, or several and no name is given.');
    if (!outcome) return execute(requestContext);
    if ('thrown' in outcome) throw outcome.thrown;
    return outcome.result;
  };

/** The executor with one kind of error for what it leaves out: values of the wrong shape would otherwise vanish into an extension. */
export const withoutExtensions =
  (execute: GatewayExecutor): GatewayExecutor =>
  async (requestContext) => {
    const { data, errors, extensions } = await execute(requestContext);
    const misshapen: readonly { readonly path?: readonly (string | number)[] }[] = extensions?.['valueCompletion'] ?? [];
    const all = [...(errors ?? []), ...misshapen.map(({ path }) => leftOut(path))];
    return all.length > 0 ? { data, errors: all } : { data };
  };
