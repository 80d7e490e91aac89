/** A plan as Apollo's planner writes it: as much of it as execution reads. */
export type PlanNode = SequenceNode | ParallelNode | FlattenNode | FetchNode | ConditionNode | OtherNode;

/** Its nodes one after the other. */
export interface SequenceNode {
  readonly kind: 'Sequence';
  readonly nodes: readonly PlanNode[];
}

/** Its nodes at the same time. */
export interface ParallelNode {
  readonly kind: 'Parallel';
  readonly nodes: readonly PlanNode[];
}

/** Its node at a place below; `@` stands for every row of a list. */
export interface FlattenNode {
  readonly kind: 'Flatten';
  readonly path: readonly (string | number)[];
  readonly node: PlanNode;
}

/** One request to a subgraph: for the root, or with `requires` for the entities at its place. */
export interface FetchNode {
  readonly kind: 'Fetch';
  readonly serviceName: string;
  readonly operation: string;
  readonly variableUsages?: readonly string[];
  readonly requires?: readonly RequiredSelection[];
  readonly inputRewrites?: readonly object[];
  readonly outputRewrites?: readonly object[];
  readonly contextRewrites?: readonly object[];
}

/** One of two nodes, by a variable. */
export interface ConditionNode {
  readonly kind: 'Condition';
  readonly condition: string;
  readonly ifClause?: PlanNode;
  readonly elseClause?: PlanNode;
}

/** What is left to Apollo's own executor. */
export interface OtherNode {
  readonly kind: 'Defer' | 'Subscription';
}

/** What a representation of an entity must contain. */
export type RequiredSelection =
  | { readonly kind: 'Field'; readonly name: string; readonly alias?: string; readonly selections?: readonly RequiredSelection[] }
  | { readonly kind: 'InlineFragment'; readonly typeCondition?: string; readonly selections: readonly RequiredSelection[] };

/** Data of subgraphs while they are put together. */
export type Tree = Record<string, unknown>;

/** Whether a value is an object with fields. */
export const isTree = (value: unknown): value is Tree => typeof value === 'object' && value !== null && !Array.isArray(value);

/** A field of a value that is its own: never what every object inherits, such as `toString`. */
export const ownField = (value: unknown, name: string): unknown =>
  value !== null && value !== undefined && Object.hasOwn(Object(value) as object, name) ? (value as Tree)[name] : undefined;
