import { GraphQLError, Kind, getNamedType, getNullableType, isCompositeType, isInterfaceType, isListType, isObjectType, type FieldNode, type GraphQLArgument, type GraphQLCompositeType, type GraphQLField, type GraphQLSchema, type OperationDefinitionNode, type SelectionSetNode, type ValidationContext, type ValidationRule } from 'graphql';
import { LONGEST_PAGE } from './connection';

/**
 * Most objects that one operation may ask for by estimate: twice the widest document of ours (the batches of a case with everything of their
 * requests, tools/demo), which counts 12,415, nearly all of it lists that are short or empty in truth.
 */
export const MOST_NODES = 25_000;

/** What an unpaged list counts, in objects. */
const UNPAGED = 20;

/**
 * What an unpaged list counts that leads back to a list of the same type: both may be as long as a batch, 200 × 200 objects,
 * and one batch is enough to make them so. The inner list counts UNPAGED of them.
 */
const RETURNING = 2_000;

/** What a list of a type within the same type counts, in objects: the requests that follow a request are few, but follow one another for layers. */
const FOLLOWING = 5;

/** How often a type may stand on one path by way of other types: a batch of a request of a batch, and no further. */
const MOST_RETURNS = 2;

/** How often a type may directly follow itself on one path: the layers of a chain of stops. */
const MOST_LAYERS = 5;

/** What a selection asks for: objects in all, and how often each type (`T`) or step within it (`T>T`) stands on its worst path. */
export interface Estimate {
  readonly nodes: number;
  readonly onPath: ReadonlyMap<string, number>;
  /** Types of which unpaged lists are asked for. */
  readonly listed: ReadonlySet<string>;
}

const nothing: Estimate = { nodes: 0, onPath: new Map(), listed: new Set() };

/**
 * Refuses a document with an operation that asks for more than `MOST_NODES` objects, or for a type within itself again and again:
 * such a document grows by the length of a list with every level. Answers 400 GRAPHQL_VALIDATION_FAILED.
 */
export const nodeLimit: ValidationRule = (context) => ({
  OperationDefinition(operation) {
    const { nodes, onPath } = estimateNodes(context, operation);
    const returning = [...onPath].find(([name, times]) => times > (name.includes('>') ? MOST_LAYERS : MOST_RETURNS));
    if (returning) context.reportError(tooMuch(`The document asks for ${returning[0].split('>')[0]} within itself too often; ask for less: fewer levels, or a second request.`, operation));
    else if (nodes > MOST_NODES) context.reportError(tooMuch(`The document asks for too many objects: at most ${MOST_NODES} by estimate; ask for less: a shorter page, or fewer lists within lists.`, operation));
  },
});

const tooMuch = (message: string, operation: OperationDefinitionNode): GraphQLError => new GraphQLError(message, { nodes: operation });

/** Estimates an operation. Fragments are reckoned once and counted as often as they are used; what the schema does not know counts nothing, since validation refuses it. */
export function estimateNodes(context: Pick<ValidationContext, 'getSchema' | 'getFragment'>, operation: OperationDefinitionNode): Estimate {
  const schema = context.getSchema();
  const known = new Map<string, Estimate>();
  const ofFragment = (name: string): Estimate => {
    const reckoned = known.get(name);
    if (reckoned) return reckoned;
    // A fragment within itself counts as empty here; validation refuses it.
    known.set(name, nothing);
    const fragment = context.getFragment(name);
    const estimate = fragment ? ofSelections(fragment.selectionSet, compositeOf(schema, fragment.typeCondition.name.value)) : nothing;
    known.set(name, estimate);
    return estimate;
  };
  const ofField = (field: FieldNode, parent: GraphQLCompositeType): Estimate => {
    const definition = field.name.value.startsWith('__') ? undefined : definitionOf(parent, field.name.value);
    const type = definition && getNamedType(definition.type);
    if (!definition || !isCompositeType(type) || !field.selectionSet) return nothing;
    const inner = ofSelections(field.selectionSet, type);
    const step = type === parent ? `${type.name}>${type.name}` : type.name;
    const isUnpaged = isUnpagedList(definition, parent);
    const length = isUnpaged && inner.listed.has(type.name) && type !== parent ? RETURNING : lengthOf(field, definition, parent);
    return {
      nodes: length * (1 + inner.nodes),
      onPath: new Map(inner.onPath).set(step, (inner.onPath.get(step) ?? 0) + 1),
      listed: isUnpaged && type !== parent ? new Set(inner.listed).add(type.name) : inner.listed,
    };
  };
  const ofSelections = ({ selections }: SelectionSetNode, parent: GraphQLCompositeType | undefined): Estimate => {
    if (!parent) return nothing;
    return sum(selections.map((selection) => {
      if (selection.kind === Kind.FRAGMENT_SPREAD) return ofFragment(selection.name.value);
      if (selection.kind === Kind.FIELD) return ofField(selection, parent);
      return ofSelections(selection.selectionSet, selection.typeCondition ? compositeOf(schema, selection.typeCondition.name.value) : parent);
    }));
  };
  return ofSelections(operation.selectionSet, schema.getRootType(operation.operation) ?? undefined);
}

/** How many objects a field stands for. A page is reckoned at its connection, so the rows of a connection count once. */
function lengthOf(field: FieldNode, definition: GraphQLField<unknown, unknown>, parent: GraphQLCompositeType): number {
  const first = firstOf(definition);
  if (first) return pageOf(field, first.defaultValue);
  if (definition.name === '_entities') return LONGEST_PAGE;
  if (!isUnpagedList(definition, parent)) return 1;
  return getNamedType(definition.type) === parent ? FOLLOWING : UNPAGED;
}

const firstOf = (definition: GraphQLField<unknown, unknown>): GraphQLArgument | undefined => definition.args.find(({ name }) => name === 'first');

const isUnpagedList = (definition: GraphQLField<unknown, unknown>, parent: GraphQLCompositeType): boolean =>
  isListType(getNullableType(definition.type)) && !firstOf(definition) && !(definition.name === 'edges' && definitionOf(parent, 'pageInfo'));

/** The rows of a page. A variable counts as the longest page, whatever its default: documents are judged once, for all values. */
function pageOf(field: FieldNode, usual: unknown): number {
  const value = field.arguments?.find(({ name }) => name.value === 'first')?.value;
  if (value?.kind === Kind.INT) return Math.max(1, Number(value.value));
  return !value && typeof usual === 'number' ? usual : LONGEST_PAGE;
}

function sum(parts: readonly Estimate[]): Estimate {
  const onPath = new Map<string, number>();
  for (const part of parts) for (const [step, times] of part.onPath) onPath.set(step, Math.max(times, onPath.get(step) ?? 0));
  return { nodes: parts.reduce((total, { nodes }) => total + nodes, 0), onPath, listed: new Set(parts.flatMap(({ listed }) => [...listed])) };
}

function compositeOf(schema: GraphQLSchema, name: string): GraphQLCompositeType | undefined {
  const type = schema.getType(name);
  return isCompositeType(type) ? type : undefined;
}

const definitionOf = (type: GraphQLCompositeType, name: string): GraphQLField<unknown, unknown> | undefined =>
  isObjectType(type) || isInterfaceType(type) ? type.getFields()[name] : undefined;
