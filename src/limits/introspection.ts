import type { FragmentDefinitionNode, SelectionSetNode } from 'graphql';
import { type Message, message } from '../messages/message.js';
import { LimitError } from './limit-error.js';
import { mergeFields, subselections } from './merged-fields.js';

/** The standard introspection query of graphql-js is 15 levels deep: it unwraps up to nine lists and non-nulls. */
const MAX_DEPTH = 18;
/** `__schema` and a few `__type` fields: the most that known tools select in one operation. */
const MAX_ROOTS = 6;
/** Introspection lists that lead back to types. Two nested ones already read the schema once per type. */
const RECURSIVE_LISTS = new Set(['fields', 'inputFields', 'interfaces', 'possibleTypes']);
const MAX_LISTS = 2;

/**
 * Limits introspection: admits the queries of all known tools, rejects circular ones and those that repeat the schema.
 * The fragments must be free of cycles.
 *
 * @throws LimitError named `introspection`.
 */
export function checkIntrospection(
  root: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): void {
  let roots = 0;
  for (const fields of mergeFields([root], fragments).values()) {
    const name = fields[0]?.name.value;
    if (name !== '__schema' && name !== '__type') continue;
    roots += 1;
    check(subselections(fields), 1, 0);
  }
  if (roots > MAX_ROOTS) {
    reject(message('INTROSPECTION_REPEATED', { value: roots, maximum: MAX_ROOTS }), roots, MAX_ROOTS);
  }

  function check(sets: SelectionSetNode[], depth: number, lists: number): void {
    if (depth > MAX_DEPTH) {
      reject(message('INTROSPECTION_TOO_DEEP', { maximum: MAX_DEPTH }), depth, MAX_DEPTH);
    }
    for (const fields of mergeFields(sets, fragments).values()) {
      const nestedLists = lists + (RECURSIVE_LISTS.has(fields[0]?.name.value ?? '') ? 1 : 0);
      if (nestedLists > MAX_LISTS) {
        const problem = message('INTROSPECTION_LISTS', { value: nestedLists, maximum: MAX_LISTS });
        reject(problem, nestedLists, MAX_LISTS);
      }
      const inner = subselections(fields);
      if (inner.length) check(inner, depth + 1, nestedLists);
    }
  }
}

function reject(problem: Message, value: number, maximum: number): never {
  throw new LimitError('introspection', problem, value, maximum);
}
