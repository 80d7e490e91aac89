import type { IncomingMessage } from 'node:http';
import type { Caller, Clock } from '@lianfang/vocabulary';
import { GraphQLError, type GraphQLSchema } from 'graphql';
import { startApollo } from './apollo';
import { requestError } from './error-codes';
import { startGraphqlServer, type RunningServer, type ServerLimits } from './graphql-server';
import type { Log } from './log';
import type { Metrics } from './metrics';
import type { Check } from './readiness';
import { openContext, type CallerDoors, type RequestContext } from './request-context';

/** Proves the caller from the `Authorization` header, the only header that says who calls. Throws when the token does not hold. */
export type Authenticate = (authorization: string | undefined) => Promise<{ readonly caller: Caller }>;

/** What a running subgraph is made from. */
export interface SubgraphServerParts {
  /** The agency's word, as in `police`. */
  readonly name: string;
  readonly host: string;
  /** 0 lets the system choose. */
  readonly port: number;
  /** From `buildSubgraph`. */
  readonly schema: GraphQLSchema;
  readonly database: CallerDoors;
  readonly authenticate: Authenticate;
  readonly clock: Clock;
  readonly checks: Readonly<Record<string, Check>>;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly development: boolean;
  readonly limits?: Partial<ServerLimits>;
}

/** A little more at once than the pool has connections: whoever waits, waits in the line, where what is urgent goes first, and not in the pool. */
const subgraphLimits: Partial<ServerLimits> = { atOnce: 16, reserved: 8 };

/** Starts a subgraph: every request is a proven caller's, reads in one transaction, and leaves nothing open. */
export async function startSubgraph(parts: SubgraphServerParts): Promise<RunningServer> {
  const { schema, log, development, authenticate, clock, database } = parts;
  const apollo = await startApollo<RequestContext>({ serves: { schema }, log, development });
  return startGraphqlServer<RequestContext>({
    ...parts,
    limits: { ...subgraphLimits, ...parts.limits },
    name: `Lianfang · ${parts.name}`,
    apollo,
    requestIdOf,
    open: async (request, requestId) => {
      const caller = await prove(authenticate, request);
      return { ...openContext({ caller, clock, requestId, database }), caller: caller.id };
    },
  });
}

/** The token holds, but nobody has given its holder powers that hold: signing in again would not help. */
const withoutPowers: ReadonlySet<string> = new Set(['NO_ROLE', 'ROLES_CONFLICT', 'WRONG_AGENCY', 'UNIT_MISSING', 'INSTITUTION_MISSING']);

/** Proves the caller of a request, or refuses it with UNAUTHENTICATED (no token that holds) or FORBIDDEN (no powers); an identity provider that is away is UNAVAILABLE. */
export async function prove(authenticate: Authenticate, request: IncomingMessage): Promise<Caller> {
  try {
    return (await authenticate(request.headers.authorization)).caller;
  } catch (error) {
    if (error instanceof GraphQLError) throw error;
    const code: unknown = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'IDENTITY_UNREACHABLE') throw requestError('UNAVAILABLE', 'The identity provider does not answer; try again.');
    if (typeof code !== 'string') throw error;
    if (withoutPowers.has(code)) throw requestError('FORBIDDEN', 'Your account has no role here; ask your agency\'s security administrator.', { reason: code });
    throw requestError('UNAUTHENTICATED', 'The request carries no token that holds; sign in again.', { reason: code });
  }
}

/** The gateway's id of the request, so that the log lines of both can be joined; it decides nothing. */
function requestIdOf(request: IncomingMessage): string {
  const given = request.headers['x-request-id'];
  return typeof given === 'string' && /^[0-9a-f-]{36}$/.test(given) ? given : crypto.randomUUID();
}
