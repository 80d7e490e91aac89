import { Kind, parse, type FragmentDefinitionNode, type SelectionNode, type SelectionSetNode } from 'graphql';
import { isTree, ownField, type Tree } from './plan';

/** The names that an answer may have, and what it may have below each; null below a leaf. Fragments of all types count together. */
export interface AskedFields extends ReadonlyMap<string, AskedFields | null> {}

/** What one document asks a subgraph for. */
export interface Asked {
  readonly fields: AskedFields;
  /** What it asks of each entity that says which one it is: then the answer must be about that one. */
  readonly identity: readonly string[];
}

const identifying: ReadonlySet<string> = new Set(['__typename', 'id']);

/** Reads what a document of the planner asks for. */
export function askedBy(source: string): Asked {
  const { definitions } = parse(source, { noLocation: true });
  const fragments = new Map(definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [])));
  const operation = definitions.find((one) => one.kind === Kind.OPERATION_DEFINITION);
  const roots = fieldsOf(operation?.selectionSet, fragments);
  const ofEntities = roots.filter(({ name }) => name.value === '_entities').flatMap(({ selectionSet }) => fieldsOf(selectionSet, fragments));
  return {
    fields: namesOf(roots, fragments),
    identity: ofEntities.filter(({ name, alias }) => !alias && identifying.has(name.value)).map(({ name }) => name.value),
  };
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>;
type Field = Extract<SelectionNode, { kind: Kind.FIELD }>;

/** The fields of a selection, those of its fragments included. */
function fieldsOf(set: SelectionSetNode | undefined, fragments: Fragments): Field[] {
  return (set?.selections ?? []).flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    return fieldsOf(selection.kind === Kind.INLINE_FRAGMENT ? selection.selectionSet : fragments.get(selection.name.value)?.selectionSet, fragments);
  });
}

function namesOf(fields: readonly Field[], fragments: Fragments): AskedFields {
  const byName = Map.groupBy(fields, ({ name, alias }) => (alias ?? name).value);
  return new Map([...byName].map(([name, same]) => {
    const below = same.flatMap(({ selectionSet }) => fieldsOf(selectionSet, fragments));
    return [name, below.length > 0 ? namesOf(below, fragments) : null];
  }));
}

/** Takes everything out of an answer that was not asked: merged, it would stand in the place of what another agency says. */
export function keepAsked(value: unknown, asked: AskedFields): void {
  if (Array.isArray(value)) return value.forEach((row) => keepAsked(row, asked));
  if (!isTree(value)) return;
  for (const name of Object.keys(value)) {
    const below = asked.get(name);
    if (below === undefined) delete value[name];
    else if (below !== null) keepAsked(value[name], below);
  }
}

/** Whether an entity is about what was asked by its representation, as far as it says. */
export const isAbout = (entity: unknown, representation: unknown, identity: readonly string[]): boolean =>
  identity.every((name) => {
    const told = ownField(entity, name);
    const meant = ownField(representation as Tree, name);
    return told === undefined || told === null || meant === undefined || told === meant;
  });
