import type { Sql } from 'sql-template-tag';
import type { DimensionSizes } from './group-size.js';
import type { ListDefinition } from './list-definition.js';

/** A dimension by which a list can be grouped. */
export interface Dimension {
  /** The field of the group type that holds the key. */
  field: string;
  kind: 'text' | 'integer';
  /**
   * The value of a row. Called with the day of the groups, as the client wrote it: undefined means today. Dimensions that
   * do not depend on a day ignore it.
   */
  key: (row: Sql, on?: string) => Sql;
  /** Returns the key of a group from the value of a row, such as a decade from a year; the value itself by default. */
  fold?: (value: Sql) => Sql;
  /** The join that the key needs; dimensions with equal joins share one. */
  join?: (row: Sql) => Sql;
  /** Returns the condition that a row is in the group of a key, which is text or null. For rows in several groups. */
  containsRow?: (row: Sql, key: Sql) => Sql;
  /** All values of a column without nulls that is the first one of an index of the list. */
  values?: readonly string[];
  /** True for the second column of that index. */
  followsValues?: boolean;
}

/** A list that can be grouped, its dimensions and its aggregates. */
export interface Grouping<D extends string, Row extends object> {
  listing: ListDefinition<Row>;
  dimensions: Record<D, Dimension>;
  /** The dimensions with a limited number of values. */
  sizes: DimensionSizes<D>;
  /** Aggregates by field; only selected ones are computed. */
  aggregates: Record<string, (row: Sql) => Sql>;
}

/** Returns the key of a row. */
export const groupKey = ({ key, fold }: Dimension, row: Sql, on: string | undefined): Sql =>
  fold ? fold(key(row, on)) : key(row, on);
