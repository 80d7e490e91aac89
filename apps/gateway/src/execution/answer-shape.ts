import { Kind, getNullableType, isCompositeType, isEnumType, isInterfaceType, isLeafType, isListType, isNonNullType, isObjectType, isUnionType, print, type DirectiveNode, type FieldNode, type FragmentDefinitionNode, type GraphQLCompositeType, type GraphQLLeafType, type GraphQLOutputType, type GraphQLSchema, type InlineFragmentNode, type OperationDefinitionNode, type SelectionNode } from 'graphql';

/** The shape of an answer: what a document selects, prepared for shaping many answers. */
export interface AnswerShape {
  readonly root: GraphQLCompositeType;
  readonly selections: Selections;
}

/** What is selected of one object, in the order of the document. */
export type Selections = readonly Selected[];

/** One selection; `unless` and `when` are its @skip and @include. */
export type Selected = FieldShape | TypenameShape | FragmentShape;

interface Conditional {
  readonly unless: string | boolean | undefined;
  readonly when: string | boolean | undefined;
}

/** A field and the shape of its value. */
export interface FieldShape extends Conditional {
  readonly kind: 'field';
  readonly name: string;
  /** Whether the name is also inherited by objects or lists, so that only an own field counts. */
  readonly isInherited: boolean;
  readonly value: ValueShape;
}

/** `__typename`, perhaps by another name. */
export interface TypenameShape extends Conditional {
  readonly kind: 'typename';
  readonly name: string;
}

/** Selections for objects of some types. */
export interface FragmentShape extends Conditional {
  readonly kind: 'fragment';
  /** The type it is for; undefined when for any. */
  readonly type: GraphQLCompositeType | undefined;
  /** Names of the types it is for, with those that stand for them. */
  readonly names: ReadonlySet<string>;
  readonly selections: Selections;
}

/** The shape of a value. */
export type ValueShape =
  | { readonly kind: 'list'; readonly isRequired: boolean; readonly of: ValueShape }
  | { readonly kind: 'object'; readonly isRequired: boolean; readonly type: GraphQLCompositeType; readonly selections: Selections }
  | { readonly kind: 'leaf'; readonly isRequired: boolean; readonly isValid: (value: unknown) => boolean };

/**
 * Prepares the shape of an operation's answer. `schema` is what clients see. Gives nothing for an operation that asks the schema about itself
 * or has a directive other than @skip and @include: those are left to Apollo's own executor.
 */
export function shapeOf(schema: GraphQLSchema, operation: OperationDefinitionNode, fragments: Readonly<Record<string, FragmentDefinitionNode>>): AnswerShape | undefined {
  const root = schema.getRootType(operation.operation);
  if (!root) return undefined;
  try {
    return { root, selections: shaper(schema, fragments)(operation.selectionSet.selections, root) };
  } catch (error) {
    if (error instanceof NotPrepared) return undefined;
    throw error;
  }
}

class NotPrepared extends Error {}

const inherited = (name: string): boolean => name in [];

function shaper(schema: GraphQLSchema, fragments: Readonly<Record<string, FragmentDefinitionNode>>): (nodes: readonly SelectionNode[], parent: GraphQLCompositeType) => Selections {
  const spreads = new Map<string, Selections>();
  const spread = (name: string): { readonly type: GraphQLCompositeType; readonly selections: Selections } => {
    const definition = fragments[name];
    const type = definition && schema.getType(definition.typeCondition.name.value);
    if (!definition || !isCompositeType(type)) throw new NotPrepared();
    const selections = spreads.get(name) ?? select(definition.selectionSet.selections, type);
    spreads.set(name, selections);
    return { type, selections };
  };
  const ofFragment = (node: InlineFragmentNode, nodes: readonly SelectionNode[], parent: GraphQLCompositeType): FragmentShape => {
    const type = node.typeCondition ? schema.getType(node.typeCondition.name.value) : undefined;
    if (node.typeCondition && !isCompositeType(type)) throw new NotPrepared();
    const known = isCompositeType(type) ? type : undefined;
    return { kind: 'fragment', ...conditionsOf(node.directives), type: known, names: namesOf(schema, known), selections: select(nodes, known ?? parent) };
  };
  const ofField = (node: FieldNode, nodes: readonly SelectionNode[], parent: GraphQLCompositeType): FieldShape | TypenameShape => {
    const name = node.alias?.value ?? node.name.value;
    if (node.name.value === '__typename') return { kind: 'typename', ...conditionsOf(node.directives), name };
    const definition = isUnionType(parent) ? undefined : parent.getFields()[node.name.value];
    if (!definition) throw new NotPrepared();
    return { kind: 'field', ...conditionsOf(node.directives), name, isInherited: inherited(name), value: valueOf(definition.type, nodes, select) };
  };
  const select = (nodes: readonly SelectionNode[], parent: GraphQLCompositeType): Selections => {
    return [...gathered(nodes).values()].map(({ node, inner }): Selected => {
      if (node.kind === Kind.FIELD) return ofField(node, inner, parent);
      if (node.kind === Kind.INLINE_FRAGMENT) return ofFragment(node, inner, parent);
      const { type, selections: spreadSelections } = spread(node.name.value);
      return { kind: 'fragment', ...conditionsOf(node.directives), type, names: namesOf(schema, type), selections: spreadSelections };
    });
  };
  return select;
}

