import { type FieldNode, type GraphQLField, getArgumentValues, Kind } from 'graphql';

/**
 * Returns a function to the coerced arguments of a field without variables, which gives the same object at each call;
 * `undefined` for any other field. The identity of that object is the key of the caches of lists (see `listPlan`).
 */
export function constantArgumentsOf(
  definition: GraphQLField<unknown, unknown>,
  node: FieldNode,
): (() => Record<string, unknown>) | undefined {
  if (!isConstant(node)) return undefined;
  let values: Record<string, unknown> | undefined;
  return () => {
    values ??= getArgumentValues(definition, node);
    return values;
  };
}

/** Returns whether the arguments of a field contain no variable, at any depth. */
function isConstant({ arguments: args = [] }: FieldNode): boolean {
  const containsNone = (value: unknown): boolean => {
    if (Array.isArray(value)) return value.every(containsNone);
    if (typeof value !== 'object' || value === null) return true;
    const node = value as { kind: string; value?: unknown; values?: unknown; fields?: unknown };
    return (
      node.kind !== Kind.VARIABLE && containsNone(node.value) && containsNone(node.values) && containsNone(node.fields)
    );
  };
  return args.every(containsNone);
}
