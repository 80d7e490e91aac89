import { ApolloGateway } from '@apollo/gateway';
import { startApollo, startGraphqlServer, type Authenticate, type Log, type Metrics, type RunningServer, type ServerLimits } from '@lianfang/subgraph';
import { openGatewayContext, requireCaller } from './authenticate';
import { BoundedCache } from './bounded-cache';
import { keepTelemetryHome } from './config';
import { SubgraphSource } from './data-source';
import type { GatewayContext } from './forward-identity';
import { KnownOperations, LONGEST_REMEMBERED } from './known-operations';
import { admitDocument, checkPageSizes, type AdmittedDocument } from './query-limits';
import { SubgraphConnection, usualSubgraphLimits, type SubgraphLimits } from './subgraph-connection';

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
  const sources = new Map<string, SubgraphSource>();
  const known = new KnownOperations(parts.supergraph, sources);
  const gateway = new ApolloGateway({
    supergraphSdl: parts.supergraph,
    __exposeQueryPlanExperimental: false,
    logger: silent,
    experimental_didResolveQueryPlan({ queryPlan, operationContext, requestContext }) {
      known.learn(requestContext.source, requestContext.request.operationName, { ...operationContext, plan: queryPlan.node });
    },
    buildService({ name, url = '' }) {
      const source = new SubgraphSource({ name, log, connection: new SubgraphConnection(url, { ...usualSubgraphLimits, ...parts.subgraphLimits }) });
      sources.set(name, source);
      return source;
    },
  });
  const apollo = await startApollo<GatewayContext>({ serves: { gateway: known.behind(gateway) }, log, development });
  const running = await startGraphqlServer<GatewayContext>({
    ...parts,
    name: 'Lianfang 联防',
    apollo,
    open: (request, requestId) => openGatewayContext(parts, request, requestId).then((context) => ({ context, caller: context.caller?.id })),
    admit: admission(),
    recall: (asked, context) => known.recall(asked, context),
    // Ready without its subgraphs: each says itself whether it is.
    checks: {},
  });
  return {
    ...running,
    async drain() {
      await running.drain();
      await Promise.all([...sources.values()].map((source) => source.close()));
    },
  };
}

const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

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
