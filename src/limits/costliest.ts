import { message } from '../messages/message.js';
import type { CostNode, CostPlan, Variables } from './cost.js';
import { LimitError } from './limit-error.js';

/** The points of one field, without those of the fields inside it. */
export interface PathCost {
  /** Response names from the root, without indexes of lists. */
  path: readonly string[];
  cost: number;
}

const MAX_PATHS = 5;
/** The paths that the message names. */
const MAX_NAMED_PATHS = 2;
const MAX_NAME_LENGTH = 50;

/** Returns the fields that contribute most to the estimate, the costliest first: at most five. */
export function costliestPaths({ fields }: CostPlan, variables: Variables): PathCost[] {
  const costliest: PathCost[] = [];
  const visit = (nodes: readonly CostNode[], parents: number, around: readonly string[]) => {
    for (const { key, weight, argumentWeight, instances, isIncluded, children } of nodes) {
      if (isIncluded && !isIncluded(variables)) continue;
      const count = parents * instances(variables);
      const cost = Math.round(parents * (argumentWeight?.(variables) ?? 0) + count * weight);
      const path = [...around, key.length > MAX_NAME_LENGTH ? `${key.slice(0, MAX_NAME_LENGTH)}…` : key];
      const place = costliest.findIndex(other => other.cost < cost);
      if (cost > 0) costliest.splice(place < 0 ? costliest.length : place, 0, { path, cost });
      costliest.length = Math.min(costliest.length, MAX_PATHS);
      visit(children, count, path);
    }
  };
  visit(fields, 1, []);
  return costliest;
}

/** Creates the error of an operation over the maximum: all costliest paths in `extensions`, the first two in the message. */
export function costLimitError(
  plan: CostPlan,
  variables: Variables,
  { estimated, maximum }: { estimated: number; maximum: number },
): LimitError {
  const costliest = costliestPaths(plan, variables);
  const named = costliest.slice(0, MAX_NAMED_PATHS).map(({ path, cost }) => `${path.join('.')} (${cost})`);
  const problem = message('COST_TOO_HIGH', { value: estimated, maximum, costliest: named.join(', ') });
  return new LimitError('cost', problem, estimated, maximum, { costliest });
}
