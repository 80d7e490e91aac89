import { readFileSync } from 'node:fs';
import { ApolloGateway, RemoteGraphQLDataSource, type GraphQLDataSourceProcessOptions } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { startStandaloneServer } from '@apollo/server/standalone';

interface Forwarded {
  readonly authorization?: string;
}

/** Forwards the caller's token, as every guide to the stock gateway shows. */
class Forwarding extends RemoteGraphQLDataSource<Forwarded> {
  override willSendRequest({ request, context }: GraphQLDataSourceProcessOptions<Forwarded>): void {
    if (context.authorization) request.http?.headers.set('authorization', context.authorization);
  }
}

/** The stock gateway as its guides set it up, without a token check of its own: what ours is compared with. Arguments: port, supergraph file. */
async function main(): Promise<void> {
  const [port = '0', file = ''] = process.argv.slice(2);
  const gateway = new ApolloGateway({ supergraphSdl: readFileSync(file, 'utf8'), buildService: ({ url }) => new Forwarding({ url }) });
  const server = new ApolloServer<Forwarded>({ gateway, introspection: false });
  await startStandaloneServer(server, { listen: { port: Number(port), host: '127.0.0.1' }, context: async ({ req }) => ({ authorization: req.headers.authorization }) });
  process.stdout.write('ready\n');
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exit(1);
});
