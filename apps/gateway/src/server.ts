import { ApolloGateway } from '@apollo/gateway';
import type { GatewayExecutor, GatewayInterface } from '@apollo/server-gateway-interface';
import { startApollo, startGraphqlServer, type Authenticate, type Log, type Metrics, type RunningServer, type ServerLimits } from '@lianfang/subgraph';
import { GraphQLError } from 'graphql';
import { openGatewayContext, requireCaller } from './authenticate';
import { BoundedCache } from './bounded-cache';
import { keepTelemetryHome } from './config';
import { SubgraphSource, type SubgraphLimits } from './data-source';
import type { GatewayContext } from './forward-identity';
import { admitDocument, checkPageSizes, type AdmittedDocument } from './query-limits';

/** What a running gateway is made from. */
export interface GatewayParts {
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** The supergraph with real addresses. */
  readonly supergraph: string;
  readonly authenticate: Authenticate;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly development: boolean;
  /** Origins of browsers that may call. */
  readonly origins: readonly string[];
  readonly limits?: Partial<ServerLimits>;
  readonly subgraphLimits?: Partial<SubgraphLimits>;
}

/** Starts the gateway. It needs no subgraph to be up: what is missing is missing in the answers. */
export async function startGateway(parts: GatewayParts): Promise<RunningServer> {
  const { log, development } = parts;
  keepTelemetryHome();
  const sources: SubgraphSource[] = [];
  const gateway = new ApolloGateway({
    supergraphSdl: parts.supergraph,
    __exposeQueryPlanExperimental: false,
    logger: silent,
    buildService({ name, url = '' }) {
      const source = new SubgraphSource({ name, url, log, limits: parts.subgraphLimits });
      sources.push(source);
      return source;
    },
  });
  const apollo = await startApollo<GatewayContext>({ serves: { gateway: shaped(gateway) }, log, development });
  const running = await startGraphqlServer<GatewayContext>({
    ...parts,
    name: 'Lianfang 联防',
    apollo,
    open: async (request, requestId) => ({ context: await openGatewayContext(parts, request, requestId) }),
    admit: admission(),
    // Ready without its subgraphs: each says itself whether it is.
    checks: {},
  });
  return {
    ...running,
    async drain() {
      await running.drain();
      await Promise.all(sources.map((source) => source.close()));
    },
  };
}

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** Longest document that is remembered, in characters; longer ones are measured every time. */
const LONGEST_REMEMBERED = 20_000;

/** The gate before Apollo Server: bounds are reckoned once per document, page sizes and the caller every time. */
function admission(): (asked: { readonly query?: unknown; readonly variables?: unknown }, context: GatewayContext) => void {
  const known = new BoundedCache<AdmittedDocument | null>(1_000);
  return ({ query, variables }, context) => {
    if (typeof query !== 'string') return requireCaller(context, undefined);
    const measure = (): AdmittedDocument | null => admitDocument(query) ?? null;
    const document = query.length > LONGEST_REMEMBERED ? measure() : known.get(query, measure);
    requireCaller(context, document ?? undefined);
    if (document) checkPageSizes(document, variables);
  };
}

/** Apollo's gateway with one kind of error for what it leaves out: values of the wrong shape would otherwise vanish into an extension. */
function shaped(gateway: ApolloGateway): GatewayInterface {
  return {
    onSchemaLoadOrUpdate: (listener) => gateway.onSchemaLoadOrUpdate(listener),
    stop: () => gateway.stop(),
    async load(options) {
      const { executor } = await gateway.load(options);
      return { executor: withoutExtensions(executor) };
    },
  };
}

/** The executor, answering an error with a path for every value that a subgraph gave in the wrong shape. */
const withoutExtensions =
  (execute: GatewayExecutor): GatewayExecutor =>
  async (requestContext) => {
    const { data, errors, extensions } = await execute(requestContext);
    const misshapen: readonly GraphQLError[] = extensions?.['valueCompletion'] ?? [];
    const told = misshapen.map(({ path }) => new GraphQLError('An agency gave this part in the wrong shape; it is left out.', { path, extensions: { code: 'SUBGRAPH_UNAVAILABLE' } }));
    const all = [...(errors ?? []), ...told];
    return all.length > 0 ? { data, errors: all } : { data };
  };
