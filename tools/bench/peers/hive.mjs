/* Hive's gateway as its guides set it up: the token proven by its own plug-in, which keeps the key set, and forwarded. */
import { createServer } from 'node:http';
import { readFileSync } from 'node:fs';
import { createGatewayRuntime, createRemoteJwksSigningKeyProvider, extractFromHeader } from '@graphql-hive/gateway';
import { audience, issuer, keySet, port, supergraph } from './setting.mjs';

const gateway = createGatewayRuntime({
  supergraph: readFileSync(supergraph, 'utf8'),
  logging: false,
  maskedErrors: true,
  landingPage: false,
  graphiql: false,
  healthCheckEndpoint: '/livez',
  jwt: {
    tokenLookupLocations: [extractFromHeader({ name: 'authorization', prefix: 'Bearer' })],
    signingKeyProviders: [createRemoteJwksSigningKeyProvider({ jwksUri: keySet })],
    tokenVerification: { issuer, audience, algorithms: ['RS256'] },
    reject: { missingToken: true, invalidToken: true },
  },
  propagateHeaders: { fromClientToSubgraphs: ({ request }) => ({ authorization: request.headers.get('authorization') ?? '' }) },
});
createServer(gateway).listen(port, '127.0.0.1', () => process.send({ port }));
