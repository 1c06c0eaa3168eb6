import { type ExecutionArgs, type ExecutionResult, execute, type OperationDefinitionNode } from 'graphql';
import { coerceVariables } from './coerce-variables.js';
import { Execution } from './execution.js';
import { type PlanOwner, plannedOperation } from './stored-plans.js';

/** The arguments of `execute`, with the operation as a node of the document instead of a name. */
export type PlannedExecutionArgs = Pick<
  ExecutionArgs,
  'schema' | 'document' | 'variableValues' | 'contextValue' | 'rootValue'
> & {
  operation: OperationDefinitionNode;
  planOwner?: PlanOwner;
  shownIds?: Set<unknown> | undefined;
  /** True if lists of the result may be a `JsonList`: for a caller that serializes it by `serializeResult`. Not with `shownIds`. */
  takesJsonLists?: boolean;
};

/**
 * Executes an operation with the same results as graphql-js' `execute`, but by a plan: selected fields, their types and
 * constant arguments are computed once per document instead of once per object. The gain is in `test/bench/RESULTS.md`.
 *
 * Not supported by plans, and executed by graphql-js: mutations, directives other than `@skip` and `@include` (so no
 * `@defer`), null for a variable of these two, the alias `__proto__`, and variables such as `toString`. The event of a
 * subscription is executed like a query. Not supported at all, because the schema has none: an asynchronous
 * `resolveType`, and `isTypeOf`.
 */
export function executeWithPlan(args: PlannedExecutionArgs): ExecutionResult | Promise<ExecutionResult> {
  const { schema, document, operation, planOwner, variableValues, contextValue, rootValue, shownIds } = args;
  const takesJsonLists = args.takesJsonLists === true && !shownIds;
  const { coerced: variables, errors } = coerceVariables(schema, document, operation, variableValues ?? {});
  if (errors) return { errors };
  const planned = plannedOperation(schema, document, operation);
  if (!planned) return executeWithoutPlan(args);
  if (!planned.supports(variables)) return executeWithoutPlan(args);
  const { root, storedArguments } = planned.plan(variables, planOwner, takesJsonLists);
  const { fragments } = planned;
  const info = { schema, fragments, rootValue, operation, variableValues: variables };
  const fieldArguments = storedArguments.of(variables);
  return new Execution({ info, context: contextValue, fieldArguments, shownIds }).start(root, rootValue);
}

function executeWithoutPlan(args: PlannedExecutionArgs): ExecutionResult | Promise<ExecutionResult> {
  const operationName = args.operation.name?.value;
  return execute({ ...args, operationName }) as ExecutionResult | Promise<ExecutionResult>;
}
