import type { FragmentDefinitionNode, SelectionSetNode } from 'graphql';
import { LimitError } from './limit-error.js';
import { merge, setsOf } from './merged.js';

/** The query of graphql-js goes 15 levels down, to name a type under nine lists and non-nulls. */
const DEEPEST = 18;
/** The schema once, and a few looks at single types: what tools ask together. */
const MOST_ROOTS = 6;
/** Lists that lead back to types: two inside each other read a schema as often as it has types. */
const LISTS = new Set(['fields', 'inputFields', 'interfaces', 'possibleTypes']);
const MOST_LISTS = 2;

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
  for (const fields of merge([root], fragments).values()) {
    const name = fields[0]?.name.value;
    if (name !== '__schema' && name !== '__type') continue;
    roots += 1;
    check(setsOf(fields), 1, 0);
  }
  if (roots > MOST_ROOTS) {
    refuse(`An operation asks for the schema ${roots} times`, roots, MOST_ROOTS, 'Once gives all of it.');
  }

  function check(sets: SelectionSetNode[], depth: number, lists: number): void {
    if (depth > DEEPEST)
      refuse(`Introspection is over ${DEEPEST} levels deep`, depth, DEEPEST, 'Ask for types by name.');
    for (const fields of merge(sets, fragments).values()) {
      const within = lists + (LISTS.has(fields[0]?.name.value ?? '') ? 1 : 0);
      if (within > MOST_LISTS) {
        refuse(
          `Introspection goes through ${within} lists inside each other`,
          within,
          MOST_LISTS,
          'Ask for types by name.',
        );
      }
      const inner = setsOf(fields);
      if (inner.length) check(inner, depth + 1, within);
    }
  }
}

function refuse(message: string, value: number, maximum: number, advice: string): never {
  throw new LimitError('introspection', message, value, maximum, advice);
}
