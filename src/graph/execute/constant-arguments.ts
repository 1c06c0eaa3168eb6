import { type FieldNode, type GraphQLField, getArgumentValues, Kind, type ValueNode } from 'graphql';

/**
 * Returns a function to the coerced arguments of a field without other variables than those of its plan, which gives the same
 * object at each call; `undefined` for any other field. The identity of that object is the key of the caches of lists (see
 * `listPlan`).
 *
 * @param variables The variables of the plan. One that is null counts as another: it may be an error of the field.
 */
export function constantArgumentsOf(
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
  variables: Record<string, unknown>,
): (() => Record<string, unknown>) | undefined {
  if (!isConstant(node, variables)) return undefined;
  let values: Record<string, unknown> | undefined;
  return () => {
    values ??= getArgumentValues(definition, node, variables);
    return values;
  };
}

/** Returns whether the arguments of a field contain no other variable than those of its plan, at any depth. */
function isConstant({ arguments: args = [] }: FieldNode, variables: Record<string, unknown>): boolean {
  const containsNone = (value: unknown): boolean => {
    if (Array.isArray(value)) return value.every(containsNone);
    if (typeof value !== 'object' || value === null) return true;
    const node = value as ValueNode & { value?: unknown; values?: unknown; fields?: unknown };
    if (node.kind === Kind.VARIABLE) return variables[node.name.value] != null;
    return containsNone(node.value) && containsNone(node.values) && containsNone(node.fields);
  };
  return args.every(containsNone);
}
