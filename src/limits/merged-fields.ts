import { type FieldNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';
import { message } from '../messages/message.js';
import { LimitError } from './limit-error.js';

/** The field nodes of a selection set by response name, with fragments expanded. */
export type MergedFields = Map<string, FieldNode[]>;

/**
 * Merges selection sets as execution does (CollectFields), without evaluating `@skip`, `@include` or type conditions.
 */
export function mergeFields(
  sets: readonly SelectionSetNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  merged: MergedFields = new Map(),
): MergedFields {
  for (const { selections } of sets) {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const responseName = (selection.alias ?? selection.name).value;
        const fields = merged.get(responseName);
        if (fields) fields.push(selection);
        else merged.set(responseName, [selection]);
      } else {
        const inner =
          selection.kind === Kind.INLINE_FRAGMENT
            ? selection.selectionSet
            : fragments.get(selection.name.value)?.selectionSet;
        if (inner) mergeFields([inner], fragments, merged);
      }
    }
  }
  return merged;
}

/** Returns the selection sets of merged fields. */
export const subselections = (fields: readonly FieldNode[]): SelectionSetNode[] =>
  fields.flatMap(({ selectionSet }) => selectionSet ?? []);

/**
 * Limits the number of root fields, and how often a field occurs in one selection set. The fragments must be free of
 * cycles.
 *
 * @param isRoot Whether the set is that of an operation; fragments have no limit of root fields.
 * @throws LimitError named `rootFields` or `repeats`.
 */
export function checkFieldRepetition(
  set: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  isRoot: boolean,
  { rootFields, repeats }: { rootFields: number; repeats: number },
): void {
  const check = (sets: readonly SelectionSetNode[], level: number) => {
    const merged = mergeFields(sets, fragments);
    if (level === 0 && isRoot && merged.size > rootFields) {
      const value = merged.size;
      throw new LimitError(
        'rootFields',
        message('TOO_MANY_ROOT_FIELDS', { value, maximum: rootFields }),
        value,
        rootFields,
      );
    }
    for (const [name, fields] of merged) {
      if (fields.length > repeats) {
        const params = { name: name.slice(0, 100), value: fields.length, maximum: repeats };
        throw new LimitError('repeats', message('FIELD_REPEATED', params), fields.length, repeats);
      }
      const inner = subselections(fields);
      if (inner.length) check(inner, level + 1);
    }
  };
  check([set], 0);
}
