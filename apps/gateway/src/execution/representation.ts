import { isAbstractType, isInterfaceType, isObjectType, type GraphQLSchema } from 'graphql';
import { merge } from './merge';
import { ownField, type RequiredSelection, type Tree } from './plan';

/** Makes the representation of an entity for another subgraph: null when something of it is not known. */
export type Represent = (entity: unknown) => Tree | null;

/** Prepares what a fetch requires. `schema` is the supergraph's: it knows which types stand for which. */
export function representer(schema: GraphQLSchema, selections: readonly RequiredSelection[]): Represent {
  const parts = selections.map((selection) => (selection.kind === 'Field' ? fieldPart(schema, selection) : fragmentPart(schema, selection)));
  return (entity) => {
    if (entity === null) return null;
    const representation: Tree = {};
    for (const part of parts) if (!part(entity, representation)) return null;
    return representation;
  };
}

/** Adds its part; false when it is not known. */
type Part = (entity: unknown, representation: Tree) => boolean;

function fieldPart(schema: GraphQLSchema, { name, alias = name, selections }: Extract<RequiredSelection, { kind: 'Field' }>): Part {
  const inner = selections && representer(schema, selections);
  return (entity, representation) => {
    const value = ownField(entity, alias);
    if (value === undefined) return false;
    if (!inner) representation[alias] = value;
    else representation[alias] = Array.isArray(value) ? value.map(inner) : inner(value);
    return true;
  };
}

function fragmentPart(schema: GraphQLSchema, { typeCondition, selections }: Extract<RequiredSelection, { kind: 'InlineFragment' }>): Part {
  if (typeCondition === undefined) return () => true;
  const inner = representer(schema, selections);
  const names = namesOf(schema, typeCondition);
  return (entity, representation) => {
    const typename = (entity as Tree)['__typename'];
    if (typeof typename === 'string' && names.has(typename)) merge(representation, inner(entity));
    return true;
  };
}

/** The names of all types that are, or stand for, a type. */
function namesOf(schema: GraphQLSchema, name: string): ReadonlySet<string> {
  const type = schema.getType(name);
  const narrower = isAbstractType(type) ? Object.values(schema.getTypeMap()).filter((one) => (isObjectType(one) || isInterfaceType(one)) && schema.isSubType(type, one)) : [];
  return new Set([name, ...narrower.map((one) => one.name)]);
}
