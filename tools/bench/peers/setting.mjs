/** What a peer is started with, as the benchmark passes it. */
export const { port, supergraph, issuer, audience } = JSON.parse(process.argv[2] ?? '{}');

export const keySet = `${issuer}/protocol/openid-connect/certs`;
