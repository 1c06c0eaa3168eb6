/** The budgets whose refusals are counted, by the name of their limiter. */
const BUDGETS = ['address', 'key', 'report', 'link'] as const;
export type BudgetName = (typeof BUDGETS)[number];

const refusals = new Map<BudgetName, number>(BUDGETS.map(budget => [budget, 0]));

/** Counts a request that was refused because its budget has too few points left. */
export function countRefusal(budget: BudgetName): void {
  refusals.set(budget, (refusals.get(budget) as number) + 1);
}

/** Returns the number of refusals in this process, by budget. */
export const refusalCounts = (): ReadonlyMap<BudgetName, number> => refusals;
