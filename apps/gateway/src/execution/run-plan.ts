import { GraphQLError, type GraphQLFormattedError, type GraphQLSchema } from 'graphql';
import type { GatewayContext } from '../forward-identity';
import { askedBy, type Asked } from './asked-fields';
import { merge } from './merge';
import { placesOf, valuesAt } from './places';
import { ownField, type ConditionNode, type FetchNode, type PlanNode, type Tree } from './plan';
import { representer } from './representation';

/** One request to a subgraph, as a source sends it. */
export interface SubgraphRequest {
  /** The whole body: JSON of `query` and `variables`. */
  readonly body: string;
  /** What its document asks for; nothing else of the answer is believed. */
  readonly asked: Asked;
  /** The entities that are asked for, by their keys; undefined when the root is. */
  readonly entities: readonly unknown[] | undefined;
}

/** What a subgraph answered, its errors already cleaned. */
export interface SubgraphAnswer {
  readonly data?: Tree | null;
  readonly errors?: readonly GraphQLFormattedError[];
}

/** What asks one subgraph. Throws the error that stands for all of the answer. */
export interface Source {
  fetch(request: SubgraphRequest, context: GatewayContext): Promise<SubgraphAnswer>;
}

/** One run of a plan. */
export interface Run {
  readonly context: GatewayContext;
  readonly variables: Readonly<Record<string, unknown>>;
  /** All that is known so far; fetches write into it. */
  readonly root: Tree;
  /** What went wrong, in the order in which it did. */
  readonly errors: unknown[];
}

/** What plans are prepared with. */
export interface PlanParts {
  /** The supergraph's, which knows the types of all subgraphs. */
  readonly schema: GraphQLSchema;
  readonly sources: ReadonlyMap<string, Source>;
  /** What a variable is when it is not given. */
  readonly defaults: ReadonlyMap<string, boolean>;
}

/** A part of a plan, ready to run on the values at its place. */
export type Step = (run: Run, at: unknown) => Promise<void>;

const nothing: Step = () => Promise.resolve();

/**
 * Prepares a plan of Apollo's planner for running many times; gives nothing for what is left to Apollo's own executor.
 * Sequence, Parallel, Flatten, Condition and Fetch mean the same there (read in @apollo/gateway 2.14.4; a spec holds both against each other).
 */
export function preparePlan(node: PlanNode | undefined, parts: PlanParts, path: readonly string[] = []): Step | undefined {
  if (!node) return nothing;
  switch (node.kind) {
    case 'Sequence':
    case 'Parallel': {
      const steps = node.nodes.map((inner) => preparePlan(inner, parts, path)).filter((step) => step !== undefined);
      if (steps.length < node.nodes.length) return undefined;
      return node.kind === 'Sequence' ? inTurn(steps) : async (run, at) => void (await Promise.all(steps.map((step) => step(run, at))));
    }
    case 'Flatten': {
      const below = node.path.map(String);
      const step = preparePlan(node.node, parts, [...path, ...below]);
      return step && (async (run, at) => {
        const values = valuesAt(at, below);
        if (values) await step(run, values);
      });
    }
    case 'Condition':
      return prepareCondition(node, parts, path);
    case 'Fetch':
      return prepareFetch(node, parts, path);
    default:
      return undefined;
  }
}

const inTurn = (steps: readonly Step[]): Step => async (run, at) => {
  for (const step of steps) await step(run, at);
};

function prepareCondition({ condition, ifClause, elseClause }: ConditionNode, parts: PlanParts, path: readonly string[]): Step | undefined {
  const [yes, no] = [preparePlan(ifClause, parts, path), preparePlan(elseClause, parts, path)];
  return yes && no && (async (run, at) => {
    const given = ownField(run.variables, condition);
    const holds = given === undefined ? parts.defaults.get(condition) : given;
    if (typeof holds !== 'boolean') throw new Error('expected a condition to be true or false');
    await (holds ? yes : no)(run, at);
  });
}

function prepareFetch(node: FetchNode, parts: PlanParts, path: readonly string[]): Step | undefined {
  const source = parts.sources.get(node.serviceName);
  const isRewritten = [node.inputRewrites, node.outputRewrites, node.contextRewrites].some((rewrites) => rewrites && rewrites.length > 0);
  if (!source || isRewritten) return undefined;
  const fetching: Fetching = { source, path, asked: askedBy(node.operation), opening: `{"query":${JSON.stringify(node.operation)},"variables":`, used: node.variableUsages ?? [] };
  const represent = node.requires && representer(parts.schema, node.requires);
  return async (run, at) => {
    const known = Array.isArray(at) ? at.filter((one) => one !== null && one !== undefined) : [at];
    if (known.length === 0) return;
    try {
      if (!represent) {
        const data = await ask(fetching, run, {});
        for (const one of known) merge(one as Tree, data);
        return;
      }
      const asked = known.map((entity) => ({ entity, representation: represent(entity) })).filter(({ representation }) => representation?.['__typename']);
      if (asked.length > 0) await askEntities(fetching, run, asked);
    } catch (error) {
      run.errors.push(error);
    }
  };
}

interface Fetching {
  readonly source: Source;
  readonly path: readonly string[];
  readonly asked: Asked;
  readonly opening: string;
  readonly used: readonly string[];
}

async function askEntities(fetching: Fetching, run: Run, asked: readonly { readonly entity: unknown; readonly representation: Tree | null }[]): Promise<void> {
  const data = await ask(fetching, run, { representations: asked.map(({ representation }) => representation) });
  // The source has seen that there are as many entities as were asked for.
  const found = data?.['_entities'] as readonly unknown[] | undefined;
  found?.forEach((entity, place) => {
    const target = asked[place]?.entity as Tree;
    if (entity && !(entity as Tree)['__typename']) {
      if (typeof entity !== 'object') throw new TypeError('expected an entity to be an object');
      (entity as Tree)['__typename'] = target['__typename'];
    }
    merge(target, entity);
  });
}

async function ask({ source, path, asked, opening, used }: Fetching, run: Run, given: { readonly representations?: readonly unknown[] }): Promise<Tree | null | undefined> {
  const variables: Tree = {};
  for (const variable of used) {
    const value = ownField(run.variables, variable);
    if (value !== undefined) variables[variable] = value;
  }
  if (given.representations && 'representations' in variables) throw new Error('expected no variable to be called representations');
  const { data, errors } = await source.fetch({ body: `${opening}${JSON.stringify(Object.assign(variables, given))}}`, asked, entities: given.representations }, run.context);
  if (errors) run.errors.push(...placed(errors, { run, path, isOfEntities: given.representations !== undefined }));
  return data;
}

/** Errors of a subgraph at their places in the whole answer. */
function placed(errors: readonly GraphQLFormattedError[], { run, path, isOfEntities }: { run: Run; path: readonly string[]; isOfEntities: boolean }): GraphQLError[] {
  let places: (string | number)[][] | undefined;
  const placeOf = (given: readonly (string | number)[] | undefined): (string | number)[] | undefined => {
    const row = given?.[1];
    if (!isOfEntities || typeof row !== 'number') return given && [...path, ...given];
    places ??= placesOf(run.root, path);
    return [...(places[row] ?? []), ...(given ?? []).slice(2)];
  };
  return errors.map((error) => new GraphQLError(error.message, { path: placeOf(error.path), extensions: error.extensions }));
}

