import { buildSubgraphSchema } from '@apollo/subgraph';
import type { GraphQLResolverMap } from '@apollo/subgraph/dist/schema-helper';
import { printSchemaWithDirectives } from '@graphql-tools/utils';
import { parse, type GraphQLSchema } from 'graphql';
import { buildSchemaSync, createResolversMap, type NonEmptyArray } from 'type-graphql';
import { guardFields, type FieldPermissions } from './field-permissions';
import { guardQuestions } from './question-text';
import { Instant } from './instant';
import type { RequestContext } from './request-context';

/** Finds the thing behind a federation key, in the caller's name; null when it is not there or not the caller's to see. */
export type Reference = (reference: { readonly id: string }, context: RequestContext) => Promise<object | null> | object | null;

/** What a subgraph is made from. */
export interface SubgraphParts {
  // eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- type-graphql's own type for resolver classes
  readonly resolvers: NonEmptyArray<Function>;
  /** Type name → how to find one by its key; normally `(reference, context) => context.loader(loadThings).load(reference.id)`. */
  readonly references?: Readonly<Record<string, Reference>>;
  // eslint-disable-next-line @typescript-eslint/no-unsafe-function-type -- type-graphql's own type for classes
  readonly orphanedTypes?: readonly Function[];
  readonly fieldPermissions: FieldPermissions;
}

/** The federation words we use; `style.md` 39 names those we do not. */
const link = 'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ["@key", "@shareable", "@external", "@provides", "@tag", "@inaccessible"])';

/** The subgraph's own schema, as it is printed to `schema.graphql` and read by composition. */
export function printSubgraph({ resolvers, orphanedTypes = [] }: Pick<SubgraphParts, 'resolvers' | 'orphanedTypes'>): string {
  return `${link}\n\n${printSchemaWithDirectives(ownSchema(resolvers, orphanedTypes))}\n`;
}

/** The executable subgraph: resolvers, federation entries, and the permissions table in front of every field. */
export function buildSubgraph({ resolvers, references = {}, orphanedTypes = [], fieldPermissions }: SubgraphParts): GraphQLSchema {
  const own = ownSchema(resolvers, orphanedTypes);
  const map: Record<string, object> = { ...createResolversMap(own) };
  for (const [type, find] of Object.entries(references)) {
    if (map[type] === undefined) throw new Error(`references names ${type}, but no resolver of the subgraph leads to that type: add it to orphanedTypes`);
    map[type] = { ...map[type], __resolveReference: checked(find) };
  }
  const typeDefs = parse(`${link}\n${printSchemaWithDirectives(own)}`);
  // Two libraries describe one map; type-graphql's is the wider type.
  const schema = buildSubgraphSchema({ typeDefs, resolvers: map as GraphQLResolverMap<unknown> });
  guardQuestions(schema);
  guardFields(schema, fieldPermissions);
  return schema;
}

// Metadata of type-graphql is global: without `orphanedTypes` another subgraph's types in the same process would join in.
const ownSchema = (resolvers: SubgraphParts['resolvers'], orphanedTypes: NonNullable<SubgraphParts['orphanedTypes']>): GraphQLSchema =>
  buildSchemaSync({ resolvers, orphanedTypes: [...orphanedTypes], scalarsMap: [{ type: Date, scalar: Instant }], validate: false });

/** A representation comes from outside: anything but a text of sensible length is nobody's id. */
const checked = (find: Reference) => (reference: { readonly id: unknown }, context: RequestContext) =>
  typeof reference.id === 'string' && reference.id.length <= 64 ? find({ id: reference.id }, context) : null;
