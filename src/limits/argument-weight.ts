import {
  type FieldNode,
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  getNamedType,
  isInputObjectType,
  Kind,
  type ValueNode,
  valueFromASTUntyped,
} from 'graphql';
import { candidateWeight } from './candidate-weight.js';
import { type Variables, variableValue } from './cost.js';

/** Weights of the relations of a filter: `dutch: {…}` reads one record, `some` and `none` read a list of records. */
const TO_ONE_WEIGHT = 5;
const TO_MANY_WEIGHT = 20;
/** A condition inside a relation is checked for each related record. */
const NESTING_FACTOR = 10;
/** The weight of a full-text search in a filter, in addition to that of its candidates. */
const TEXT_WEIGHT = 5;
/** The weight of the status on a day, which is looked up for each record. */
const DAY_WEIGHT = 1;

/** Returns the weight of the arguments of a field with these variables. */
export type ArgumentWeight = (variables: Variables) => number;

/**
 * Weighs the arguments of a field by the records that they make the database read in addition to its result: relations in
 * filters, which multiply the weight of the conditions inside them, full-text searches, and days. All others weigh nothing.
 *
 * @param defaults The default values of the operation's variables.
 * @returns Undefined if the arguments weigh nothing.
 */
export function argumentWeight(
  field: GraphQLField<unknown, unknown>,
  node: FieldNode,
  defaults: ReadonlyMap<string, ValueNode | undefined>,
): { weight: ArgumentWeight; needsVariables: boolean } | undefined {
  const variables: { name: string; weigh: (value: unknown) => number; unset: unknown }[] = [];
  const literals: Reader<ValueNode> = {
    ...LITERALS,
    defer: (value, weigh) => {
      if (value.kind !== Kind.VARIABLE) return false;
      const { value: name } = value.name;
      const unset = defaults.get(name);
      variables.push({ name, weigh, unset: unset && valueFromASTUntyped(unset) });
      return true;
    },
  };
  let fixed = 0;
  for (const { name, value } of node.arguments ?? []) {
    const type = field.args.find(argument => argument.name === name.value)?.type;
    if (!type) continue;
    if (isRecordFilter(getNamedType(type))) fixed += weighFilter(literals, type, value, 1);
    else if (field.name === 'status' && name.value === 'on') fixed += weighDay(literals, value);
    else if (field.name === 'search' && name.value === 'query') fixed += weighText(literals, value, 0, 1);
  }
  if (variables.length === 0) return fixed === 0 ? undefined : { weight: () => fixed, needsVariables: false };
  const weight: ArgumentWeight = values =>
    variables.reduce((sum, { name, weigh, unset }) => sum + weigh(variableValue(values, name, unset)), fixed);
  return { weight, needsVariables: true };
}

/** Reads a value in one of its two forms: a literal, or the JSON of a variable. */
interface Reader<V> {
  /** Returns undefined for a value that is no list. */
  items(value: V): readonly V[] | undefined;
  fields(value: V): readonly (readonly [name: string, value: V])[];
  text(value: V): string | undefined;
  /** Returns true for a variable. `weigh` is called with its value for each request. */
  defer(value: V, weigh: (value: unknown) => number): boolean;
}

const LITERALS: Omit<Reader<ValueNode>, 'defer'> = {
  items: value => (value.kind === Kind.LIST ? value.values : undefined),
  fields: value => (value.kind === Kind.OBJECT ? value.fields.map(({ name, value }) => [name.value, value]) : []),
  text: value => (value.kind === Kind.STRING ? value.value : undefined),
};

const JSON_VALUES: Reader<unknown> = {
  items: value => (Array.isArray(value) ? value : undefined),
  fields: value => (typeof value === 'object' && value !== null ? Object.entries(value) : []),
  text: value => (typeof value === 'string' ? value : undefined),
  defer: () => false,
};

const COMBINATORS: readonly string[] = ['and', 'or', 'not'];

/** Returns whether a type is the filter of a record: conditions that `and`, `or` and `not` combine. */
const isRecordFilter = (type: unknown): type is GraphQLInputObjectType =>
  isInputObjectType(type) && COMBINATORS.every(name => name in type.getFields());

/** Weighs a filter at any depth: of literals and of values of variables `parse.ts` and `json-values.ts` limit it. */
function weighFilter<V>(reader: Reader<V>, type: GraphQLInputType, value: V, factor: number): number {
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return 0;
  if (reader.defer(value, json => weighFilter(JSON_VALUES, type, json, factor))) return 0;
  let weight = 0;
  for (const item of reader.items(value) ?? []) weight += weighFilter(reader, type, item, factor);
  for (const [name, inner] of reader.fields(value)) {
    const field = named.getFields()[name];
    if (!field) continue;
    if (name === 'text') weight += weighText(reader, inner, TEXT_WEIGHT, factor);
    else weight += weighCondition(reader, named, name, field.type, inner, factor);
  }
  return weight;
}

/** Weighs one field of a filter with the conditions inside it. */
function weighCondition<V>(
  reader: Reader<V>,
  parent: GraphQLInputObjectType,
  name: string,
  type: GraphQLInputType,
  value: V,
  factor: number,
): number {
  const isRelation = isRecordFilter(getNamedType(type)) && !COMBINATORS.includes(name);
  if (!isRelation) return weighFilter(reader, type, value, factor);
  const again = (json: unknown) => weighCondition(JSON_VALUES, parent, name, type, json, factor);
  if (reader.defer(value, again)) return 0;
  // A relation without a value is ignored, as if it were absent.
  if (value === null || value === undefined || (value as Partial<ValueNode>).kind === Kind.NULL) return 0;
  const weight = isRecordFilter(parent) ? TO_ONE_WEIGHT : TO_MANY_WEIGHT;
  return factor * weight + weighFilter(reader, type, value, factor * NESTING_FACTOR);
}

function weighDay<V>(reader: Reader<V>, value: V): number {
  if (reader.defer(value, json => weighDay(JSON_VALUES, json))) return 0;
  return reader.text(value) === undefined ? 0 : DAY_WEIGHT;
}

function weighText<V>(reader: Reader<V>, value: V, base: number, factor: number): number {
  if (reader.defer(value, json => weighText(JSON_VALUES, json, base, factor))) return 0;
  const text = reader.text(value);
  return text === undefined ? 0 : factor * (base + candidateWeight(text));
}
