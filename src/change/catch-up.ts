import type { Fork } from '../graph/sql/fork.js';
import type { Change } from './change.js';
import type { LogPosition } from './cursor.js';
import { type ChangeSelection, changesAfter } from './log-reader.js';
import { Turns } from './turns.js';

/** Number of changes in one page of the log. */
export const PAGE_SIZE = 500;
/** Limits the pages that are read at a time: subscribers that resume must leave connections to everybody else. */
const MAX_READS = 4;

/** A page of changes, oldest first. */
export interface ChangePage {
  changes: readonly Change[];
  /** The position up to which the page has all changes that match. */
  end: LogPosition;
}

/** Reads pages of the log for subscribers that are behind, a few at a time and in turn. */
export class CatchUp {
  readonly #inFlight = new Map<string, Promise<ChangePage | undefined>>();
  readonly #turns = new Turns(MAX_READS);

  /** @param newest Returns a position that the log has reached. */
  constructor(
    private readonly fork: () => Fork,
    private readonly newest: () => LogPosition,
  ) {}

  /**
   * Reads the page after a position. Subscribers that wait for the same page share it. Undefined if the position is not in
   * the log.
   */
  read(position: LogPosition, selection: ChangeSelection, size = PAGE_SIZE): Promise<ChangePage | undefined> {
    const key = JSON.stringify([position.id, position.mark, selection]);
    let page = this.#inFlight.get(key);
    if (!page) {
      const reading = this.#turns
        .run(() => this.#readPage(position, selection, size))
        .finally(() => {
          if (this.#inFlight.get(key) === reading) this.#inFlight.delete(key);
        });
      page = reading;
      this.#inFlight.set(key, page);
    }
    return page;
  }

  /** Lets nobody share a page that is being read: a redaction removed texts from it meanwhile. */
  discard(): void {
    this.#inFlight.clear();
  }

  async #readPage(position: LogPosition, selection: ChangeSelection, size: number): Promise<ChangePage | undefined> {
    // Before the read: it covers at least this position.
    const reached = this.newest();
    const changes = await changesAfter(this.fork(), position, size, selection);
    const last = changes?.at(-1);
    if (!changes) return undefined;
    const isLastRow = last && (changes.length === size || last.id > reached.id);
    return { changes, end: isLastRow ? last : reached };
  }
}
