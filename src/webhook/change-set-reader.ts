import type { CatchUp, ChangePage } from '../change/catch-up.js';
import type { Change } from '../change/change.js';
import type { LogPosition } from '../change/cursor.js';
import { matches } from '../change/filter.js';
import type { ChangeSelection } from '../change/log-reader.js';
import type { ChangeStream } from '../change/stream.js';

/** The changes of a set that match a filter, or one change that was made alone. */
export interface ChangeSet {
  changeSet: string | null;
  /** The first of them. */
  changes: Change[];
  /** The number of all. */
  count: number;
  /** The position of the last of all. */
  last: LogPosition;
}

/** Limits the changes of a set that are in memory and in an event. */
const MAX_CHANGES_OF_SET = 500;
/** Number of changes in a page that is read from the log. */
const LOG_PAGE_SIZE = 50;

/** Thrown if a position is not in the log: the log has another history since. */
export class HistoryChangedError extends Error {}

/** Reads the log as change sets: from the memory that all share, or in small pages. */
export class ChangeSetReader {
  #page: readonly Change[] = [];
  #index = 0;
  #end: LogPosition;

  /** @param position The position after which it begins. */
  constructor(
    private readonly changes: ChangeStream,
    private readonly catchUp: CatchUp,
    position: LogPosition,
  ) {
    this.#end = position;
  }

  /** The position up to which everything was read. Valid while no set has been begun, as after `next` returned nothing. */
  get end(): LogPosition {
    return this.#end;
  }

  /**
   * Returns the next change set; undefined at the end of the log.
   *
   * @throws HistoryChangedError
   */
  async next(selection: ChangeSelection): Promise<ChangeSet | undefined> {
    let set: ChangeSet | undefined;
    for (;;) {
      const change = this.#page[this.#index];
      if (!change) {
        if (await this.#readPage(selection, set !== undefined)) continue;
        return set;
      }
      if (set && set.changeSet !== change.changeSet) return set;
      this.#index += 1;
      if (!matches(selection.filter, change)) continue;
      set ??= { changeSet: change.changeSet, changes: [], count: 0, last: change };
      set.count += 1;
      set.last = { id: change.id, mark: change.mark };
      if (set.changes.length < MAX_CHANGES_OF_SET) set.changes.push(change);
      if (set.changeSet === null) return set;
    }
  }

  /** Reads the next page. Returns false at the end of the log. */
  async #readPage(selection: ChangeSelection, isInSet: boolean): Promise<boolean> {
    const page = await this.#pageAfter(this.#end, selection, isInSet);
    if (!page) throw new HistoryChangedError();
    const isEnd = page.changes.length === 0 && page.end.id <= this.#end.id;
    [this.#page, this.#index] = [page.changes, 0];
    // A former sender may have read more of the log than this process has by now.
    // Its position alone: a page ends with a whole change.
    if (page.end.id > this.#end.id) this.#end = { id: page.end.id, mark: page.end.mark };
    return !isEnd;
  }

  #pageAfter(position: LogPosition, selection: ChangeSelection, isInSet: boolean): Promise<ChangePage | undefined> {
    // Memory ends inside of a large set while the rest of it is being read; the log has all of it.
    if (!isInSet && this.changes.remembers(position)) return this.changes.pageAfter(position, selection);
    return this.catchUp.read(position, selection, LOG_PAGE_SIZE);
  }
}
