import type { GraphQLFieldResolver } from 'graphql';

/** A method of a resolver class. */
export type Method = (...args: unknown[]) => unknown;
/** A parameter of a resolver method, as type-graphql describes it. */
export type Param = { index: number; kind: string; name?: string; propertyName?: string };
export type Resolve = GraphQLFieldResolver<unknown, unknown>;

/** Returns a function that reads one parameter of a resolver method; `undefined` for kinds that only type-graphql reads. */
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

/** Returns a resolver that calls a method with its parameters; without an array of arguments for up to three of them. */
export function bindMethod(method: Method, [a, b, c, ...rest]: Resolve[]): Resolve {
  if (!a) return () => method();
  if (!b) return (...args) => method(a(...args));
  if (!c) return (...args) => method(a(...args), b(...args));
  if (!rest.length) return (...args) => method(a(...args), b(...args), c(...args));
  return (...args) => method(a(...args), b(...args), c(...args), ...rest.map(read => read(...args)));
}
