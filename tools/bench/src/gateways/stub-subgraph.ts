import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSubgraphSchema } from '@apollo/subgraph';
import { execute, getNullableType, isAbstractType, isEnumType, isListType, isObjectType, isScalarType, parse, type GraphQLFieldResolver, type GraphQLOutputType, type GraphQLResolveInfo, type GraphQLSchema } from 'graphql';

/** Rows of a list that is no page. */
const LIST = 2;

/** An object of a stub: its id decides every value in it, so that whoever asks gets the same. */
interface Made {
  readonly __typename?: string;
  readonly id: string;
  readonly rows?: number;
}

const numberOf = (text: string): number => [...text].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) % 1_000_003, 7);

const uuidOf = (text: string): string => `01900000-0000-7000-8000-${String(numberOf(text)).padStart(12, '0')}`;

function scalarOf(name: string, seed: string): unknown {
  switch (name) {
    case 'ID': return uuidOf(seed);
    case 'Int': return numberOf(seed) % 100;
    case 'Float': return numberOf(seed) / 100;
    case 'Boolean': return numberOf(seed) % 2 === 0;
    case 'Instant': return new Date(1_760_000_000_000 + numberOf(seed)).toISOString();
    default: return `${seed.slice(-12)} 虚构${numberOf(seed)}`;
  }
}

function valueOf(type: GraphQLOutputType, seed: string, { schema, rows }: { schema: GraphQLSchema; rows: number }): unknown {
  const nullable = getNullableType(type);
  if (isListType(nullable)) return Array.from({ length: rows }, (_, place) => valueOf(nullable.ofType, `${seed}.${place}`, { schema, rows: LIST }));
  if (isScalarType(nullable)) return scalarOf(nullable.name, seed);
  if (isEnumType(nullable)) return nullable.getValues()[numberOf(seed) % nullable.getValues().length]?.value;
  const made = isAbstractType(nullable) ? schema.getPossibleTypes(nullable)[0] : nullable;
  if (!isObjectType(made)) throw new Error(`no value for ${String(type)}`);
  return { __typename: made.name, id: uuidOf(seed) } satisfies Made;
}

/** Gives an id as it stands; anything else is made from the id of the object and the name of the field. */
const resolve: GraphQLFieldResolver<Partial<Made> | undefined, unknown> = (source, given: Record<string, unknown>, _context, info: GraphQLResolveInfo) => {
  if (info.fieldName === 'id' && source?.id !== undefined) return source.id;
  const seed = `${source?.id ?? ''}${info.fieldName}${typeof given['id'] === 'string' ? given['id'] : ''}`;
  const first = typeof given['first'] === 'number' ? given['first'] : undefined;
  const rows = info.fieldName === 'edges' ? (source?.rows ?? LIST) : LIST;
  const value = valueOf(info.returnType, seed, { schema: info.schema, rows });
  return first === undefined || typeof value !== 'object' ? value : { ...value, rows: first };
};

async function textOf(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** A light stand-in of a subgraph: the agency's real schema, made-up values, every answer kept, so that the gateway is what is measured. Argument: its schema file. */
async function main(): Promise<void> {
  const schema = buildSubgraphSchema({ typeDefs: parse(readFileSync(process.argv[2] ?? '', 'utf8')) });
  const answers = new Map<string, Buffer>();
  const server = createServer({ keepAliveTimeout: 65_000 }, (request, response) => {
    void textOf(request).then(async (text) => {
      let answer = answers.get(text);
      if (!answer) {
        const { query, variables } = JSON.parse(text) as { query: string; variables?: Record<string, unknown> };
        answer = Buffer.from(JSON.stringify(await execute({ schema, document: parse(query), variableValues: variables, fieldResolver: resolve })));
        answers.set(text, answer);
      }
      response.writeHead(200, { 'content-type': 'application/json; charset=utf-8', 'content-length': answer.length }).end(answer);
    });
  });
  await new Promise<void>((listening) => server.listen(0, '127.0.0.1', listening));
  process.send?.({ port: (server.address() as AddressInfo).port });
}

void main();
