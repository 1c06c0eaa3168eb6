import { type Dimension, type Groups, isStatus, isTime } from './chart-data.js';

/** Places of the dimensions, as indexes: the rows, the columns, and what splits a cell. */
export interface Arrangement {
  readonly rows: number;
  /** Undefined for one dimension. */
  readonly columns: number | undefined;
  /** Undefined for one or two dimensions. */
  readonly split: number | undefined;
}

/**
 * Arranges up to three dimensions: the status, or else the dimension with the fewest values, splits; time makes columns.
 *
 * @param rows Index of the dimension that the reader chose for the rows.
 */
export function arrange({ dimensions, bars }: Groups, rows?: number): Arrangement {
  const sizeOf = (index: number) => new Set(bars.map(({ values }) => values[index])).size;
  const weight = (index: number) => {
    const dimension = dimensions[index] as Dimension;
    return isStatus(dimension)
      ? Number.POSITIVE_INFINITY
      : isTime(dimension) && dimensions.length > 2
        ? 1e6
        : -sizeOf(index);
  };
  // The heaviest comes last: rows, columns, split.
  const order = dimensions
    .map((_, index) => index)
    .slice(0, 3)
    .sort((a, b) => Number(b === rows) - Number(a === rows) || weight(a) - weight(b));
  return { rows: order[0] ?? 0, columns: order[1], split: order[2] };
}
