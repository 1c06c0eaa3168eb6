import { type FieldNode, type GraphQLField, getArgumentValues, Kind } from 'graphql';

/** The arguments of a field in which no variable stands, made once; undefined for every other field. */
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

/** Whether no variable stands in a field's arguments. */
function isConstant({ arguments: given = [] }: FieldNode): boolean {
  const holdsNone = (value: unknown): boolean => {
    if (Array.isArray(value)) return value.every(holdsNone);
    if (typeof value !== 'object' || value === null) return true;
    const node = value as { kind: string; value?: unknown; values?: unknown; fields?: unknown };
    return node.kind !== Kind.VARIABLE && holdsNone(node.value) && holdsNone(node.values) && holdsNone(node.fields);
  };
  return given.every(holdsNone);
}
