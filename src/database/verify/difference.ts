/** A place where tables, versions and log disagree, or where a row has a value that no mutation stores. */
export interface Difference {
  table: string;
  /** The record, or the key of the row; `versions` if it is about all of a table. */
  id: string;
  /** The change to which it belongs; null if there is none. */
  change: number | null;
  problem: string;
}

/** Limits the differences that one check returns: damage of a whole table would fill the memory. */
export const MAX_DIFFERENCES = 100;
