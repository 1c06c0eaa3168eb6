import { type FieldNode, Kind } from 'graphql';
import type { FieldPlan } from './plan.js';

/**
 * The memory of a planned field in bytes, with its share of the projection and the SQL that hang on it. Upper bounds of
 * what `test/server/memory.test.ts` measures.
 */
const LEAF_BYTES = 700;
const COMPOSITE_BYTES = 4_000;
/** The memory of a node of an argument: a condition of a filter is SQL in each statement that has it. */
const ARGUMENT_NODE_BYTES = 1_500;

/** Estimates the memory of the plans of fields, in bytes. */
export function bytesOfPlans(fields: readonly FieldPlan[]): number {
  let bytes = 0;
  for (const { type, fieldNodes } of fields) {
    bytes += type.selection ? COMPOSITE_BYTES : LEAF_BYTES;
    bytes += bytesOfArguments(fieldNodes[0] as FieldNode);
  }
  return bytes;
}

/** Estimates the memory of the arguments of a field, with the SQL that hangs on them, in bytes. */
export function bytesOfArguments({ arguments: args = [] }: FieldNode): number {
  return args.reduce((bytes, { value }) => bytes + nodesOf(value) * ARGUMENT_NODE_BYTES, 0);
}

/** Counts the nodes of a value. */
function nodesOf(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, item) => sum + nodesOf(item), 0);
  const node = value as { kind: Kind; values?: unknown; fields?: unknown; value?: unknown };
  switch (node.kind) {
    case Kind.LIST:
      return 1 + nodesOf(node.values);
    case Kind.OBJECT:
      return 1 + nodesOf(node.fields);
    case Kind.OBJECT_FIELD:
      return nodesOf(node.value);
    default:
      return 1;
  }
}
