import type { Change } from './change.js';
import type { LogPosition } from './cursor.js';

/** Limits the newest changes held in memory for all subscribers together; older ones are read from the log again. */
const CHANGE_BUFFER_SIZE = 1_000;
const CHANGE_BUFFER_BYTES = 16_000_000;
/** The memory of a change without its texts. */
const CHANGE_OVERHEAD_BYTES = 1_000;

/** Estimates the memory of a change. */
const bytesOf = ({ fields, reason }: Change): number =>
  CHANGE_OVERHEAD_BYTES + (JSON.stringify(fields).length + (reason?.length ?? 0)) * 2;

/** The newest changes of the log, without gaps. */
export class ChangeBuffer {
  #changes: Change[] = [];
  /** The memory of each change, and of all together. */
  readonly #sizes: number[] = [];
  #bytes = 0;
  /** The position after which the buffer begins. */
  #start: LogPosition;

  constructor(start: LogPosition) {
    this.#start = start;
  }

  /** The estimated memory of the changes, in bytes. */
  get bytes(): number {
    return this.#bytes;
  }

  readonly maxBytes = CHANGE_BUFFER_BYTES;

  /** The position of the newest change. */
  get newest(): LogPosition {
    return this.#changes.at(-1) ?? this.#start;
  }

  /** The positions in the buffer, with that at which it begins. */
  get positions(): LogPosition[] {
    return [this.#start, ...this.#changes].map(({ id, mark }) => ({ id, mark }));
  }

  /** Returns whether a position is in the buffer, or is that at which it begins. */
  has({ id, mark }: LogPosition): boolean {
    const position = id === this.#start.id ? this.#start : this.#changes[firstIndexAfter(this.#changes, id - 1)];
    return position?.id === id && position.mark === mark;
  }

  /** Returns whether the changes after an id are in memory. */
  hasAllAfter(id: number): boolean {
    return id >= this.#start.id;
  }

  /** Adds the changes that follow the newest one. */
  append(changes: readonly Change[]): void {
    this.#changes.push(...changes);
    for (const size of changes.map(bytesOf)) {
      this.#sizes.push(size);
      this.#bytes += size;
    }
    let excess = 0;
    while (this.#changes.length - excess > CHANGE_BUFFER_SIZE || this.#bytes > CHANGE_BUFFER_BYTES) {
      this.#bytes -= this.#sizes[excess] as number;
      excess += 1;
    }
    this.#sizes.splice(0, excess);
    const evicted = this.#changes.splice(0, excess).at(-1);
    if (evicted) this.#start = { id: evicted.id, mark: evicted.mark };
  }

  /** Returns the changes after an id, oldest first, up to a limit. Undefined if some of them are no longer in memory. */
  after(id: number, limit: number): Change[] | undefined {
    if (id >= this.newest.id) return [];
    if (!this.hasAllAfter(id)) return undefined;
    const first = firstIndexAfter(this.#changes, id);
    return this.#changes.slice(first, first + limit);
  }
}

/** Finds the index of the first change after an id in a sorted list, by binary search. */
function firstIndexAfter(changes: readonly Change[], id: number): number {
  let [low, high] = [0, changes.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((changes[middle] as Change).id > id) high = middle;
    else low = middle + 1;
  }
  return low;
}
