// Several runs of one measurement: each with servers that were started for it, and the ranges of all.

export const median = numbers => {
  const sorted = numbers.toSorted((a, b) => a - b);
  const middle = Math.floor(sorted.length / 2);
  return sorted.length % 2 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
};

/** Measures so many times, one after the other. Returns the results in a list. */
export async function repeat(times, run) {
  const results = [];
  for (let i = 0; i < times; i += 1) results.push(await run(i));
  return results;
}

const FIGURES = ['server', 'pg', 'cpu', 'rps', 'p50', 'p99'];

/**
 * Combines the summaries of several runs.
 *
 * @returns Medians of the runs; `spread`, between runs, of a single one between its rounds; `errors` of all; and `runs`, the
 *   CPU and the throughput of each, for ratios within a run.
 */
export function overRuns(summaries) {
  const errors = summaries.flatMap(summary => summary?.errors ?? []);
  const good = summaries.filter(summary => summary?.cpu !== undefined);
  if (good.length === 0) return { errors, runs: [] };
  const cpu = good.map(summary => summary.cpu);
  return {
    ...Object.fromEntries(FIGURES.map(figure => [figure, median(good.map(summary => summary[figure]))])),
    spread: good.length === 1 ? good[0].spread : (Math.max(...cpu) - Math.min(...cpu)) / median(cpu),
    runs: summaries.map(summary => ({ cpu: summary?.cpu, rps: summary?.rps })),
    errors,
  };
}

/** Combines maps with the same keys, whose values are maps or summaries. */
export function mergeRuns(maps, merge = overRuns) {
  const keys = new Set(maps.flatMap(map => [...map.keys()]));
  return new Map([...keys].map(key => [key, merge(maps.map(map => map.get(key)))]));
}
