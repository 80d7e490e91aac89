import { createHash } from 'node:crypto';
import { ApolloGateway } from '@apollo/gateway';
import type { GatewayExecutionResult, GatewayGraphQLRequestContext } from '@apollo/server-gateway-interface';
import { openLog } from '@lianfang/subgraph';
import { GraphQLError, buildASTSchema, parse, validate, type GraphQLSchema } from 'graphql';
import { keepTelemetryHome } from '../config';
import { SubgraphSource } from '../data-source';
import type { GatewayContext } from '../forward-identity';
import { withoutExtensions } from '../known-operations';
import { Dice } from '../testing/dice';
import { FaultySubgraph } from '../testing/faulty-subgraph';
import { randomDocument, type RandomDocument } from '../testing/random-document';
import { worlds, type World } from '../testing/worlds';
import { prepareOperation, type Planned } from './prepared-operation';

const log = openLog({ app: 'spec', level: 'silent' });
const context: GatewayContext = { caller: null, authorization: undefined, requestId: 'spec' };
const silent = { debug: () => undefined, info: () => undefined, warn: () => undefined, error: () => undefined };

/** Apollo's executor and ours before the same subgraphs. */
async function openRehearsal({ supergraph, subgraphs: schemas }: World, percent: number) {
  keepTelemetryHome();
  let seed = 0;
  const subgraphs = new Map(Object.entries(schemas).map(([name, sdl]) => [name, new FaultySubgraph(sdl, () => seed, { percent })]));
  const sources = new Map([...subgraphs].map(([name, connection]) => [name, new SubgraphSource({ name, connection, log })]));
  let planned: Planned | undefined;
  const gateway = new ApolloGateway({
    supergraphSdl: supergraph, __exposeQueryPlanExperimental: false, logger: silent,
    experimental_didResolveQueryPlan: ({ queryPlan, operationContext }) => void (planned = { ...operationContext, plan: queryPlan.node }),
    buildService: ({ name }) => sources.get(name) ?? fail(name),
  });
  const { schema, executor } = await gateway.load();
  const supergraphSchema = buildASTSchema(parse(supergraph), { assumeValid: true, assumeValidSDL: true });
  const apollos = withoutExtensions(executor);
  const takeAsked = async (): Promise<string[]> => {
    // One branch of a plan may have failed the whole while others still go on: they end within this turn.
    await new Promise(setImmediate);
    return [...subgraphs].flatMap(([name, { asked }]) => asked.splice(0).map((body) => `${name} ${body}`)).sort();
  };
  return {
    schema,
    close: () => gateway.stop(),
    /** What both give for a document: undefined from ours when it leaves the document to Apollo's. */
    async compare({ document, variables }: RandomDocument, nextSeed: number) {
      seed = nextSeed;
      const apollo = { told: await toldBy(() => apollos(requestOf(schema, { document, variables }))), asked: await takeAsked() };
      const prepared = planned && prepareOperation(planned, { schema, supergraphSchema, sources });
      if (!prepared) return { apollo, ours: undefined };
      return { apollo, ours: { told: await toldBy(() => prepared.run(variables, context)), asked: await takeAsked() } };
    },
  };
}

const fail = (name: string): never => {
  throw new Error(`no subgraph ${name}`);
};

const requestOf = (schema: GraphQLSchema, { document, variables }: RandomDocument): GatewayGraphQLRequestContext =>
  ({ request: { query: document, variables }, document: parse(document), source: document, queryHash: createHash('sha256').update(document).digest('hex'), schema, context, logger: silent, metrics: {} }) as unknown as GatewayGraphQLRequestContext;

/**
 * What a caller would be told, byte for byte: data, and errors with message, place and code; what has no code is an incident.
 * Agencies that are asked at the same time fail in any order, so the errors are compared without one.
 */
async function toldBy(execute: () => Promise<GatewayExecutionResult>): Promise<string> {
  try {
    const { data, errors } = await execute();
    return JSON.stringify({ data, errors: errors?.map((error) => JSON.stringify(toldOf(error))).sort() }, null, 1);
  } catch {
    return 'an incident for the whole';
  }
}

function toldOf(error: unknown): unknown {
  if (!(error instanceof GraphQLError) || error.extensions['code'] === undefined) return 'an incident';
  const { code, subgraph, incident } = error.extensions;
  return { message: error.message, path: error.path, code, subgraph, incident };
}

/** Documents per world and share of broken answers; thousands were compared when the executor was written. */
const ROUNDS = 25;

describe.each(Object.keys(worlds))('in the world of %s, an operation that is run again without Apollo', (name) => {
  it.each([0, 30, 100])('answers as Apollo does and asks the same of the agencies, %i %% of whose answers are broken', async (percent) => {
    const world = worlds[name]?.() ?? fail(name);
    const rehearsal = await openRehearsal(world, percent);
    const counts = { compared: 0, left: 0, invalid: 0, failing: 0, hopping: 0 };

    for (let seed = percent * 100_000; counts.compared + counts.left < ROUNDS; seed += 1) {
      const random = randomDocument(rehearsal.schema, new Dice(seed), world.favourites);
      if (validate(rehearsal.schema, parse(random.document)).length > 0) {
        counts.invalid += 1;
        continue;
      }
      const { apollo, ours } = await rehearsal.compare(random, seed);
      if (ours) {
        expect({ seed, ...random, ...ours }).toEqual({ seed, ...random, ...apollo });
        counts.compared += 1;
        if (apollo.told.includes('incident') || apollo.told.includes('"errors"')) counts.failing += 1;
        if (apollo.asked.some((body) => body.includes('_entities'))) counts.hopping += 1;
      } else counts.left += 1;
    }
    await rehearsal.close();

    // That the comparison is one: few documents are left to Apollo, many hop between agencies, and many fail.
    expect(counts.left).toBeLessThan(ROUNDS / 5);
    expect(counts.hopping).toBeGreaterThan(percent < 100 ? ROUNDS / 10 : 0);
    expect(counts.failing).toBeGreaterThan(percent > 0 ? ROUNDS / 10 : -1);
  });
});
