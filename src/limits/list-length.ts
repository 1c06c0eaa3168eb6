import { type FieldNode, type GraphQLField, Kind, type ValueNode } from 'graphql';
import type { ListSize } from '../graph/schema/cost.js';
import type { Variables } from './cost.js';

/** Returns the maximum length of a list with these variables. */
export type Length = (variables: Variables) => number;

/**
 * Computes the maximum length of a field's list: the largest of its slicing arguments, else the assumed size.
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
    const argumentDefault = lengthOfValue(args.find(argument => argument.name === name)?.defaultValue);
    const argument = node.arguments?.find(argument => argument.name.value === name)?.value;
    if (argument?.kind !== Kind.VARIABLE) return () => (argument ? lengthOfLiteral(argument) : argumentDefault);
    needsVariables = true;
    const { value: variable } = argument.name;
    const variableDefault = defaults.get(variable);
    const unset = variableDefault ? lengthOfLiteral(variableDefault) : argumentDefault;
    return (variables: Variables) => {
      const value = variables[variable];
      return value === undefined ? unset : lengthOfValue(value);
    };
  });
  const length: Length = variables => {
    let largest: number | undefined;
    for (const lengthIn of lengths) largest = larger(largest, lengthIn(variables));
    // Execution rejects a negative size; it must not lower the cost of the rest of the document.
    return Math.max(0, largest ?? assumedSize ?? 1);
  };
  return { length, needsVariables };
}

const larger = (a: number | undefined, b: number | undefined) =>
  a === undefined || (b !== undefined && b > a) ? b : a;

/** Returns the list length that an argument's value stands for: a number, or the length of a list of ids. */
function lengthOfValue(value: unknown): number | undefined {
  if (Array.isArray(value)) return value.length;
  return typeof value === 'number' ? value : undefined;
}

function lengthOfLiteral(value: ValueNode): number | undefined {
  if (value.kind === Kind.LIST) return value.values.length;
  return value.kind === Kind.INT ? Number(value.value) : undefined;
}
