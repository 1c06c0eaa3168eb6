export type Variables = Readonly<Record<string, unknown>>;

/** One field of an operation as its cost is counted. */
export interface CostNode {
  /** Its name in the answer. */
  key: string;
  /** What one of it costs, without what is below it. */
  weight: number;
  /** How many of it there can be under one parent. */
  instances: (variables: Variables) => number;
  children: readonly CostNode[];
}

/** What an operation costs, worked out once for its document. */
export interface CostPlan {
  /** What it costs before its fields. */
  base: number;
  fields: readonly CostNode[];
  /** The whole estimate, when no variable decides it. */
  fixed: number | undefined;
}

/** What an operation can cost at most, with these variables. */
export function estimatedCost({ base, fields, fixed }: CostPlan, variables: Variables): number {
  return fixed ?? base + sum(fields, variables);
}

function sum(nodes: readonly CostNode[], variables: Variables): number {
  let cost = 0;
  for (const { weight, instances, children } of nodes) {
    cost += instances(variables) * (weight + sum(children, variables));
  }
  return cost;
}

/**
 * What an answer came to: counted as its estimate is, but by what is really in it.
 *
 * @param data Of the answer; null when it failed.
 */
export function actualCost({ base, fields }: CostPlan, data: unknown): number {
  return base + count(fields, data);
}

function count(nodes: readonly CostNode[], data: unknown): number {
  if (data === null || typeof data !== 'object') return 0;
  let cost = 0;
  for (const { key, weight, children } of nodes) {
    const value = (data as Record<string, unknown>)[key];
    if (value !== undefined) cost += countValue(value, weight, children);
  }
  return cost;
}

function countValue(value: unknown, weight: number, children: readonly CostNode[]): number {
  if (value === null) return 0;
  if (!Array.isArray(value)) return children.length ? weight + count(children, value) : weight;
  let cost = 0;
  for (const item of value) if (item !== null) cost += countValue(item, weight, children);
  return cost;
}
