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

/** What a list may come to, as `@listSize` says it. */
export interface ListSize {
  /** How many it is taken to hold when no slicing argument is given. */
  assumedSize: number | undefined;
  /** The arguments that bound it; the largest that is given counts. */
  slicingArguments: readonly string[];
  /** The fields below that hold the list, when the field itself does not: `edges`, `nodes`. */
  sizedFields: readonly string[];
}

type Field = GraphQLField<unknown, unknown>;

/** Decorator of a field or an object type: what one of it costs, where that is not 0 for a scalar and 1 for an object. */
export const Cost = (weight: number) => Directive(`@cost(weight: ${weight})`);

/** Decorator of a field that is a list of objects without pages: how many it is taken to hold. */
export const AssumedSize = (size: number) =>
  Directive(`@listSize(assumedSize: ${size})`) as MethodDecorator & PropertyDecorator;

/**
 * The weight that `@cost` gives a type or a field; undefined when it has none.
 *
 * A composite type without one weighs 1, a scalar or an enum 0. Only object types and fields of scalars carry one: what
 * it means on a field of an object, cost specifications disagree on.
 */
export function costOf(element: Field | GraphQLNamedType): number | undefined {
  return argumentsOf(element, 'cost')[0]?.weight as number | undefined;
}

/** What `@listSize` says of a field; undefined when it says nothing. */
export function listSizeOf(field: Field): ListSize | undefined {
  const [given] = argumentsOf(field, 'listSize');
  if (!given) return undefined;
  const { assumedSize, slicingArguments = [], sizedFields = [] } = given as Partial<ListSize>;
  return { assumedSize, slicingArguments, sizedFields };
}

/**
 * Says of every paged list how large it can be, from its own arguments.
 *
 * @param defaultSize How many a page holds when neither `first` nor `last` is given.
 * @throws Error for a list of objects that has neither pages nor an `AssumedSize`: its cost could not be told.
 */
export function declareListSizes(schema: GraphQLSchema, defaultSize: number): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type) && !isInterfaceType(type)) continue;
    if (type.name.startsWith('__')) continue;
    for (const field of Object.values(type.getFields())) {
      const slicing = field.args.map(({ name }) => name).filter(name => name === 'first' || name === 'last');
      if (slicing.length) {
        const sized = sizedFieldsOf(getNamedType(field.type));
        const where = sized.length ? `, sizedFields: ${JSON.stringify(sized)}` : '';
        applyDirective(
          field,
          `@listSize(assumedSize: ${defaultSize}, slicingArguments: ${JSON.stringify(slicing)}${where}, requireOneSlicingArgument: false)`,
        );
      } else if (
        isListOfObjects(field) &&
        !hasDirective(field, 'listSize') &&
        !sizedFieldsOf(type).includes(field.name)
      ) {
        throw new Error(
          `${type.name}.${field.name} is a list whose size nobody can tell: page it, or give it AssumedSize.`,
        );
      }
    }
  }
}

const isListOfObjects = ({ type }: Field) => isListType(getNullableType(type)) && isCompositeType(getNamedType(type));

/** The fields of a Relay connection that hold the list. */
function sizedFieldsOf(type: GraphQLNamedType): string[] {
  if (!isObjectType(type) || !('pageInfo' in type.getFields())) return [];
  return ['edges', 'nodes'].filter(name => name in type.getFields());
}
