import type { Arrangement } from './arrangement.js';
import {
  type GroupBar,
  type Groups,
  type GroupValue,
  isAdditive,
  type Measure,
  totalOf,
  valuesOf,
} from './chart-data.js';

/** Column of a pivot; a value is undefined where the column is a total. */
export interface PivotColumn {
  readonly column: GroupValue | undefined;
  readonly split: GroupValue | undefined;
}

/** Row of a pivot; its value is undefined where the row is the total. */
export interface PivotRow {
  readonly value: GroupValue | undefined;
  /** Number per column; null where there is no group. */
  readonly cells: readonly (number | null)[];
}

export interface Pivot {
  readonly columns: readonly PivotColumn[];
  readonly rows: readonly PivotRow[];
  /** Largest number that is no total. */
  readonly max: number;
}

/** Returns groups as a table: a row and a column per value, a column per part, and totals if numbers can be added up. */
export function pivotOf(groups: Groups, measure: Measure, { rows, columns, split }: Arrangement): Pivot {
  const withTotals = isAdditive(groups, measure);
  const splits = split === undefined ? [] : valuesOf(groups, split, measure);
  const columnValues = columns === undefined ? [] : valuesOf(groups, columns, measure);
  const pivotColumns: PivotColumn[] = columnValues.flatMap(column => [
    ...splits.map(part => ({ column, split: part })),
    ...(splits.length === 0 || withTotals ? [{ column, split: undefined }] : []),
  ]);
  if (withTotals) {
    pivotColumns.push(...splits.map(part => ({ column: undefined, split: part })), {
      column: undefined,
      split: undefined,
    });
  }
  const isIn = (bar: GroupBar, index: number | undefined, value: GroupValue | undefined) =>
    value === undefined || index === undefined || (bar.values[index] ?? null) === value;
  const rowOf = (value: GroupValue | undefined): PivotRow => {
    const bars = groups.bars.filter(bar => isIn(bar, rows, value));
    const cells = pivotColumns.map(({ column, split: part }) => {
      const members = bars.filter(bar => isIn(bar, columns, column) && isIn(bar, split, part));
      return members.length > 0 ? totalOf(members, measure) : null;
    });
    return { value, cells };
  };
  const body = valuesOf(groups, rows, measure).map(rowOf);
  const isPart = ({ column, split: part }: PivotColumn) =>
    column !== undefined && (splits.length === 0 || part !== undefined);
  const parts = body.flatMap(({ cells }) => cells.filter((_, index) => isPart(pivotColumns[index] as PivotColumn)));
  return {
    columns: pivotColumns,
    rows: withTotals ? [...body, rowOf(undefined)] : body,
    max: Math.max(0, ...parts.map(Number)),
  };
}
