import type { GraphQLField } from 'graphql';
import { type Condition, holds } from './condition.js';
import type { CostNode, Variables } from './cost.js';

/** A cost node under construction. */
export type Draft = Omit<CostNode, 'children' | 'isIncluded' | 'isAlternative'> & {
  /** The field of one of its types; undefined for introspection. */
  field: GraphQLField<unknown, unknown> | undefined;
  /** The conditions of the selections of this field; undefined if one of them has none. */
  conditions: Set<Condition> | undefined;
  children: Drafts;
};
/** Cost nodes under construction, by response name and arguments. */
export type Drafts = Map<string, Draft>;

/** Returns the draft of a field that is selected once. */
export const draftOf = (
  key: string,
  field: Draft['field'],
  weight: number,
  condition: Condition | undefined,
): Draft => ({
  key,
  field,
  weight,
  argumentWeight: undefined,
  instances: () => 1,
  isCapped: false,
  conditions: condition && new Set([condition]),
  children: new Map(),
});

/**
 * Returns the nodes that have a cost, or children with one. Nodes of one response name follow each other.
 *
 * @param around The conditions of the field around them, which hold anyway.
 */
export function toCostNodes(drafts: Drafts, around?: Set<Condition>): CostNode[] {
  const nodes = [...Map.groupBy(drafts.values(), ({ key }) => key).values()].flatMap(group =>
    group.map(
      ({ field: _, conditions, children, ...draft }, index): CostNode => ({
        ...draft,
        isIncluded: conditions && !(around && isSubset(around, conditions)) ? anyOf([...conditions]) : undefined,
        isAlternative: index > 0,
        children: toCostNodes(children, conditions),
      }),
    ),
  );
  return nodes.filter(({ weight, argumentWeight, children }) => weight !== 0 || argumentWeight || children.length);
}

const isSubset = (part: Set<Condition>, whole: Set<Condition>) => [...part].every(condition => whole.has(condition));
const anyOf = (conditions: readonly Condition[]) => (variables: Variables) =>
  conditions.some(condition => holds(condition, variables));
