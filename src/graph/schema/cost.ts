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
import { Directive, Extensions } from 'type-graphql';
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

/** Returns the maximum length of a list with these arguments: values of JSON, unchecked and incomplete. */
export type LengthByArguments = (args: Readonly<Record<string, unknown>>) => number;

/** The length of a list that its arguments determine, but that `@listSize` cannot express. */
export interface ComputedSize {
  /** The length of the field itself, if it is a list. */
  length?: LengthByArguments;
  /** The lengths of lists in the fields below, by name. They may be averages: their sum counts. */
  childLengths?: Readonly<Record<string, LengthByArguments>>;
  /** True if items beyond the length cost nothing, because the resolver may return more. */
  isCapped?: boolean;
}

type Field = GraphQLField<unknown, unknown>;

/** Decorates a field or an object type with its cost. The default is 0 for a scalar, 1 for an object. */
export const Cost = (weight: number) => Directive(`@cost(weight: ${weight})`);

/**
 * Decorates an unpaginated list of objects with the length that its cost assumes.
 *
 * @param slicingArgument The argument that limits the length, if there is one.
 */
export function AssumedSize(size: number, slicingArgument?: string): MethodDecorator & PropertyDecorator {
  const slicing = slicingArgument ? `, slicingArguments: ["${slicingArgument}"], requireOneSlicingArgument: false` : '';
  return Directive(`@listSize(assumedSize: ${size}${slicing})`) as MethodDecorator & PropertyDecorator;
}

/** Decorates a field with a length that its arguments determine. Routers use `@listSize` of the same field. */
export const SizeByArguments = (computedSize: ComputedSize) =>
  Extensions({ computedSize }) as MethodDecorator & PropertyDecorator;

/** Returns the length of a field that its arguments determine, or `undefined`. */
export function computedSizeOf({ extensions }: Field): ComputedSize | undefined {
  return extensions.computedSize as ComputedSize | undefined;
}

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
 * Adds `@listSize` to every paginated field, derived from its arguments, and to lists of a computed size: their length
 * without arguments.
 *
 * @param defaultSize The page size without `first` and `last`.
 * @throws Error for a list of objects with neither pagination nor `@AssumedSize` or `@SizeByArguments`, because its cost would be unknown.
 */
export function declareListSizes(schema: GraphQLSchema, defaultSize: number): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    if (type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const slicingArguments = field.args.map(({ name }) => name).filter(name => name === 'first' || name === 'last');
      if (hasDirective(field, 'listSize')) continue;
      if (slicingArguments.length) {
        const sizedFields = sizedFieldsOf(getNamedType(field.type));
        const sizedFieldsArgument = sizedFields.length ? `, sizedFields: ${JSON.stringify(sizedFields)}` : '';
        applyDirective(
          field,
          `@listSize(assumedSize: ${defaultSize}, slicingArguments: ${JSON.stringify(slicingArguments)}${sizedFieldsArgument}, requireOneSlicingArgument: false)`,
        );
      } else if (computedSizeOf(field)?.length) {
        applyDirective(field, `@listSize(assumedSize: ${Math.ceil(computedSizeOf(field)?.length?.({}) ?? 1)})`);
      } else if (isListOfObjects(field) && !sizedFieldsOf(type).includes(field.name)) {
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
