/** A response under construction: an object or a list. */
export type Container = Record<string | number, unknown>;

/** The position of an object or a list in the response: its container and key, and where errors below it propagate. */
export class ResponsePosition {
  /** Set when an error made this position null: values that arrive below it are ignored. */
  isNull = false;

  constructor(
    readonly parent: ResponsePosition | undefined,
    readonly container: Container,
    readonly key: string | number,
    readonly nullable: boolean,
  ) {}

  /** Returns the keys from the root of the data to this position, and more below it. */
  path(...below: (string | number)[]): (string | number)[] {
    const keys = below;
    for (let position: ResponsePosition = this; position.parent; position = position.parent) keys.unshift(position.key);
    return keys;
  }

  /** Returns whether an error made this position, or one above it, null. */
  get isNulled(): boolean {
    for (let position: ResponsePosition | undefined = this; position; position = position.parent)
      if (position.isNull) return true;
    return false;
  }

  /** Makes the nearest nullable position null: this one, or one above it. */
  propagateNull(): void {
    let position: ResponsePosition = this;
    while (!position.nullable && position.parent) position = position.parent;
    position.isNull = true;
    position.container[position.key] = null;
  }
}
