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

/** One operation of a document, planned once for each way in which its `@skip` and `@include` can come out. */
interface PlannedOperation {
  node: OperationDefinitionNode;
  fragments: Record<string, FragmentDefinitionNode>;
  /** The variables that decide which fields are there. */
  skipIncludeVariables: string[];
  plans: Map<string, ObjectPlan>;
}

/** An operation whose fields depend on more combinations of variables than this is not planned again for each. */
const MAX_PLANS = 64;

const planCache = new WeakMap<GraphQLSchema, WeakMap<DocumentNode, Map<string, PlannedOperation | null>>>();

/**
 * Runs an operation, as graphql-js' `execute` does and with the same answers, but with a plan: which fields are selected,
 * their types and their constant arguments are worked out once a document instead of once an object. What
 * that gains stands in `test/bench/RESULTS.md`.
 *
 * Mutations and subscriptions, and the few documents that no plan fits, go to graphql-js.
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
  const way = skipIncludeVariables.length ? JSON.stringify(skipIncludeVariables.map(name => variables[name])) : '';
  let plan = plans.get(way);
  if (!plan) {
    plan = rootPlan({ schema, fragments, variables }, root, node.selectionSet);
    if (plans.size < MAX_PLANS) plans.set(way, plan);
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
  let found = operations.get(name);
  if (found === undefined) {
    found = planOperation(document, name);
    // A name that the document has not is the client's to invent: none of those is kept.
    if (found || !name) operations.set(name, found);
  }
  return found;
}

/** The operation, when a plan can run it: a query, and no result key that JavaScript gives a meaning. */
function planOperation(document: DocumentNode, name: string): PlannedOperation | null {
  const fragments: Record<string, FragmentDefinitionNode> = {};
  const operations: OperationDefinitionNode[] = [];
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments[node.name.value] = node;
    else if (node.kind === Kind.OPERATION_DEFINITION && (!name || node.name?.value === name)) operations.push(node);
  }
  const [node] = operations;
  if (operations.length !== 1 || node?.operation !== OperationTypeNode.QUERY) return null;
  const deciding = new Set<string>();
  let fits = true;
  visit(document, {
    Field({ alias, directives }) {
      if (alias?.value === '__proto__') fits = false;
      // Deferred or streamed answers come in parts.
      if (directives?.some(one => !['skip', 'include'].includes(one.name.value))) fits = false;
    },
    Directive({ name: its, arguments: given }) {
      if (its.value !== 'skip' && its.value !== 'include') return;
      for (const { value } of given ?? []) if (value.kind === Kind.VARIABLE) deciding.add(value.name.value);
    },
  });
  return fits ? { node, fragments, skipIncludeVariables: [...deciding], plans: new Map() } : null;
}
