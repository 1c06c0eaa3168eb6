import { type FieldNode, type GraphQLField, Kind, type ValueNode } from 'graphql';
import type { ListSize } from '../graph/schema/cost.js';
import type { Variables } from './cost.js';

/** How long a list can be, with these variables. */
export type Length = (variables: Variables) => number;

/**
 * How long the list of a field can be: the largest slicing argument that is given, else the size that is assumed.
 *
 * @param defaults The default values of the operation's variables.
 */
export function lengthOf(
  { assumedSize, slicingArguments }: ListSize,
  { args }: GraphQLField<unknown, unknown>,
  node: FieldNode,
  defaults: ReadonlyMap<string, ValueNode | undefined>,
): { length: Length; needsVariables: boolean } {
  let needsVariables = false;
  const lengths = slicingArguments.map(name => {
    const fallback = lengthOfValue(args.find(argument => argument.name === name)?.defaultValue);
    const value = node.arguments?.find(argument => argument.name.value === name)?.value;
    if (value?.kind !== Kind.VARIABLE) return () => (value ? lengthOfLiteral(value) : fallback);
    needsVariables = true;
    const { name: variable } = value;
    const byDefault = defaults.get(variable.value);
    const unset = byDefault ? lengthOfLiteral(byDefault) : fallback;
    return (variables: Variables) => {
      const given = variables[variable.value];
      return given === undefined ? unset : lengthOfValue(given);
    };
  });
  const length: Length = variables => {
    let largest: number | undefined;
    for (const lengthIn of lengths) largest = larger(largest, lengthIn(variables));
    // A negative size is refused when it is read; until then it may not make the rest of a document cheaper.
    return Math.max(0, largest ?? assumedSize ?? 1);
  };
  return { length, needsVariables };
}

const larger = (a: number | undefined, b: number | undefined) =>
  a === undefined || (b !== undefined && b > a) ? b : a;

/** How long a list an argument asks for: its number, or the length of the list that it is. */
function lengthOfValue(value: unknown): number | undefined {
  if (Array.isArray(value)) return value.length;
  return typeof value === 'number' ? value : undefined;
}

function lengthOfLiteral(value: ValueNode): number | undefined {
  if (value.kind === Kind.LIST) return value.values.length;
  return value.kind === Kind.INT ? Number(value.value) : undefined;
}
