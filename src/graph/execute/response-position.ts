/** A result under construction: an object or a list. */
export type Container = Record<string | number, unknown>;

/** The place of an object or a list in the result: where it is put, and where an error below it goes. */
export class ResponsePosition {
  /** Whether an error put null here: what is still to come below it no longer counts. */
  isNull = false;

  constructor(
    readonly parent: ResponsePosition | undefined,
    readonly container: Container,
    readonly key: string | number,
    readonly nullable: boolean,
  ) {}

  /** The keys from the root of the data to here. */
  path(...last: (string | number)[]): (string | number)[] {
    const keys = last;
    for (let slot: ResponsePosition = this; slot.parent; slot = slot.parent) keys.unshift(slot.key);
    return keys;
  }

  /** Whether this place, or one above it, was made null by an error. */
  get isNulled(): boolean {
    for (let slot: ResponsePosition | undefined = this; slot; slot = slot.parent) if (slot.isNull) return true;
    return false;
  }

  /** Makes the nearest place null that may be. */
  propagateNull(): void {
    let slot: ResponsePosition = this;
    while (!slot.nullable && slot.parent) slot = slot.parent;
    slot.isNull = true;
    slot.container[slot.key] = null;
  }
}
