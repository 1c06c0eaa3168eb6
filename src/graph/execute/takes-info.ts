const resolversWithoutInfo = new WeakSet<object>();

/** Marks a resolver of a field or of a type that never reads its `info`, so that the executor does not build one. */
export function withoutInfo<R extends (source: never, ...rest: never[]) => unknown>(resolve: R): R {
  resolversWithoutInfo.add(resolve);
  return resolve;
}

/** Returns whether a resolver may read its `info`: all but the marked ones. */
export function takesInfo(resolve: object | undefined): boolean {
  return resolve !== undefined && !resolversWithoutInfo.has(resolve);
}
