/* Apollo's gateway on express as its guides set it up: the token proven with jose and forwarded. Proven tokens are remembered, as ours are. */
import { readFileSync } from 'node:fs';
import { createServer } from 'node:http';
import { ApolloGateway, RemoteGraphQLDataSource } from '@apollo/gateway';
import { ApolloServer } from '@apollo/server';
import { expressMiddleware } from '@as-integrations/express5';
import express from 'express';
import { createRemoteJWKSet, jwtVerify } from 'jose';
import { audience, issuer, keySet, port, supergraph } from './setting.mjs';

class Forwarding extends RemoteGraphQLDataSource {
  willSendRequest({ request, context }) {
    if (context.authorization) request.http.headers.set('authorization', context.authorization);
  }
}

const keys = createRemoteJWKSet(new URL(keySet));
const proven = new Map();

async function prove(request, response, next) {
  const { authorization = '' } = request.headers;
  const token = authorization.replace(/^Bearer /, '');
  try {
    if (!((proven.get(token) ?? 0) > Date.now())) proven.set(token, (await jwtVerify(token, keys, { issuer, audience, algorithms: ['RS256'] })).payload.exp * 1000);
    next();
  } catch {
    response.status(401).json({ errors: [{ message: 'no token that holds' }] });
  }
}

const gateway = new ApolloGateway({ supergraphSdl: readFileSync(supergraph, 'utf8'), buildService: ({ url }) => new Forwarding({ url }) });
const server = new ApolloServer({ gateway, introspection: false });
await server.start();
const app = express();
app.use('/graphql', prove, express.json({ limit: '1mb' }), expressMiddleware(server, { context: async ({ req }) => ({ authorization: req.headers.authorization }) }));
createServer(app).listen(port, '127.0.0.1', () => process.send({ port }));
