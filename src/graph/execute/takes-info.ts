import type { GraphQLFieldResolver } from 'graphql';

const without = new WeakSet<object>();

/** Says of a resolver that it never looks at its `info`, so that none has to be made for it. */
export function withoutInfo<R extends GraphQLFieldResolver<unknown, unknown>>(resolve: R): R {
  without.add(resolve);
  return resolve;
}

/** Whether a resolver may look at its `info`: every one but those that are known not to. */
export function takesInfo(resolve: object | undefined): boolean {
  return resolve !== undefined && !without.has(resolve);
}
