import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, getNullableType, isAbstractType, isEnumType, isListType, isNonNullType, isScalarType, parse, type GraphQLFieldResolver, type GraphQLOutputType, type GraphQLSchema } from 'graphql';
import type { RawAnswer } from '../subgraph-connection';
import { Dice } from './dice';

/** How often, in percent of answers, a subgraph misbehaves, and whether it does so beyond any shape. */
export interface Faultiness {
  readonly percent: number;
}

/** A subgraph that makes its values up, the same for the same request and seed, and breaks some of its answers the same way each time. */
export class FaultySubgraph {
  /** The bodies that were posted, in their order. */
  readonly asked: string[] = [];
  private readonly schema: GraphQLSchema;

  constructor(
    sdl: string,
    private readonly seed: () => number,
    private readonly faultiness: Faultiness,
  ) {
    this.schema = buildSubgraphSchema({ typeDefs: parse(sdl) });
  }

  /** Answers a request as `SubgraphConnection` does. */
  async post(body: string): Promise<RawAnswer> {
    this.asked.push(body);
    const dice = new Dice(this.seed() + hash(body));
    const { query, variables } = JSON.parse(body) as { query: string; variables?: Record<string, unknown> };
    const answer: unknown = JSON.parse(JSON.stringify(await execute({ schema: this.schema, document: parse(query), variableValues: variables, contextValue: dice, fieldResolver: made })));
    const broken = dice.happens(this.faultiness.percent) ? misbehave(answer, dice) : answer;
    return { status: 200, contentType: 'application/json', text: typeof broken === 'string' ? broken : JSON.stringify(broken) };
  }

  /** Nothing to give back. */
  close(): Promise<void> {
    return Promise.resolve();
  }
}

function hash(text: string): number {
  let sum = 7;
  for (const letter of text) sum = (Math.imul(sum, 31) + letter.charCodeAt(0)) | 0;
  return sum;
}

const made: GraphQLFieldResolver<Record<string, unknown>, Dice> = (source, _given, dice, info) => {
  if (source && Object.hasOwn(source, info.fieldName)) return source[info.fieldName];
  return valueOf(info.returnType, dice, info.schema);
};

function valueOf(type: GraphQLOutputType, dice: Dice, schema: GraphQLSchema): unknown {
  if (!isNonNullType(type) && dice.happens(12)) return null;
  const nullable = getNullableType(type);
  if (isListType(nullable)) return Array.from({ length: dice.throw(4) }, () => valueOf(nullable.ofType, dice, schema));
  if (isEnumType(nullable)) return dice.pick(nullable.getValues()).value;
  if (isAbstractType(nullable)) return { __typename: dice.pick(schema.getPossibleTypes(nullable)).name };
  if (!isScalarType(nullable)) return {};
  switch (nullable.name) {
    case 'Int': return dice.throw(100);
    case 'Float': return dice.throw(100) / 7;
    case 'Boolean': return dice.happens(50);
    case 'ID': return `id-${dice.throw(20)}`;
    default: return `虚构 ${dice.throw(100)}`;
  }
}

/** What a value may turn into. */
const garbage: readonly (() => unknown)[] = [
  () => null, () => 1, () => -0.5, () => 1e300, () => 'text', () => '', () => true, () => false, () => [], () => ({}), () => [null], () => [[]], () => [{}], () => ['text'],
  () => ({ __typename: 'Nothing' }), () => ({ __typename: 7 }), () => ({ __typename: null }), () => ({ __typename: 'StopPaymentOrder', id: 'id-1' }), () => ({ __typename: 'String' }),
];

const codes = ['FORBIDDEN', 'INTERNAL', 'SQL', 7, null, 'SUBGRAPH_UNAVAILABLE', 'INVALID_GRAPHQL'];

/** Breaks an answer in one to three places, adds errors, or gives no answer at all. */
function misbehave(answer: unknown, dice: Dice): unknown {
  const whole = dice.throw(100);
  if (whole < 3) return dice.pick(['', 'null', '[]', '{}', '<h1>', '{"data":1}', '{"errors":[]}', '{"data":null}', '{"errors":[{}],"data":null}', '{"errors":[1]}', '{"data":{"__proto__":{"polluted":1}}}', '{"data":{"_entities":[{"constructor":1}]}}']);
  const broken = structuredClone(answer) as { data?: unknown; errors?: unknown };
  if (whole < 60) broken.errors = Array.from({ length: 1 + dice.throw(3) }, () => anError(broken.data, dice));
  if (whole < 8) delete broken.data;
  else if (whole > 20) for (let times = 1 + dice.throw(3); times > 0; times -= 1) breakOne(broken.data, dice);
  return broken;
}

function anError(data: unknown, dice: Dice): unknown {
  const path = dice.pick<() => unknown>([() => undefined, () => pathInto(data, dice), () => pathInto(data, dice), () => ['_entities', dice.throw(4), 'order'], () => 'text', () => [null], () => 5, () => ['_entities', 'x']])();
  const code = dice.pick(codes);
  return { message: dice.pick<unknown>(['No.', '', 7, 'x'.repeat(600)]), path, extensions: dice.pick<unknown>([{ code, incident: 'i', secret: 's' }, { code }, undefined, null, 'text']) };
}

function pathInto(data: unknown, dice: Dice): (string | number)[] {
  if (typeof data !== 'object' || data === null || dice.happens(15)) return [];
  const keys = Object.keys(data);
  if (keys.length === 0) return [];
  const key = dice.pick(keys);
  return [Array.isArray(data) ? Number(key) : key, ...pathInto((data as Record<string, unknown>)[key], dice)];
}

function breakOne(data: unknown, dice: Dice): void {
  const path = pathInto(data, dice);
  const last = path.pop();
  const parent = path.reduce<unknown>((value, step) => (value as Record<string, unknown>)[step], data);
  if (last === undefined || typeof parent !== 'object' || parent === null) return;
  const tree = parent as Record<string, unknown>;
  if (dice.happens(20)) delete tree[last];
  else if (dice.happens(15)) tree[dice.pick(['toString', 'hasOwnProperty', '__typename', 'map'])] = dice.pick(garbage)();
  else tree[last] = dice.pick(garbage)();
  if (Array.isArray(parent) && dice.happens(20)) parent.push(dice.pick(garbage)());
}
