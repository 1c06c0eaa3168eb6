import { Kind, parse, visit } from 'graphql';

/** Where a variable makes a question one of a day. */
const PLACES = new Set(['on', 'activeOn']);

/** The variable by which a question is asked for a day, without its `$`; undefined where it has none. */
export function dayVariable(query: string): string | undefined {
  let found: string | undefined;
  const look = (node: { name: { value: string }; value: { kind: Kind } }): void => {
    if (PLACES.has(node.name.value) && node.value.kind === Kind.VARIABLE) {
      found ??= (node.value as unknown as { name: { value: string } }).name.value;
    }
  };
  visit(parse(query, { noLocation: true }), { Argument: look, ObjectField: look });
  return found;
}
