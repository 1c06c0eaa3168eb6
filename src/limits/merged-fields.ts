import { type FieldNode, type FragmentDefinitionNode, Kind, type SelectionSetNode } from 'graphql';
import { LimitError } from './limit-error.js';

/** Where a field of an answer comes from: each time it stands in one place of the document, fragments put in place. */
export type MergedFields = Map<string, FieldNode[]>;

/** The fields that sets of selections give together, by their name in the answer. */
export function mergeFields(
  sets: readonly SelectionSetNode[],
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  merged: MergedFields = new Map(),
): MergedFields {
  for (const { selections } of sets) {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const name = (selection.alias ?? selection.name).value;
        const found = merged.get(name);
        if (found) found.push(selection);
        else merged.set(name, [selection]);
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

/** What the fields that were merged select. */
export const subselections = (fields: readonly FieldNode[]): SelectionSetNode[] =>
  fields.flatMap(({ selectionSet }) => selectionSet ?? []);

/** Checks how many fields stand at the root, and how often one stands in one place. The fragments hold no cycle. */
export function checkFieldRepetition(
  set: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  isRoot: boolean,
  { rootFields, repeats }: { rootFields: number; repeats: number },
): void {
  const check = (sets: readonly SelectionSetNode[], level: number) => {
    const merged = mergeFields(sets, fragments);
    if (level === 0 && isRoot && merged.size > rootFields) {
      const message = `An operation has ${merged.size} fields at its root`;
      throw new LimitError('rootFields', message, merged.size, rootFields, 'Ask in several requests.');
    }
    for (const [name, fields] of merged) {
      if (fields.length > repeats) {
        const message = `The field ${name.slice(0, 100)} stands ${fields.length} times in one place`;
        throw new LimitError('repeats', message, fields.length, repeats, 'Once is enough: it is answered once.');
      }
      const inner = subselections(fields);
      if (inner.length) check(inner, level + 1);
    }
  };
  check([set], 0);
}
