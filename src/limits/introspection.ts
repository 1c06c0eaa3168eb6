import type { FragmentDefinitionNode, SelectionSetNode } from 'graphql';
import { LimitError } from './limit-error.js';
import { mergeFields, subselections } from './merged-fields.js';

/** The query of graphql-js goes 15 levels down, to name a type under nine lists and non-nulls. */
const MAX_DEPTH = 18;
/** The schema once, and a few looks at single types: what tools ask together. */
const MAX_ROOTS = 6;
/** Lists that lead back to types: two inside each other read a schema as often as it has types. */
const LISTS = new Set(['fields', 'inputFields', 'interfaces', 'possibleTypes']);
const MAX_LISTS = 2;

/**
 * Lets the introspection of every tool pass, and refuses what goes round in circles or asks for the schema many times.
 * The fragments hold no cycle.
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
    refuse(`An operation asks for the schema ${roots} times`, roots, MAX_ROOTS, 'Once gives all of it.');
  }

  function check(sets: SelectionSetNode[], depth: number, lists: number): void {
    if (depth > MAX_DEPTH)
      refuse(`Introspection is over ${MAX_DEPTH} levels deep`, depth, MAX_DEPTH, 'Ask for types by name.');
    for (const fields of mergeFields(sets, fragments).values()) {
      const within = lists + (LISTS.has(fields[0]?.name.value ?? '') ? 1 : 0);
      if (within > MAX_LISTS) {
        refuse(
          `Introspection goes through ${within} lists inside each other`,
          within,
          MAX_LISTS,
          'Ask for types by name.',
        );
      }
      const inner = subselections(fields);
      if (inner.length) check(inner, depth + 1, within);
    }
  }
}

function refuse(message: string, value: number, maximum: number, advice: string): never {
  throw new LimitError('introspection', message, value, maximum, advice);
}
