import type { GraphQLFieldResolver } from 'graphql';

/** A method of a resolver class, of whatever shape. */
export type Method = (...args: unknown[]) => unknown;
/** What type-graphql keeps of a parameter. */
export type Param = { index: number; kind: string; name?: string; propertyName?: string };
export type Resolve = GraphQLFieldResolver<unknown, unknown>;

/** How one parameter of a resolver method is found; undefined when it takes the generic handler. */
export function argumentReader({ kind, name, propertyName }: Param): Resolve | undefined {
  switch (kind) {
    case 'root':
      return propertyName ? root => (root as Record<string, unknown>)[propertyName] : root => root;
    case 'context':
      return propertyName
        ? (_, __, context) => (context as Record<string, unknown>)[propertyName]
        : (_, __, context) => context;
    case 'info':
      return (_, __, ___, info) => info;
    case 'args':
      return (_, args) => args;
    case 'arg':
      return name === undefined ? undefined : (_, args) => args[name];
    default:
      return undefined;
  }
}

/** A call without an array for its arguments: most methods take one to three. */
export function bindMethod(method: Method, [a, b, c, ...more]: Resolve[]): Resolve {
  if (!a) return () => method();
  if (!b) return (...its) => method(a(...its));
  if (!c) return (...its) => method(a(...its), b(...its));
  if (!more.length) return (...its) => method(a(...its), b(...its), c(...its));
  return (...its) => method(a(...its), b(...its), c(...its), ...more.map(read => read(...its)));
}
