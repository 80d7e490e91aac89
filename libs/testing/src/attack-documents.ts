import {
  getNamedType, getNullableType, isAbstractType, isCompositeType, isEnumType, isInputObjectType, isLeafType, isListType, isNonNullType, isUnionType,
  type GraphQLArgument, type GraphQLField, type GraphQLInputField, type GraphQLInputType, type GraphQLNamedType, type GraphQLSchema,
} from 'graphql';

/** A document with one chosen value in it, and everything else as it may be. */
export interface AttackDocument {
  /** Where, as in `query fraudCases filter.unitCode`. */
  readonly label: string;
  readonly source: string;
  readonly variableValues: Readonly<Record<string, unknown>>;
}

/** What the documents are made with. */
export interface AttackParts {
  readonly schema: GraphQLSchema;
  /** Names of the scalars into which the value goes, as in `['ID']`. */
  readonly into: readonly string[];
  readonly value: string;
  /** What else is given, by the name of its argument or input field; otherwise the least that the type allows. */
  readonly given?: Readonly<Record<string, unknown>>;
  /** Queries or mutations alone; both when left out. */
  readonly only?: 'query' | 'mutation';
}

/** For every such argument of a root field, directly or inside its input: a document that sends the value there and reads everything that comes back. */
export function attackDocuments(parts: AttackParts): AttackDocument[] {
  const roots = { query: parts.schema.getQueryType(), mutation: parts.schema.getMutationType() };
  return Object.entries(roots).filter(([operation]) => parts.only === undefined || parts.only === operation).flatMap(([operation, type]) =>
    Object.values(type?.getFields() ?? {})
      .filter(({ name }) => !name.startsWith('_'))
      .flatMap((field) => documentsOf(operation, field, parts)),
  );
}

function documentsOf(operation: string, field: GraphQLField<unknown, unknown>, parts: AttackParts): AttackDocument[] {
  const variables = field.args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const passed = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
  const source = `${operation} (${variables}) { ${field.name}(${passed}) ${everythingOf(parts.schema, getNamedType(field.type).name)} }`;
  return pathsOf(field.args, parts.into).map((path) => ({ label: `${operation} ${field.name} ${path.join('.')}`, source, variableValues: filled(field.args, { ...parts, path }) }));
}

/** The entity types of a subgraph that its federation door finds. */
export function entityTypes(schema: GraphQLSchema): string[] {
  const union = schema.getType('_Entity');
  return isUnionType(union) ? union.getTypes().map(({ name }) => name) : [];
}

/** A document that reads everything of one entity by its key, `$id`. */
export const entityDocument = (schema: GraphQLSchema, type: string): string =>
  `query ($id: ID!) { _entities(representations: [{ __typename: "${type}", id: $id }]) { __typename ... on ${type} ${everythingOf(schema, type)} } }`;

/** How deep everything is read: through lists to things, and to what these hold. */
const DEEPEST = 3;

/** A selection of all fields of a type, and of theirs, as deep as it is worth; nothing for a leaf. */
export function everythingOf(schema: GraphQLSchema, name: string, above: readonly string[] = []): string {
  const type = schema.getType(name);
  if (!type || !isCompositeType(type)) return '';
  const inner = [...above, name];
  if (isAbstractType(type)) return `{ __typename ${schema.getPossibleTypes(type).map((one) => `... on ${one.name} ${everythingOf(schema, one.name, inner)}`).join(' ')} }`;
  const fields = Object.values(type.getFields()).filter((field) => isWorth(getNamedType(field.type), inner));
  return `{ __typename ${fields.map((field) => `${field.name}${argumentsOf(field)} ${everythingOf(schema, getNamedType(field.type).name, inner)}`).join(' ')} }`;
}

const isWorth = (type: GraphQLNamedType, above: readonly string[]): boolean => isLeafType(type) || (above.length < DEEPEST && !above.includes(type.name));

/** What a field below the root must be given, written out. */
function argumentsOf({ args }: GraphQLField<unknown, unknown>): string {
  const needed = args.filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined);
  const text = needed.map(({ name, type }) => `${name}: ${isEnumType(getNullableType(type)) ? String(plainOf(type)) : JSON.stringify(plainOf(type))}`).join(', ');
  return text === '' ? '' : `(${text})`;
}

type Part = GraphQLArgument | GraphQLInputField;

/** The paths of all such scalars below some arguments; an input that holds itself is followed once. */
function pathsOf(parts: readonly Part[], into: readonly string[], above: readonly string[] = []): string[][] {
  return parts.flatMap(({ name, type }) => {
    const named = getNamedType(type);
    const path = [...above, name];
    if (isInputObjectType(named)) return path.length > 5 ? [] : pathsOf(Object.values(named.getFields()), into, path);
    return into.includes(named.name) ? [path] : [];
  });
}

interface Wish extends Pick<AttackParts, 'value' | 'given'> {
  /** Where the value goes; nowhere when it is empty. */
  readonly path: readonly string[];
}

/** Values for the parts: the value at its path, of the others only what must be there or is given. */
function filled(parts: readonly Part[], wish: Wish): Record<string, unknown> {
  const [here, ...rest] = wish.path;
  const chosen = parts.filter(({ name, type }) => name === here || isNonNullType(type) || Object.hasOwn(wish.given ?? {}, name));
  return Object.fromEntries(chosen.map(({ name, type }) => {
    if (name === here) return [name, valueOf(type, { ...wish, path: rest }, true)];
    return [name, wish.given?.[name] ?? valueOf(type, { ...wish, path: [] }, false)];
  }));
}

function valueOf(type: GraphQLInputType, wish: Wish, isHere: boolean): unknown {
  if (isNonNullType(type)) return valueOf(type.ofType, wish, isHere);
  if (isListType(type)) return [valueOf(type.ofType, wish, isHere)];
  if (isInputObjectType(type)) return filled(Object.values(type.getFields()), wish);
  return isHere ? wish.value : plainOf(type);
}

function plainOf(type: GraphQLInputType): unknown {
  const named = getNamedType(type);
  return isEnumType(named) ? named.getValues()[0]?.name : plain[named.name];
}

const plain: Readonly<Record<string, unknown>> = {
  String: '1', ID: '00000000-0000-7000-8000-000000000001', Int: 1, Float: 1, Boolean: false, Instant: '2026-05-01T00:00:00.000Z',
};
