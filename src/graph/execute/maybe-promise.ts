/** A value that is at hand, or a promise of it. */
export type MaybePromise<T> = T | Promise<T>;

/** Maps a value, synchronously if it is no promise: a promise per row would dominate the cost of a list. */
export function mapMaybePromise<A, B>(value: MaybePromise<A>, next: (value: A) => B): MaybePromise<B> {
  return value instanceof Promise ? value.then(next) : next(value);
}
