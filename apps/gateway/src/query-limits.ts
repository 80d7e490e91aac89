import { MOST_TOKENS, LONGEST_PAGE, requestError } from '@lianfang/subgraph';
import { Kind, parse, type ArgumentNode, type DocumentNode, type FragmentDefinitionNode, type OperationDefinitionNode, type SelectionSetNode } from 'graphql';

/** Bounds of one document, checked before it is validated or planned. */
export interface QueryLimits {
  /** Deepest nesting of fields. */
  readonly depth: number;
  /** Aliases in all, fragments counted as often as they are used. */
  readonly aliases: number;
  /** Fields directly under Query or Mutation. */
  readonly rootFields: number;
  /** Fields in all, fragments counted as often as they are used. */
  readonly fields: number;
}

/** The bounds as they stand: twice what the widest page of ours asks. */
export const usualQueryLimits: QueryLimits = { depth: 12, aliases: 30, rootFields: 20, fields: 1_000 };

/** What is worth knowing about a document that keeps the bounds. */
export interface AdmittedDocument {
  /** Whether it asks the schema about itself and nothing else. */
  readonly isIntrospection: boolean;
  /** Variables that stand for a page size, with their defaults. */
  readonly pageSizes: ReadonlyMap<string, number | undefined>;
}

/** Names that are properties of every object: as an alias they serve nobody honest. */
const forbiddenAliases: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype']);

const tooComplex = (what: string, limit: number): Error => requestError('QUERY_TOO_COMPLEX', `The document has too many ${what}: at most ${limit}.`, { limit: String(limit) });

/**
 * Measures a document. Throws QUERY_TOO_COMPLEX when it breaks a bound and BAD_REQUEST for a forbidden alias or page size;
 * gives nothing when it does not parse, which Apollo Server will explain.
 */
export function admitDocument(source: string, limits: QueryLimits = usualQueryLimits): AdmittedDocument | undefined {
  const document = parsed(source);
  if (!document) return undefined;
  const measure = measurer(document, limits);
  const pageSizes = new Map<string, number | undefined>();
  let isIntrospection = true;
  for (const operation of document.definitions.filter((one) => one.kind === Kind.OPERATION_DEFINITION)) {
    if (operation.selectionSet.selections.length > limits.rootFields) throw tooComplex('fields at its root', limits.rootFields);
    const size = measure(operation.selectionSet);
    if (size.depth > limits.depth) throw tooComplex('levels', limits.depth);
    if (size.aliases > limits.aliases) throw tooComplex('aliases', limits.aliases);
    if (size.fields > limits.fields) throw tooComplex('fields', limits.fields);
    isIntrospection &&= size.isIntrospection;
    for (const name of size.pageSizes) pageSizes.set(name, defaultOf(operation, name));
  }
  return { isIntrospection, pageSizes };
}

/** Refuses a page larger than the longest, given as a variable. */
export function checkPageSizes({ pageSizes }: AdmittedDocument, variables: unknown): void {
  if (pageSizes.size === 0) return;
  const given: Readonly<Record<string, unknown>> = typeof variables === 'object' && variables !== null ? { ...variables } : {};
  for (const [name, usual] of pageSizes) checkPageSize(given[name] ?? usual);
}

function checkPageSize(value: unknown): void {
  if (typeof value === 'number' && value > LONGEST_PAGE) throw requestError('QUERY_TOO_COMPLEX', `A page has at most ${LONGEST_PAGE} rows.`, { limit: String(LONGEST_PAGE) });
}

function parsed(source: string): DocumentNode | undefined {
  try {
    return parse(source, { maxTokens: MOST_TOKENS, noLocation: true });
  } catch {
    // Apollo Server parses again and answers with the place of the error.
    return undefined;
  }
}

function defaultOf(operation: OperationDefinitionNode, name: string): number | undefined {
  const value = operation.variableDefinitions?.find((one) => one.variable.name.value === name)?.defaultValue;
  return value?.kind === Kind.INT ? Number(value.value) : undefined;
}

interface Size {
  depth: number;
  aliases: number;
  fields: number;
  isIntrospection: boolean;
  pageSizes: string[];
}

const nothing = (): Size => ({ depth: 0, aliases: 0, fields: 0, isIntrospection: true, pageSizes: [] });

/** Measures selections; every fragment once, so that fragments of fragments cost their text and not their expansion. */
function measurer(document: DocumentNode, limits: QueryLimits): (selections: SelectionSetNode) => Size {
  const fragments = new Map<string, FragmentDefinitionNode>(
    document.definitions.flatMap((one) => (one.kind === Kind.FRAGMENT_DEFINITION ? [[one.name.value, one] as const] : [])),
  );
  const known = new Map<string, Size>();
  const fragment = (name: string): Size => {
    const measured = known.get(name);
    if (measured) return measured;
    // A fragment within itself counts as empty here; validation refuses it.
    known.set(name, nothing());
    const definition = fragments.get(name);
    const size = definition ? ofSelections(definition.selectionSet, 1) : nothing();
    known.set(name, size);
    return size;
  };
  const ofSelections = (set: SelectionSetNode, level: number): Size => {
    if (level > limits.depth * 4) throw tooComplex('levels', limits.depth);
    const total = nothing();
    for (const selection of set.selections) {
      if (selection.kind === Kind.FRAGMENT_SPREAD) add(total, fragment(selection.name.value));
      else if (selection.kind === Kind.INLINE_FRAGMENT) add(total, ofSelections(selection.selectionSet, level + 1));
      else {
        if (selection.alias && forbiddenAliases.has(selection.alias.value)) throw requestError('BAD_REQUEST', `"${selection.alias.value}" is no alias; choose another.`);
        const inner = selection.selectionSet ? ofSelections(selection.selectionSet, level + 1) : nothing();
        const asksItself = selection.name.value.startsWith('__');
        add(total, {
          depth: asksItself ? 1 : inner.depth + 1,
          aliases: inner.aliases + (selection.alias ? 1 : 0),
          fields: inner.fields + 1,
          isIntrospection: asksItself,
          pageSizes: [...inner.pageSizes, ...(selection.arguments ?? []).flatMap(pageSizeOf)],
        });
      }
    }
    return total;
  };
  return (set) => ofSelections(set, 1);
}

function add(total: Size, part: Size): void {
  total.depth = Math.max(total.depth, part.depth);
  total.aliases += part.aliases;
  total.fields += part.fields;
  total.isIntrospection &&= part.isIntrospection;
  for (const name of part.pageSizes) if (!total.pageSizes.includes(name)) total.pageSizes.push(name);
}

/** The variable behind `first`, when it is one; a number is checked at once. */
function pageSizeOf({ name, value }: ArgumentNode): string[] {
  if (name.value !== 'first') return [];
  if (value.kind === Kind.INT) checkPageSize(Number(value.value));
  return value.kind === Kind.VARIABLE ? [value.name.value] : [];
}
