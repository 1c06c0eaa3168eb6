import { earliestDay, latestDay, partialDateProblem } from '../graph/types/partial-date.js';
import type { Code, CodeScheme } from './codes.js';
import type { Feature, FeatureName } from './match.js';

/** Weights of the comparisons. A code or a name alone makes a score; the rest tells records of one name apart. */
const WEIGHTS: Readonly<Record<FeatureName, number>> = {
  code: 60,
  name: 60,
  dutch: 50,
  chinese: 50,
  within: 20,
  qualifier: 20,
  level: 15,
  day: 15,
  country: 5,
};

export const feature = (name: FeatureName, value: number): Feature => ({ name, value, weight: WEIGHTS[name] });

/**
 * Compares the codes of a query with those of a record: 1 if one is equal, 0 if the record has another one of the same list,
 * 0.5 for both; undefined if there is nothing to compare.
 *
 * @param own The codes of the record: null if it may have one of that list that the register does not know.
 */
export function codeValue(codes: readonly Code[], own: Partial<Record<CodeScheme, string | null>>): number | undefined {
  const results = codes.flatMap(({ scheme, value }) => {
    const code = own[scheme];
    return code == null ? [] : [code === value];
  });
  if (results.length === 0) return undefined;
  if (results.every(Boolean)) return 1;
  return results.some(Boolean) ? 0.5 : 0;
}

/**
 * Returns whether a record existed on a day: 1 if it did, 0 if not, 0.5 if the dates are not exact enough, or if it is gone
 * and the query has no day.
 */
export function dayValue(
  on: string | undefined,
  { from, until }: { from?: string | null; until: string | null },
): number | undefined {
  if (on === undefined) return until === null ? undefined : 0.5;
  if (partialDateProblem(on)) return 0;
  if (until !== null && earliestDay(on) >= latestDay(until)) return 0;
  if (from != null && latestDay(on) < earliestDay(from)) return 0;
  const isExact =
    (until === null || latestDay(on) < earliestDay(until)) && (from == null || earliestDay(on) >= latestDay(from));
  return isExact ? 1 : 0.5;
}
