import {
  type GraphQLField,
  type GraphQLInputObjectType,
  type GraphQLInputType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isLeafType,
  isObjectType,
  isRequiredInputField,
} from 'graphql';
import { BUILT_LISTS } from './built-question.js';
import { type ControlOfType, controlOf } from './variable-fields.js';

/** Operator of a filter, with the control for its value. */
export interface OperatorOption extends ControlOfType {
  /** Names after the field: `["eq"]`, `["some", "in"]`; empty for a field that takes its value itself. */
  readonly path: readonly string[];
}

/** Field that a list can be filtered by. */
export interface FilterOption {
  readonly path: readonly string[];
  readonly operators: readonly OperatorOption[];
}

/** Joins conditions, which the builder does by itself. */
const CONNECTIVES = new Set(['and', 'or', 'not']);
/** Operators in the order of the list: the first is that of a new condition. */
const OPERATOR_ORDER = ['in', 'eq', 'contains', 'from', 'startsWith', 'until', 'after', 'before', 'notIn', 'isNull'];

const operatorOf = (path: readonly string[], type: GraphQLInputType): OperatorOption => ({ path, ...controlOf(type) });

/** Returns the operators of a filter of one field; none for a filter of records. */
function operatorsOf(type: GraphQLInputObjectType, prefix: readonly string[] = []): OperatorOption[] {
  const fields = Object.values(type.getFields());
  if (fields.some(isRequiredInputField)) return [];
  const { some, none } = type.getFields();
  if (some && none)
    return [some, none].flatMap(side => {
      const inner = getNamedType(side.type);
      return isInputObjectType(inner) && inner.getFields().eq ? operatorsOf(inner, [...prefix, side.name]) : [];
    });
  const rank = (name: string) => OPERATOR_ORDER.indexOf(name);
  return fields
    .filter(({ name, type: valueType }) => rank(name) !== -1 && isLeafType(getNamedType(valueType)))
    .toSorted((a, b) => rank(a.name) - rank(b.name))
    .map(({ name, type: valueType }) => operatorOf([...prefix, name], valueType));
}

/** Fields of a country that the other side of a tie does not have. */
const OF_OTHER_SIDE: Readonly<Record<string, readonly string[]>> = {
  dutch: ['country', 'chineseLevel', 'gbCode'],
  chinese: ['country', 'dutchLevel', 'cbsCode'],
};

function filtersOf(type: GraphQLInputObjectType, prefix: readonly string[] = []): FilterOption[] {
  return Object.values(type.getFields()).flatMap(field => {
    const { name } = field;
    const named = getNamedType(field.type);
    const path = [...prefix, name];
    if (CONNECTIVES.has(name) || OF_OTHER_SIDE[prefix.at(-1) ?? '']?.includes(name)) return [];
    if (isLeafType(named)) return [{ path, operators: [operatorOf([], field.type)] }];
    if (!isInputObjectType(named)) return [];
    const operators = operatorsOf(named);
    if (operators.length > 0) return [{ path, operators }];
    const isOfRecord = named.getFields().id && !named.getFields().eq;
    return isOfRecord && prefix.length === 0 ? filtersOf(named, path) : [];
  });
}

const rootField = (schema: GraphQLSchema, name: string): GraphQLField<unknown, unknown> | undefined =>
  schema.getQueryType()?.getFields()[name];

function argumentType(schema: GraphQLSchema, field: string, argument: string) {
  const declared = rootField(schema, field)?.args.find(({ name }) => name === argument);
  return declared && getNamedType(declared.type);
}

/** Returns the fields that a list can be filtered by, those of its sides included. */
export function filterOptions(schema: GraphQLSchema, list: string): FilterOption[] {
  const type = argumentType(schema, list, 'filter');
  return isInputObjectType(type) ? filtersOf(type) : [];
}

/** Returns the codes that a list, or its groups, can be sorted by. */
export function orderOptions(schema: GraphQLSchema, list: string, isGroups: boolean): string[] {
  const type = argumentType(schema, isGroups ? (BUILT_LISTS[list] ?? list) : list, 'orderBy');
  const codes = isInputObjectType(type) && getNamedType(type.getFields().field?.type);
  // Without a text to find there is no relevance.
  return isEnumType(codes) ? codes.getValues().flatMap(({ name }) => (name === 'RELEVANCE' ? [] : [name])) : [];
}

/** Returns the dimensions that a list can be counted by, and the name of their enum. */
export function dimensionOptions(schema: GraphQLSchema, list: string): { type: string; codes: string[] } | undefined {
  const groups = BUILT_LISTS[list];
  const type = groups && argumentType(schema, groups, 'by');
  return isEnumType(type) ? { type: type.name, codes: type.getValues().map(({ name }) => name) } : undefined;
}

/** Returns the name of the type of the records of a list. */
export function recordType(schema: GraphQLSchema, list: string): string | undefined {
  const connection = rootField(schema, list) && getNamedType(rootField(schema, list)?.type);
  if (!isObjectType(connection)) return undefined;
  return getNamedType(connection.getFields().nodes?.type)?.name;
}
