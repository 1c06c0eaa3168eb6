import { type GroupBar, type Groups, type GroupValue, type Measure, valuesOf } from './chart-data.js';

/** Returns the key of a bar among these dimensions: its values, since two values can have the same label. */
export const keyOf = ({ values }: GroupBar, indexes: readonly number[]): string =>
  JSON.stringify(indexes.map(index => values[index] ?? null));

export const valuesOfKey = (key: string): GroupValue[] => JSON.parse(key);

/** Returns the keys that have bars, in the order of the values of the dimensions. */
export function keysOf(groups: Groups, indexes: readonly number[], measure: Measure): string[] {
  const used = new Set(groups.bars.map(bar => keyOf(bar, indexes)));
  const rows = indexes.reduce<GroupValue[][]>(
    (before, index) => before.flatMap(row => valuesOf(groups, index, measure).map(value => [...row, value])),
    [[]],
  );
  return rows.map(values => JSON.stringify(values)).filter(key => used.has(key));
}
