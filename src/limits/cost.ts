export type Variables = Readonly<Record<string, unknown>>;

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
  return fixed ?? base + sum(fields, variables);
}

function sum(nodes: readonly CostNode[], variables: Variables): number {
  let cost = 0;
  for (const { weight, argumentWeight, instances, children } of nodes) {
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
  for (const { key, weight, argumentWeight, children } of nodes) {
    const value = (data as Record<string, unknown>)[key];
    if (value === undefined) continue;
    if (argumentWeight) cost += argumentWeight(variables);
    cost += countValue(value, weight, children, variables);
  }
  return cost;
}

function countValue(value: unknown, weight: number, children: readonly CostNode[], variables: Variables): number {
  if (value === null) return 0;
  if (!Array.isArray(value)) return children.length ? weight + count(children, value, variables) : weight;
  let cost = 0;
  for (const item of value) if (item !== null) cost += countValue(item, weight, children, variables);
  return cost;
}
