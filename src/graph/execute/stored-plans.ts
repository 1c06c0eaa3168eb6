import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  OperationTypeNode,
  visit,
} from 'graphql';
import { DecidingVariables } from './deciding-variables.js';
import { GrowingCache } from './growing-cache.js';
import type { ObjectPlan } from './plan.js';
import { bytesOfPlans } from './plan-memory.js';
import { rootPlan } from './planner.js';
import { StoredArguments } from './stored-arguments.js';

/** The owner of an operation, which limits the memory of its plans. */
export interface PlanOwner {
  /** False if plans are built for each execution, because nobody limits their memory. */
  readonly storesPlans: boolean;
  /** Called when the stored plans take more memory, or less, with the difference in bytes. */
  onPlansResized(bytes: number): void;
}

/** The plan of an operation for some values of its deciding variables. */
interface OperationPlan {
  root: ObjectPlan;
  storedArguments: StoredArguments;
}

/** Limits the plans of one operation. The oldest plans make room; the one in use may exceed the limit. */
const MAX_PLANS_BYTES = 1_000_000;
/** The memory of a plan without fields. */
const PLAN_BYTES = 500;

/** An operation that plans can run, with a plan per combination of its deciding variables. */
export class PlannedOperation {
  readonly #plans = new GrowingCache<OperationPlan>(MAX_PLANS_BYTES);
  readonly #decidingVariables: readonly string[];
  readonly #skipIncludeVariables: readonly string[];

  constructor(
    readonly schema: GraphQLSchema,
    readonly fragments: Record<string, FragmentDefinitionNode>,
    private readonly root: GraphQLObjectType,
    private readonly operation: OperationDefinitionNode,
    { skipInclude, language }: DecidingVariables,
  ) {
    this.#skipIncludeVariables = [...skipInclude];
    this.#decidingVariables = [...new Set([...skipInclude, ...language])];
  }

  /** Checks for null in `@skip` or `@include`: an error of each field with this directive, and no plan holds errors. */
  supports(variables: Record<string, unknown>): boolean {
    return this.#skipIncludeVariables.every(name => variables[name] != null);
  }

  /**
   * Returns the plan for these variables, which it must support, built at its first use.
   *
   * @param owner Without an owner, plans are stored as long as the operation is.
   * @param takesJsonLists Whether lists of the result may be a `JsonList`.
   */
  plan(variables: Record<string, unknown>, owner: PlanOwner | undefined, takesJsonLists: boolean): OperationPlan {
    const names = this.#decidingVariables;
    const values = names.length ? JSON.stringify(names.map(name => variables[name])) : '';
    const key = takesJsonLists ? `${values} json` : values;
    return this.#plans.get(key) ?? this.#build(key, variables, owner, takesJsonLists);
  }

  #build(
    key: string,
    variables: Record<string, unknown>,
    owner: PlanOwner | undefined,
    takesJsonLists: boolean,
  ): OperationPlan {
    const { schema, fragments, root, operation } = this;
    let plan: OperationPlan | undefined;
    // Called for the parts of nested types too, when they are first used.
    const onBuilt = (bytes: number): void => {
      if (plan) owner?.onPlansResized(this.#plans.grow(key, plan, bytes));
    };
    // A plan reads no other variables, and must not hold those of its first request.
    const deciding = Object.fromEntries(this.#decidingVariables.map(name => [name, variables[name]]));
    const source = { schema, fragments, variables: deciding, takesJsonLists, onBuilt };
    const objects = rootPlan(source, root, operation.selectionSet);
    plan = { root: objects, storedArguments: new StoredArguments(onBuilt) };
    if (owner && !owner.storesPlans) return plan;
    this.#plans.add(key, plan);
    onBuilt(PLAN_BYTES + bytesOfPlans(objects.fields));
    return plan;
  }
}

/** Plans live as long as their document does, or until `releasePlans`. `null` is an operation that no plan can run. */
const plannedOperations = new WeakMap<OperationDefinitionNode, PlannedOperation | null>();

/** Drops the plans of an operation. Executions that use them continue. */
export function releasePlans(operation: OperationDefinitionNode): void {
  plannedOperations.delete(operation);
}

/** Returns an operation with its plans; null if no plan can run it. */
export function plannedOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): PlannedOperation | null {
  const cached = plannedOperations.get(operation);
  if (cached === null || cached?.schema === schema) return cached;
  const planned = planOperation(schema, document, operation);
  plannedOperations.set(operation, planned);
  return planned;
}

/** Returns the operation if a plan can run it: no mutation, and no name that is reserved in JavaScript. */
function planOperation(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): PlannedOperation | null {
  const root = schema.getRootType(operation.operation);
  // The fields of a mutation are executed one after the other.
  if (!root || operation.operation === OperationTypeNode.MUTATION) return null;
  const fragments: Record<string, FragmentDefinitionNode> = {};
  for (const node of document.definitions) {
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments[node.name.value] = node;
  }
  const deciding = new DecidingVariables(operation);
  let fits = true;
  visit(document, {
    Field({ alias, directives }) {
      if (alias?.value === '__proto__') fits = false;
      // Deferred or streamed responses come in parts.
      if (directives?.some(({ name }) => !['skip', 'include'].includes(name.value))) fits = false;
    },
    // Every object has a property of this name, and variables are read by name.
    VariableDefinition({ variable }) {
      if (variable.name.value in Object.prototype) fits = false;
    },
    Directive: node => deciding.addDirective(node),
    Argument: node => deciding.addArgument(node),
  });
  return fits ? new PlannedOperation(schema, fragments, root, operation, deciding) : null;
}
