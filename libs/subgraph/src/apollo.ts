import { ApolloServer, type ApolloServerOptions, type ApolloServerPlugin, type BaseContext } from '@apollo/server';
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginInlineTraceDisabled, ApolloServerPluginLandingPageDisabled, ApolloServerPluginSchemaReportingDisabled, ApolloServerPluginUsageReportingDisabled } from '@apollo/server/plugin/disabled';
import type { GraphQLSchema, ValidationRule } from 'graphql';
import { errorFormatter } from './format-error';
import type { Log } from './log';
import { nodeLimit } from './node-limit';

/** Longest document, in lexical tokens; a longer one answers 400 before it is parsed to its end. */
export const MOST_TOKENS = 4_000;

/** What distinguishes one server of ours from another. */
export interface ApolloParts<Context extends BaseContext> {
  /** A schema to execute, or a gateway that plans and asks. */
  readonly serves: { readonly schema: GraphQLSchema } | { readonly gateway: NonNullable<ApolloServerOptions<Context>['gateway']> };
  readonly log: Log;
  /** Introspection and GraphiQL are for development. */
  readonly development: boolean;
  readonly plugins?: readonly ApolloServerPlugin<Context>[];
  readonly validationRules?: readonly ValidationRule[];
}

/** Apollo Server with the house's settings: nothing leaves the machine, nothing is guessed, no batches, no persisted queries by hash. */
export async function startApollo<Context extends BaseContext>({ serves, log, development, plugins = [], validationRules = [] }: ApolloParts<Context>): Promise<ApolloServer<Context>> {
  const quiet = (level: 'debug' | 'warn' | 'error') => (message: unknown): void => log[level]({ event: `apollo.${level}`, told: String(message).slice(0, 400) });
  const apollo = new ApolloServer<Context>({
    ...(serves as { schema: GraphQLSchema }),
    introspection: development,
    csrfPrevention: true,
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: !development,
    stopOnTerminationSignals: false,
    parseOptions: { maxTokens: MOST_TOKENS },
    validationRules: [nodeLimit, ...validationRules],
    formatError: errorFormatter(log),
    logger: { debug: () => undefined, info: quiet('debug'), warn: quiet('warn'), error: quiet('error') },
    plugins: [
      ...plugins,
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      ApolloServerPluginSchemaReportingDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginCacheControlDisabled(),
    ],
  });
  await apollo.start();
  return apollo;
}
