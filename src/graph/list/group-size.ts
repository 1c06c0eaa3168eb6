import {
  type GraphQLNamedType,
  type GraphQLResolveInfo,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  Kind,
  type SelectionSetNode,
} from 'graphql';
import { message } from '../../messages/message.js';
import { InputError } from '../errors.js';
import { type ComputedSize, listSizeOf } from '../schema/cost.js';

/** The number of groups that are assumed without `first`. */
export const ASSUMED_GROUPS = 50;
/** The maximum number of groups in one response. */
export const MAX_GROUPS = 1_000;

/** The maximum number of values of dimensions that have one, unknown values included. */
export type DimensionSizes<D extends string> = Readonly<Partial<Record<D, number>>>;

/**
 * Returns the number of groups that an operation pays for: `first`, or the assumed number, but no more than the dimensions
 * allow. Called with arguments that are not checked yet.
 */
export function assumedGroups<D extends string>(
  sizes: DimensionSizes<D>,
  { by, first }: Readonly<Record<string, unknown>>,
): number {
  const dimensions = Array.isArray(by) ? by : [by];
  const product = dimensions.reduce((size, name) => size * (sizes[name as D] ?? Number.POSITIVE_INFINITY), 1);
  return Math.min(product, typeof first === 'number' ? first : ASSUMED_GROUPS);
}

/** Returns the size of a list of groups: further groups have counts, which cost nothing, and no lists. */
export const sizeOfGroups = <D extends string>(sizes: DimensionSizes<D>): ComputedSize => ({
  length: args => assumedGroups(sizes, args),
  isCapped: true,
});

/** @throws InputError for a number of groups outside 1 to 1,000. */
export function checkFirst(first: number | null | undefined): void {
  if (first == null || (first >= 1 && first <= MAX_GROUPS)) return;
  throw new InputError(message('GROUPS_FIRST_OUT_OF_RANGE', { limit: MAX_GROUPS, value: first }));
}

/** @throws InputError with the code TOO_MANY_GROUPS for lists under more groups than the operation pays for. */
export function checkListsOfGroups(groups: number, limit: number, info: GraphQLResolveInfo): void {
  if (groups <= limit || !selectsLists(info)) return;
  throw new InputError(message('TOO_MANY_GROUPS_WITH_LISTS', { limit }), 'TOO_MANY_GROUPS');
}

const cache = new WeakMap<GraphQLResolveInfo['fieldNodes'], boolean>();

/** Returns true if a list of objects is selected at any level below the field that is resolved. */
function selectsLists(info: GraphQLResolveInfo): boolean {
  let isSelected = cache.get(info.fieldNodes);
  if (isSelected === undefined) {
    const type = getNamedType(info.returnType);
    isSelected = info.fieldNodes.some(({ selectionSet }) => hasList(info, selectionSet, type));
    cache.set(info.fieldNodes, isSelected);
  }
  return isSelected;
}

function hasList(info: GraphQLResolveInfo, set: SelectionSetNode | undefined, type: GraphQLNamedType): boolean {
  return (set?.selections ?? []).some(selection => {
    if (selection.kind === Kind.FIELD) {
      const field = 'getFields' in type ? type.getFields()[selection.name.value] : undefined;
      if (!field || !selection.selectionSet) return false;
      const named = getNamedType(field.type);
      const isList = isListType(getNullableType(field.type)) && isCompositeType(named);
      return (
        isList || ('args' in field && listSizeOf(field) !== undefined) || hasList(info, selection.selectionSet, named)
      );
    }
    const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : info.fragments[selection.name.value];
    const condition = fragment?.typeCondition && info.schema.getType(fragment.typeCondition.name.value);
    return hasList(info, fragment?.selectionSet, condition ?? type);
  });
}