/** Selections that say the same are one, at the place of the first, with what each selects. */
function gathered(nodes: readonly SelectionNode[]): ReadonlyMap<string, { readonly node: SelectionNode; readonly inner: SelectionNode[] }> {
  const found = new Map<string, { readonly node: SelectionNode; readonly inner: SelectionNode[] }>();
  for (const node of nodes) {
    const key = keyOf(node);
    const known = found.get(key) ?? { node, inner: [] };
    if ('selectionSet' in node && node.selectionSet) known.inner.push(...node.selectionSet.selections);
    found.set(key, known);
  }
  return found;
}

function keyOf(node: SelectionNode): string {
  const directives = (node.directives ?? []).map(print).join(' ');
  switch (node.kind) {
    case Kind.FIELD: return `${node.alias?.value ?? node.name.value}${directives}`;
    case Kind.INLINE_FRAGMENT: return `... on ${node.typeCondition?.name.value ?? ''}${directives}`;
    case Kind.FRAGMENT_SPREAD: return `...${node.name.value}${directives}`;
  }
}

function conditionsOf(directives: readonly DirectiveNode[] = []): Conditional {
  const conditions: { unless: string | boolean | undefined; when: string | boolean | undefined } = { unless: undefined, when: undefined };
  for (const { name, arguments: given } of directives) {
    const value = given?.find((one) => one.name.value === 'if')?.value;
    const holds = value?.kind === Kind.VARIABLE ? value.name.value : value?.kind === Kind.BOOLEAN ? value.value : undefined;
    if (holds === undefined) throw new NotPrepared();
    if (name.value === 'skip') conditions.unless = holds;
    else if (name.value === 'include') conditions.when = holds;
    else throw new NotPrepared();
  }
  return conditions;
}

function valueOf(type: GraphQLOutputType, nodes: readonly SelectionNode[], select: (nodes: readonly SelectionNode[], parent: GraphQLCompositeType) => Selections): ValueShape {
  const isRequired = isNonNullType(type);
  const nullable = getNullableType(type);
  if (isListType(nullable)) return { kind: 'list', isRequired, of: valueOf(nullable.ofType, nodes, select) };
  if (isLeafType(nullable)) return { kind: 'leaf', isRequired, isValid: validity(nullable) };
  return { kind: 'object', isRequired, type: nullable, selections: select(nodes, nullable) };
}

const isWhole = (value: unknown): boolean => typeof value === 'number' && Number.isInteger(value) && Math.abs(value) < 1e21;

/** Which JSON values may stand for a leaf; a scalar of our own is whatever its subgraph says. */
function validity(type: GraphQLLeafType): (value: unknown) => boolean {
  if (isEnumType(type)) return (value) => typeof value === 'string' && type.getValue(value) !== undefined;
  switch (type.name) {
    case 'String': return (value) => typeof value === 'string';
    case 'ID': return (value) => typeof value === 'string' || isWhole(value);
    case 'Int': return isWhole;
    case 'Float': return Number.isFinite;
    case 'Boolean': return (value) => typeof value === 'boolean';
    default: return () => true;
  }
}

function namesOf(schema: GraphQLSchema, type: GraphQLCompositeType | undefined): ReadonlySet<string> {
  if (!type) return new Set();
  const narrower = isObjectType(type) ? [] : Object.values(schema.getTypeMap()).filter((one) => (isObjectType(one) || isInterfaceType(one)) && schema.isSubType(type, one));
  return new Set([type.name, ...narrower.map(({ name }) => name)]);
}
