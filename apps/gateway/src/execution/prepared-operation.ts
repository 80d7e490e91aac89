import { GraphQLError, Kind, getVariableValues, type FragmentDefinitionNode, type GraphQLSchema, type OperationDefinitionNode } from 'graphql';
import type { GatewayExecutionResult } from '@apollo/server-gateway-interface';
import type { GatewayContext } from '../forward-identity';
import { shapeOf } from './answer-shape';
import type { PlanNode, Tree } from './plan';
import { preparePlan, type Source } from './run-plan';
import { shapeAnswer } from './shape-answer';

/** An operation that Apollo has parsed, validated and planned, ready to be run again without it. */
export interface PreparedOperation {
  /** Whether the variables are what the operation says; Apollo tells what is wrong with others. */
  accepts(variables: Readonly<Record<string, unknown>>): boolean;
  /** Runs the plan. Gives what Apollo's executor would; throws where it would. */
  run(variables: Readonly<Record<string, unknown>>, context: GatewayContext): Promise<GatewayExecutionResult>;
}

/** What an operation is prepared from. */
export interface Planned {
  readonly operation: OperationDefinitionNode;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  readonly plan: PlanNode | undefined;
}

/** What all operations are prepared with. */
export interface PreparationParts {
  /** What clients see. */
  readonly schema: GraphQLSchema;
  readonly supergraphSchema: GraphQLSchema;
  readonly sources: ReadonlyMap<string, Source>;
}

/** Prepares an operation; gives nothing for what is left to Apollo's own executor: introspection, and plans that rename or set values. */
export function prepareOperation({ operation, fragments, plan }: Planned, { schema, supergraphSchema, sources }: PreparationParts): PreparedOperation | undefined {
  const defaults = defaultsOf(operation);
  const shape = shapeOf(schema, operation, fragments);
  const step = preparePlan(plan, { schema: supergraphSchema, sources, defaults });
  if (!shape || !step) return undefined;
  const definitions = operation.variableDefinitions ?? [];
  return {
    accepts: (variables) => definitions.length === 0 || getVariableValues(schema, definitions, variables).errors === undefined,
    async run(variables, context) {
      const root: Tree = {};
      const errors: unknown[] = [];
      await step({ context, variables, root, errors }, root);
      try {
        const { data, misshapen } = shapeAnswer(shape, root, { schema, variables, defaults });
        // Errors of subgraphs explain what is missing; only where there are none do misshapen values need one of their own.
        const all = errors.length > 0 ? (errors as GraphQLError[]) : misshapen.map(leftOut);
        return all.length > 0 ? { data, errors: all } : { data };
      } catch (error) {
        return { errors: [new GraphQLError('an agency gave another kind of thing', { originalError: error instanceof Error ? error : undefined })] };
      }
    },
  };
}

/** The error of a value that is left out because a subgraph gave it in the wrong shape. */
export const leftOut = (path: readonly (string | number)[] | undefined): GraphQLError =>
  new GraphQLError('An agency gave this part in the wrong shape; it is left out.', { path, extensions: { code: 'SUBGRAPH_UNAVAILABLE' } });

/** Conditions that are true or false unless the caller says otherwise. */
function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): ReadonlyMap<string, boolean> {
  const found = variableDefinitions.flatMap(({ variable, defaultValue }) => (defaultValue?.kind === Kind.BOOLEAN ? [[variable.name.value, defaultValue.value] as const] : []));
  return new Map(found);
}
