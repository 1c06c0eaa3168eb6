/** A record of a copy, as `/export/<type>.ndjson` has it. */
export type CopyRecord = Readonly<Record<string, unknown>>;

/** A record that is to be stored. */
export interface CopyEntry {
  /** The name of the export: `partnerships`, `authorities`, `exchanges`, `programmes` or `organisations`. */
  readonly type: string;
  /** The id of the record. */
  readonly key: string;
  readonly value: CopyRecord;
}

/** A record that was changed: the whole record as it is now, or `undefined` if it was withdrawn. */
export interface CopyChange {
  readonly type: string;
  readonly key: string;
  readonly value: CopyRecord | undefined;
}

/** A step of a copy that is stored. */
export interface Applied {
  /** The cursor up to which the copy is complete. */
  cursor: string;
  /** The changes of this step in their order; `undefined` if all records were replaced, or may have been. */
  changes: readonly CopyChange[] | undefined;
  /** True if the register had no further changes at this time. */
  isUpToDate: boolean;
}

/**
 * Waits for the turn of this page, and runs `run` as long as it lasts: it announces each step to the pages that wait.
 *
 * @param options.onAnnounced Called for each step of another page while this one waits, and for its last one before.
 */
export type CopyTurns = (
  run: (announce: (applied: Applied) => void) => Promise<void>,
  options: { onAnnounced: (applied: Applied) => unknown; signal?: AbortSignal },
) => Promise<void>;

/**
 * A place for a copy. The records and the cursor up to which they are complete are written as one, so that a process that
 * ends at any time leaves a copy of some moment, never a half one.
 */
export interface CopyStore {
  /** Set if several pages may share the store. */
  readonly turns?: CopyTurns | undefined;
  /** Returns the cursor of the copy, or `undefined` before there is one. */
  cursor(): Promise<string | undefined>;
  /**
   * Replaces all records. Until it resolves, readers have the records of before. If the batches throw, so does it, and the
   * store is as it was. Returns false if another process replaced them meanwhile: then nothing was written.
   */
  replace(cursor: string, batches: AsyncIterable<readonly CopyEntry[]>): Promise<boolean>;
  /**
   * Writes changes in their order, and the cursor after them. Returns false if the cursor of the store is not `from`,
   * because another process wrote meanwhile: then nothing was written.
   */
  apply(changes: readonly CopyChange[], from: string, to: string): Promise<boolean>;
  /** Returns a record, or `undefined` if there is none. */
  get(type: string, key: string): Promise<CopyRecord | undefined>;
  /** Returns all records of a type, by the order of their ids. */
  list(type: string): Promise<CopyRecord[]>;
}
