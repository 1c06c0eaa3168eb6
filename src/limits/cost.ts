import { JsonList } from '../graph/execute/json-list.js';

export type Variables = Readonly<Record<string, unknown>>;

/**
 * Returns the value of a variable, or its default.
 *
 * @param variables Those of a request. A variable may be called `toString`, which every object has.
 */
export function variableValue(variables: Variables, name: string, unset: unknown): unknown {
  const value = Object.hasOwn(variables, name) ? variables[name] : undefined;
  return value === undefined ? unset : value;
}

/** A field of an operation in its cost plan. */
export interface CostNode {
  /** The response name: the alias, or the field's name. */
  key: string;
  /** The cost of one instance, without its children. */
  weight: number;
  /** Returns the cost of the arguments: once per field, however long its list is. Undefined if they cost nothing. */
  argumentWeight: ((variables: Variables) => number) | undefined;
  /** Returns the maximum number of instances under one parent. */
  instances: (variables: Variables) => number;
  /** True if instances beyond that number cost nothing. */
  isCapped: boolean;
  /** Returns false if `@skip` and `@include` exclude the field. Undefined if no variable decides. */
  isIncluded: ((variables: Variables) => boolean) | undefined;
  /** True if the node before has the same response name, for objects of another type: a response has one of the two. */
  isAlternative: boolean;
  children: readonly CostNode[];
}

/** The cost of an operation as a function of its variables. Computed once per document. */
export interface CostPlan {
  /** The cost of the operation itself: 10 for a mutation. */
  base: number;
  fields: readonly CostNode[];
  /** The estimate, if it does not depend on variables. */
  fixed: number | undefined;
}

/** Returns the maximum cost of an operation with these variables. */
export function estimatedCost({ base, fields, fixed }: CostPlan, variables: Variables): number {
  // Lengths may be averages, whose sums are whole numbers.
  return fixed ?? base + Math.round(sum(fields, variables));
}

function sum(nodes: readonly CostNode[], variables: Variables): number {
  let cost = 0;
  for (const { weight, argumentWeight, instances, isIncluded, children } of nodes) {
    if (isIncluded && !isIncluded(variables)) continue;
    if (argumentWeight) cost += argumentWeight(variables);
    cost += instances(variables) * (weight + sum(children, variables));
  }
  return cost;
}

/**
 * Returns the cost of a response. The weights are those of the estimate, the list lengths those of the data.
 *
 * @param variables Those of the estimate.
 * @param data The `data` entry of the response; null if execution failed.
 */
export function actualCost({ base, fields }: CostPlan, data: unknown, variables: Variables = {}): number {
  return base + count(fields, data, variables);
}

function count(nodes: readonly CostNode[], data: unknown, variables: Variables): number {
  if (data === null || typeof data !== 'object') return 0;
  let cost = 0;
  let previous = 0;
  for (const node of nodes) {
    const value = (data as Record<string, unknown>)[node.key];
    if (value === undefined) continue;
    const { argumentWeight } = node;
    const ofNode = (argumentWeight ? argumentWeight(variables) : 0) + countValue(node, value, variables);
    // Of two alternatives the larger one counts: the data does not tell which of them it is.
    if (node.isAlternative) cost += Math.max(0, ofNode - previous);
    else cost += ofNode;
    previous = node.isAlternative ? Math.max(previous, ofNode) : ofNode;
  }
  return cost;
}

function countValue(node: CostNode, value: unknown, variables: Variables): number {
  if (value === null) return 0;
  const { weight, children, isCapped } = node;
  if (value instanceof JsonList) {
    const items = isCapped ? Math.min(value.length, node.instances(variables)) : value.length;
    return items * (weight + sum(children, variables));
  }
  if (!Array.isArray(value)) return children.length ? weight + count(children, value, variables) : weight;
  const items = isCapped ? value.slice(0, node.instances(variables)) : value;
  let cost = 0;
  for (const item of items) if (item !== null) cost += countValue(node, item, variables);
  return cost;
}
