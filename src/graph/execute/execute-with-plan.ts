import {
  type DocumentNode,
  type ExecutionArgs,
  type ExecutionResult,
  execute,
  type FragmentDefinitionNode,
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

/** An operation of a document, with a plan per combination of its `@skip` and `@include` variables. */
interface PlannedOperation {
  node: OperationDefinitionNode;
  fragments: Record<string, FragmentDefinitionNode>;
  /** The variables in `@skip` and `@include`. */
  skipIncludeVariables: string[];
  plans: Map<string, ObjectPlan>;
}

/** Plans of further combinations of variables are built at each run. */
const MAX_PLANS = 64;

const planCache = new WeakMap<GraphQLSchema, WeakMap<DocumentNode, Map<string, PlannedOperation | null>>>();

/**
 * Executes an operation with the same results as graphql-js' `execute`, but by a plan: selected fields, their types and
 * constant arguments are computed once per document instead of once per object. The gain is in `test/bench/RESULTS.md`.
 *
 * Not supported by plans, and executed by graphql-js: mutations, subscriptions, directives other than `@skip` and
 * `@include` (so no `@defer`), and the alias `__proto__`. Not supported at all, because the schema has none: an
 * asynchronous `resolveType`, and `isTypeOf`.
 */
export function executeWithPlan(args: ExecutionArgs): ExecutionResult | Promise<ExecutionResult> {
  const { schema, document, operationName, variableValues, contextValue, rootValue } = args;
  const operation = plannedOperation(schema, document, operationName ?? '');
  const root = schema.getQueryType();
  if (!operation || !root) return execute(args) as ExecutionResult | Promise<ExecutionResult>;
  const { node, fragments, skipIncludeVariables, plans } = operation;
  const coerced = getVariableValues(schema, node.variableDefinitions ?? [], variableValues ?? {}, {
    maxErrors: args.options?.maxCoercionErrors ?? 50,
  });
  if (coerced.errors) return { errors: coerced.errors };
  const variables = coerced.coerced;
  const planKey = skipIncludeVariables.length ? JSON.stringify(skipIncludeVariables.map(name => variables[name])) : '';
  let plan = plans.get(planKey);
  if (!plan) {
    plan = rootPlan({ schema, fragments, variables }, root, node.selectionSet);
    if (plans.size < MAX_PLANS) plans.set(planKey, plan);
  }
  const info = { schema, fragments, rootValue, operation: node, variableValues: variables };
  return new Execution({ info, context: contextValue }).start(plan, rootValue);
}

function plannedOperation(schema: GraphQLSchema, document: DocumentNode, name: string): PlannedOperation | null {
  let documents = planCache.get(schema);
  if (!documents) {
    documents = new WeakMap();
    planCache.set(schema, documents);
  }
  let operations = documents.get(document);
  if (!operations) {
    operations = new Map();
    documents.set(document, operations);
  }
  let operation = operations.get(name);
  if (operation === undefined) {
    operation = planOperation(document, name);
    // Clients choose the name: names without an operation must not fill the cache.
    if (operation || !name) operations.set(name, operation);
  }
  return operation;
}

/** Returns the operation if a plan can execute it, else null. */
function planOperation(document: DocumentNode, name: string): PlannedOperation | null {
  const fragments: Record<string, FragmentDefinitionNode> = {};
  const operations: OperationDefinitionNode[] = [];
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments[node.name.value] = node;
    else if (node.kind === Kind.OPERATION_DEFINITION && (!name || node.name?.value === name)) operations.push(node);
  }
  const [node] = operations;
  if (operations.length !== 1 || node?.operation !== OperationTypeNode.QUERY) return null;
  const variables = new Set<string>();
  let isSupported = true;
  visit(document, {
    Field({ alias, directives }) {
      if (alias?.value === '__proto__') isSupported = false;
      // @defer and @stream have incremental results.
      if (directives?.some(directive => !['skip', 'include'].includes(directive.name.value))) isSupported = false;
    },
    Directive({ name: directive, arguments: args }) {
      if (directive.value !== 'skip' && directive.value !== 'include') return;
      for (const { value } of args ?? []) if (value.kind === Kind.VARIABLE) variables.add(value.name.value);
    },
  });
  return isSupported ? { node, fragments, skipIncludeVariables: [...variables], plans: new Map() } : null;
}
