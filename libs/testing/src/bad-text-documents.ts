import {
  isEnumType, isInputObjectType, isLeafType, isListType, isNonNullType,
  type GraphQLArgument, type GraphQLField, type GraphQLInputField, type GraphQLInputType, type GraphQLSchema, getNamedType,
} from 'graphql';

/** A document with one bad text in it, and everything else as it may be. */
export interface BadTextDocument {
  /** Where and what, as in `Query.fraudCases filter.unitCode: NUL`. */
  readonly label: string;
  readonly source: string;
  readonly variableValues: Readonly<Record<string, unknown>>;
}

/** Texts that come by pasting, by accident or on purpose; none may be more than a refusal or a mistake of the client. */
export const badTexts: Readonly<Record<string, string>> = { NUL: 'A\u0000B', 'lone surrogate': 'A\ud800B', '100 kB': 'A'.repeat(100_000) };

/** For every text that an argument of a root field takes, directly or inside its input, and every bad text: a document that sends it there. */
export function badTextDocuments(schema: GraphQLSchema): BadTextDocument[] {
  const roots = { query: schema.getQueryType(), mutation: schema.getMutationType() };
  return Object.entries(roots).flatMap(([operation, type]) =>
    Object.values(type?.getFields() ?? {})
      .filter(({ name }) => !name.startsWith('_'))
      .flatMap((field) => documentsOf(operation, field)),
  );
}

function documentsOf(operation: string, field: GraphQLField<unknown, unknown>): BadTextDocument[] {
  const named = getNamedType(field.type);
  const variables = field.args.map(({ name, type }) => `$${name}: ${String(type)}`).join(', ');
  const passed = field.args.map(({ name }) => `${name}: $${name}`).join(', ');
  const source = `${operation} (${variables}) { ${field.name}(${passed}) ${isLeafType(named) ? '' : '{ __typename }'} }`;
  return textsOf(field.args).flatMap((path) =>
    Object.entries(badTexts).map(([kind, bad]) => ({ label: `${operation} ${field.name} ${path.join('.')}: ${kind}`, source, variableValues: filled(field.args, { path, bad }) })),
  );
}

type Part = GraphQLArgument | GraphQLInputField;

/** The paths of all texts below some arguments; an input that holds itself is followed once. */
function textsOf(parts: readonly Part[], above: readonly string[] = []): string[][] {
  return parts.flatMap(({ name, type }) => {
    const named = getNamedType(type);
    const path = [...above, name];
    if (isInputObjectType(named)) return path.length > 5 ? [] : textsOf(Object.values(named.getFields()), path);
    return named.name === 'String' || named.name === 'ID' ? [path] : [];
  });
}

interface Wish {
  readonly path: readonly string[];
  readonly bad: string;
}

/** Values for the parts: the bad text at its path, of the others only what must be there. */
function filled(parts: readonly Part[], wish: Wish | undefined): Record<string, unknown> {
  const [here, ...rest] = wish?.path ?? [];
  const given = parts.filter(({ name, type }) => name === here || isNonNullType(type));
  return Object.fromEntries(given.map(({ name, type }) => [name, valueOf(type, name === here && wish ? { ...wish, path: rest } : undefined)]));
}

function valueOf(type: GraphQLInputType, wish: Wish | undefined): unknown {
  if (isNonNullType(type)) return valueOf(type.ofType, wish);
  if (isListType(type)) return [valueOf(type.ofType, wish)];
  if (isInputObjectType(type)) return filled(Object.values(type.getFields()), wish);
  if (isEnumType(type)) return type.getValues()[0]?.name;
  return wish ? wish.bad : plain[type.name];
}

const plain: Readonly<Record<string, unknown>> = {
  String: '1', ID: '00000000-0000-7000-8000-000000000001', Int: 1, Float: 1, Boolean: false, Instant: '2026-05-01T00:00:00.000Z',
};
