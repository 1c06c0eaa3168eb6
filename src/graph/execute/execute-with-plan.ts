import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  getVariableValues,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  visit,
} from 'graphql';
import { Execution } from './execution.js';
import type { ObjectPlan } from './plan.js';
import { rootPlan } from './planner.js';

/** The arguments of `execute`, with the operation as a node of the document instead of a name. */
export type PlannedExecutionArgs = Pick<
  ExecutionArgs,
  'schema' | 'document' | 'variableValues' | 'contextValue' | 'rootValue' | 'options'
> & { operation: OperationDefinitionNode };

/** An operation of a document, with a plan per combination of its `@skip` and `@include` variables. */
interface PlannedOperation {
  schema: GraphQLSchema;
  root: GraphQLObjectType;
  fragments: Record<string, FragmentDefinitionNode>;
  /** The variables in `@skip` and `@include`. */
  skipIncludeVariables: string[];
  plans: Map<string, ObjectPlan>;
}

/** Plans of further combinations of variables are built at each run. */
const MAX_PLANS = 64;

/** Plans live as long as their document does. `null` is an operation that no plan can run. */
const planCache = new WeakMap<OperationDefinitionNode, PlannedOperation | null>();

/**
 * Executes an operation with the same results as graphql-js' `execute`, but by a plan: selected fields, their types and
 * constant arguments are computed once per document instead of once per object. The gain is in `test/bench/RESULTS.md`.
 *
 * Not supported by plans, and executed by graphql-js: mutations, directives other than `@skip` and `@include` (so no
 * `@defer`), null for a variable of these two, and the alias `__proto__`. The event of a subscription is executed like a query. Not supported at all,
 * because the schema has none: an asynchronous `resolveType`, and `isTypeOf`.
 */
export function executeWithPlan(args: PlannedExecutionArgs): ExecutionResult | Promise<ExecutionResult> {
  const { schema, document, operation, variableValues, contextValue, rootValue } = args;
  const planned = plannedOperation(schema, document, operation);
  if (!planned) return executeWithoutPlan(args);
  const { root, fragments, skipIncludeVariables, plans } = planned;
  const coerced = getVariableValues(schema, operation.variableDefinitions ?? [], variableValues ?? {}, {
    maxErrors: args.options?.maxCoercionErrors ?? 50,
  });
  if (coerced.errors) return { errors: coerced.errors };
  const variables = coerced.coerced;
  // Null for a variable with a default is an error of each field whose directive needs it, and no plan holds errors.
  if (skipIncludeVariables.some(name => variables[name] === null)) return executeWithoutPlan(args);
  const planKey = skipIncludeVariables.length ? JSON.stringify(skipIncludeVariables.map(name => variables[name])) : '';
  let plan = plans.get(planKey);
  if (!plan) {
    // A plan reads no other variables, and must not hold those of its first request.
    const deciding = Object.fromEntries(skipIncludeVariables.map(name => [name, variables[name]]));
    plan = rootPlan({ schema, fragments, variables: deciding }, root, operation.selectionSet);
    if (plans.size < MAX_PLANS) plans.set(planKey, plan);
  }
  const info = { schema, fragments, rootValue, operation, variableValues: variables };
  return new Execution({ info, context: contextValue }).start(plan, rootValue);
}

function executeWithoutPlan(args: PlannedExecutionArgs): ExecutionResult | Promise<ExecutionResult> {
  const operationName = args.operation.name?.value;
  return execute({ ...args, operationName }) as ExecutionResult | Promise<ExecutionResult>;
}

function plannedOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): PlannedOperation | null {
  const cached = planCache.get(operation);
  if (cached === null || cached?.schema === schema) return cached;
  const planned = planOperation(schema, document, operation);
  planCache.set(operation, planned);
  return planned;
}

/** Returns the operation if a plan can run it: no mutation, and no response name that is reserved in JavaScript. */
function planOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  { operation }: OperationDefinitionNode,
): PlannedOperation | null {
  const root = schema.getRootType(operation);
  // The fields of a mutation are executed one after the other.
  if (!root || operation === OperationTypeNode.MUTATION) return null;
  const fragments: Record<string, FragmentDefinitionNode> = {};
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments[node.name.value] = node;
  }
  const deciding = new Set<string>();
  let fits = true;
  visit(document, {
    Field({ alias, directives }) {
      if (alias?.value === '__proto__') fits = false;
      // Deferred or streamed responses come in parts.
      if (directives?.some(({ name }) => !['skip', 'include'].includes(name.value))) fits = false;
    },
    Directive({ name, arguments: args }) {
      if (name.value !== 'skip' && name.value !== 'include') return;
      for (const { value } of args ?? []) if (value.kind === Kind.VARIABLE) deciding.add(value.name.value);
    },
  });
  return fits ? { schema, root, fragments, skipIncludeVariables: [...deciding], plans: new Map() } : null;
}
