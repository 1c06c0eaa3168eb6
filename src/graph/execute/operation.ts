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
import { type ObjectPlan, rootPlan } from './plan.js';

/** One operation of a document, planned once for each way in which its `@skip` and `@include` can come out. */
interface Operation {
  node: OperationDefinitionNode;
  fragments: Record<string, FragmentDefinitionNode>;
  /** The variables that decide which fields are there. */
  deciding: string[];
  plans: Map<string, ObjectPlan>;
}

/** An operation whose fields depend on more combinations of variables than this is not planned again for each. */
const MOST_PLANS = 64;

const known = new WeakMap<GraphQLSchema, WeakMap<DocumentNode, Map<string, Operation | null>>>();

/**
 * Runs an operation, as graphql-js' `execute` does and with the same answers, but with a plan: which fields are selected,
 * their types and their constant arguments are worked out once a document instead of once an object. What
 * that gains stands in `test/bench/RESULTS.md`.
 *
 * Mutations and subscriptions, and the few documents that no plan fits, go to graphql-js.
 */
export function executePlanned(args: ExecutionArgs): ExecutionResult | Promise<ExecutionResult> {
  const { schema, document, operationName, variableValues, contextValue, rootValue } = args;
  const operation = operationOf(schema, document, operationName ?? '');
  const root = schema.getQueryType();
  if (!operation || !root) return execute(args) as ExecutionResult | Promise<ExecutionResult>;
  const { node, fragments, deciding, plans } = operation;
  const coerced = getVariableValues(schema, node.variableDefinitions ?? [], variableValues ?? {}, {
    maxErrors: args.options?.maxCoercionErrors ?? 50,
  });
  if (coerced.errors) return { errors: coerced.errors };
  const variables = coerced.coerced;
  const way = deciding.length ? JSON.stringify(deciding.map(name => variables[name])) : '';
  let plan = plans.get(way);
  if (!plan) {
    plan = rootPlan({ schema, fragments, variables }, root, node.selectionSet);
    if (plans.size < MOST_PLANS) plans.set(way, plan);
  }
  const info = { schema, fragments, rootValue, operation: node, variableValues: variables };
  return new Execution({ info, context: contextValue }).start(plan, rootValue);
}

function operationOf(schema: GraphQLSchema, document: DocumentNode, name: string): Operation | null {
  let documents = known.get(schema);
  if (!documents) {
    documents = new WeakMap();
    known.set(schema, documents);
  }
  let operations = documents.get(document);
  if (!operations) {
    operations = new Map();
    documents.set(document, operations);
  }
  let found = operations.get(name);
  if (found === undefined) {
    found = plannable(document, name);
    // A name that the document has not is the client's to invent: none of those is kept.
    if (found || !name) operations.set(name, found);
  }
  return found;
}

/** The operation, when a plan can run it: a query, and no result key that JavaScript gives a meaning. */
function plannable(document: DocumentNode, name: string): Operation | null {
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
  return fits ? { node, fragments, deciding: [...deciding], plans: new Map() } : null;
}
