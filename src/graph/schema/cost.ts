import {
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isInterfaceType,
  isListType,
  isObjectType,
} from 'graphql';
import { Directive } from 'type-graphql';
import { applyDirective, argumentsOf, hasDirective } from './directives.js';

/** The arguments of `@listSize`: the maximum length of a list. */
export interface ListSize {
  /** The length without a slicing argument. */
  assumedSize: number | undefined;
  /** The arguments that limit the length. The largest one counts. */
  slicingArguments: readonly string[];
  /** The child fields that contain the list, if the field itself is not the list: `edges`, `nodes`. */
  sizedFields: readonly string[];
}

type Field = GraphQLField<unknown, unknown>;

/** Decorates a field or an object type with its cost. The default is 0 for a scalar, 1 for an object. */
export const Cost = (weight: number) => Directive(`@cost(weight: ${weight})`);

/** Decorates an unpaginated list of objects with the length that its cost assumes. */
export const AssumedSize = (size: number) =>
  Directive(`@listSize(assumedSize: ${size})`) as MethodDecorator & PropertyDecorator;

/**
 * Returns the weight in the `@cost` of a type or a field, or `undefined` without one.
 *
 * Only object types and scalar fields have a `@cost` here, because cost specifications disagree on its meaning on a
 * field of an object type.
 */
export function costOf(element: Field | GraphQLNamedType): number | undefined {
  return argumentsOf(element, 'cost')[0]?.weight as number | undefined;
}

/** Returns the `@listSize` of a field, or `undefined` without one. */
export function listSizeOf(field: Field): ListSize | undefined {
  const [args] = argumentsOf(field, 'listSize');
  if (!args) return undefined;
  const { assumedSize, slicingArguments = [], sizedFields = [] } = args as Partial<ListSize>;
  return { assumedSize, slicingArguments, sizedFields };
}

/**
 * Adds `@listSize` to every paginated field, derived from its arguments.
 *
 * @param defaultSize The page size without `first` and `last`.
 * @throws Error for a list of objects with neither pagination nor `@AssumedSize`, because its cost would be unknown.
 */
export function declareListSizes(schema: GraphQLSchema, defaultSize: number): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    if (type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const slicingArguments = field.args.map(({ name }) => name).filter(name => name === 'first' || name === 'last');
      if (slicingArguments.length) {
        const sizedFields = sizedFieldsOf(getNamedType(field.type));
        const sizedFieldsArgument = sizedFields.length ? `, sizedFields: ${JSON.stringify(sizedFields)}` : '';
        applyDirective(
          field,
          `@listSize(assumedSize: ${defaultSize}, slicingArguments: ${JSON.stringify(slicingArguments)}${sizedFieldsArgument}, requireOneSlicingArgument: false)`,
        );
      } else if (
        isListOfObjects(field) &&
        !hasDirective(field, 'listSize') &&
        !sizedFieldsOf(type).includes(field.name)
      ) {
        throw new Error(`${type.name}.${field.name} is a list of unknown size: paginate it, or add @AssumedSize.`);
      }
    }
  }
}

const isListOfObjects = ({ type }: Field) => isListType(getNullableType(type)) && isCompositeType(getNamedType(type));

/** Returns the fields of a Relay connection that contain its list. */
function sizedFieldsOf(type: GraphQLNamedType): string[] {
  if (!isObjectType(type) || !('pageInfo' in type.getFields())) return [];
  return ['edges', 'nodes'].filter(name => name in type.getFields());
}
