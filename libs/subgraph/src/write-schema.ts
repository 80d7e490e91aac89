import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { buildSchema as parseSchema, isEnumType, isInputObjectType, isIntrospectionType, isObjectType, isInterfaceType, isScalarType, isSpecifiedScalarType, isUnionType, type GraphQLSchema } from 'graphql';
import { printSubgraph, type SubgraphParts } from './subgraph-schema';

/** Writes a subgraph's schema, as in `apps/police/schema.graphql`. Throws with the whole list when a type, field or argument has no description. */
export async function writeSchema(parts: Pick<SubgraphParts, 'resolvers' | 'orphanedTypes'>, file: string): Promise<void> {
  const text = printSubgraph(parts);
  const silent = undescribed(parseSchema(text.replace(/^extend schema[^\n]*\n/, ''), { assumeValidSDL: true }));
  if (silent.length > 0) throw new Error(`these have no description: ${silent.join(', ')}. Say what they hold, with unit and law.`);
  await mkdir(dirname(file), { recursive: true });
  await writeFile(file, text);
}

/** Everything of a schema that a reader would have to guess, as in `FraudCase.amount` or `Query.fraudCase(id)`. */
export function undescribed(schema: GraphQLSchema): string[] {
  const silent: string[] = [];
  const note = (described: { description?: string | null }, name: string): void => void (described.description?.trim() ? undefined : silent.push(name));
  for (const type of Object.values(schema.getTypeMap())) {
    if (isIntrospectionType(type) || (isScalarType(type) && isSpecifiedScalarType(type))) continue;
    if (!isUnionType(type) && type !== schema.getQueryType() && type !== schema.getMutationType()) note(type, type.name);
    if (isEnumType(type)) for (const value of type.getValues()) note(value, `${type.name}.${value.name}`);
    if (isInputObjectType(type)) for (const field of Object.values(type.getFields())) note(field, `${type.name}.${field.name}`);
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      note(field, `${type.name}.${field.name}`);
      for (const argument of field.args) note(argument, `${type.name}.${field.name}(${argument.name})`);
    }
  }
  return silent;
}
