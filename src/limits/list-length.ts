import { type FieldNode, type GraphQLField, Kind, type ValueNode, valueFromASTUntyped } from 'graphql';
import { computedSizeOf, type LengthByArguments, type ListSize, listSizeOf } from '../graph/schema/cost.js';
import { type Variables, variableValue } from './cost.js';

/** Returns the maximum length of a list with these variables. */
export type Length = (variables: Variables) => number;

/** The lengths of the lists that a field contains, and whether they depend on variables. */
export interface ListLengths {
  /** The length of the field itself, if it is a list. */
  own: Length;
  /** The lengths of lists in the fields below it, by name: `nodes` and `edges` of a connection. */
  children: ReadonlyMap<string, Length>;
  isCapped: boolean;
  needsVariables: boolean;
}

const SINGLE: Length = () => 1;
/** The largest `Int`. */
const MAX_LENGTH = 2 ** 31 - 1;
/** The list size of `_entities`: one record per representation. */
const ENTITIES_SIZE: ListSize = { assumedSize: undefined, slicingArguments: ['representations'], sizedFields: [] };

/** Returns the lengths of a field's lists, by `@SizeByArguments` or else by `@listSize`. */
export function listLengthsOf(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  defaults: ReadonlyMap<string, ValueNode | undefined>,
): ListLengths {
  const computed = computedSizeOf(field);
  const listSize = field.name === '_entities' ? ENTITIES_SIZE : listSizeOf(field);
  if (computed) {
    const { valuesOf, needsVariables } = readArguments(field, node, defaults);
    const lengthBy = (length: LengthByArguments): Length => {
      if (needsVariables) return variables => bounded(length(valuesOf(variables)));
      const fixed = bounded(length(valuesOf({})));
      return () => fixed;
    };
    const children = Object.entries(computed.childLengths ?? {}).map(([name, of]) => [name, lengthBy(of)] as const);
    return {
      own: computed.length ? lengthBy(computed.length) : SINGLE,
      children: new Map(children),
      isCapped: computed.isCapped ?? false,
      needsVariables,
    };
  }
  if (!listSize) return { own: SINGLE, children: new Map(), isCapped: false, needsVariables: false };
  const { length, needsVariables } = lengthOf(listSize, field, node, defaults);
  const children = new Map(listSize.sizedFields.map(name => [name, length]));
  return { own: length, children, isCapped: false, needsVariables };
}

/** Returns a function that reads the arguments of a field as JSON, with those of the schema as defaults. */
function readArguments(
  { args }: GraphQLField<unknown, unknown>,
  { arguments: fieldArguments = [] }: FieldNode,
  defaults: ReadonlyMap<string, ValueNode | undefined>,
): { valuesOf: (variables: Variables) => Record<string, unknown>; needsVariables: boolean } {
  const unset: Record<string, unknown> = {};
  for (const [name, value] of defaults) if (value) unset[name] = valueFromASTUntyped(value);
  const argumentDefaults = Object.fromEntries(args.map(({ name, defaultValue }) => [name, defaultValue]));
  const valuesOf = (variables: Variables) => {
    const values: Record<string, unknown> = { ...argumentDefaults };
    const withDefaults = Object.assign(Object.create(null), unset, variables);
    for (const { name, value } of fieldArguments) {
      const read = valueFromASTUntyped(value, withDefaults);
      if (read !== undefined) values[name.value] = read;
    }
    return values;
  };
  return { valuesOf, needsVariables: fieldArguments.some(({ value }) => hasVariable(value)) };
}

function hasVariable(value: ValueNode): boolean {
  if (value.kind === Kind.LIST) return value.values.some(hasVariable);
  if (value.kind === Kind.OBJECT) return value.fields.some(field => hasVariable(field.value));
  return value.kind === Kind.VARIABLE;
}

/**
 * Computes the maximum length of a field's list: the largest of its slicing arguments, else the assumed size.
 *
 * @param defaults The default values of the operation's variables.
 */
function lengthOf(
  { assumedSize, slicingArguments }: ListSize,
  { args }: GraphQLField<unknown, unknown>,
  node: FieldNode,
  defaults: ReadonlyMap<string, ValueNode | undefined>,
): { length: Length; needsVariables: boolean } {
  let needsVariables = false;
  const lengths = slicingArguments.map(name => {
    const argumentDefault = args.find(argument => argument.name === name)?.defaultValue;
    const argument = node.arguments?.find(argument => argument.name.value === name)?.value;
    if (argument?.kind !== Kind.VARIABLE) {
      const fixed = lengthOfValue(argument ? valueFromASTUntyped(argument) : argumentDefault);
      return () => fixed;
    }
    needsVariables = true;
    const { value: variable } = argument.name;
    const variableDefault = defaults.get(variable);
    const unset = variableDefault ? valueFromASTUntyped(variableDefault) : argumentDefault;
    return (variables: Variables) => lengthOfValue(variableValue(variables, variable, unset));
  });
  const length: Length = variables => {
    let largest: number | undefined;
    for (const lengthIn of lengths) largest = larger(largest, lengthIn(variables));
    return bounded(largest ?? assumedSize ?? 1);
  };
  return { length, needsVariables };
}

/**
 * Returns a length that takes part in an estimate. Execution rejects all others: a negative one must not lower the cost of the
 * rest of the document, and an infinite one, beside a list of no items, must not make it `NaN`, which is below every limit.
 */
const bounded = (length: number): number => (length > 0 ? Math.min(length, MAX_LENGTH) : 0);

const larger = (a: number | undefined, b: number | undefined) =>
  a === undefined || (b !== undefined && b > a) ? b : a;

/** Returns the list length that an argument's value stands for: a number, or the length of a list of ids. */
function lengthOfValue(value: unknown): number | undefined {
  if (Array.isArray(value)) return value.length;
  return typeof value === 'number' ? value : undefined;
}
