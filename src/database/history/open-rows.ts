import type { RecordRow } from './record-rows.js';

/** A row as it was from one change until another. */
export interface RowVersion {
  row: RecordRow;
  from: number;
  /** The change that ended it; undefined for the newest version. */
  until: number | undefined;
}

/** Follows the rows of a record from change to change, and returns the versions that end. */
export class OpenRows {
  readonly #open = new Map<string, RowVersion & { text: string }>();

  /** Replaces all rows by those after a change, and returns the versions that it ended. */
  replace(rows: readonly RecordRow[], at: number): RowVersion[] {
    const after = new Map(rows.map(row => [keyOf(row), row]));
    const ended: RowVersion[] = [];
    for (const [key, { text, ...version }] of this.#open) {
      const row = after.get(key);
      if (row && textOf(row) === text) {
        after.delete(key);
        continue;
      }
      this.#open.delete(key);
      // One that another change of the same set replaces was never known.
      if (version.from < at) ended.push({ ...version, until: at });
    }
    for (const [key, row] of after) this.#open.set(key, { row, text: textOf(row), from: at, until: undefined });
    return ended;
  }

  /** Returns the versions that no change ended. */
  newest(): RowVersion[] {
    return [...this.#open.values()].map(({ text: _, ...version }) => version);
  }
}

const keyOf = ({ table, key }: RecordRow) => JSON.stringify([table, key]);
const textOf = ({ values }: RecordRow) => JSON.stringify(values);
