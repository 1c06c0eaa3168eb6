import {
  type GraphQLField,
  type GraphQLNamedType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

/** Returns a value with the operators that a filter needs around it: `{ eq: ENDED }`; undefined if it has none. */
export function operatorsFor(type: GraphQLNamedType | undefined, value: string, depth = 0): string | undefined {
  if (!isInputObjectType(type) || depth > 2) return undefined;
  const { eq, some } = type.getFields();
  if (eq) return `{ eq: ${isEnumType(getNamedType(eq.type)) ? value.replaceAll('"', '') : value} }`;
  const inner = some && operatorsFor(getNamedType(some.type), value, depth + 1);
  return inner && `{ some: ${inner} }`;
}

/** Fields that say what a record is, the best first. */
const NAMING = ['name', 'title', 'label', 'id', 'en', 'nl', 'count', 'value'];

/** Tells if a field is a value that can be asked for without arguments. */
const isPlain = ({ type, args }: GraphQLField<unknown, unknown>): boolean =>
  isLeafType(getNamedType(type)) && !args.some(isRequiredArgument);

/** Returns the smallest selection of a type that says what it is: `{ name }`, `{ nodes { name } }`. */
export function selectionOf(type: GraphQLNamedType | undefined, depth = 0): string | undefined {
  if ((!isObjectType(type) && !isInterfaceType(type)) || depth > 3) return undefined;
  const fields = type.getFields();
  const { nodes, dutch, chinese } = fields;
  const inner = (field: GraphQLField<unknown, unknown>) => selectionOf(getNamedType(field.type), depth + 1);
  if (nodes) return inner(nodes) && `{ nodes ${inner(nodes)} }`;
  if (dutch && chinese) return `{ dutch ${inner(dutch)} chinese ${inner(chinese)} }`;
  const naming = NAMING.flatMap(name => fields[name] ?? []);
  const value = [...naming, ...Object.values(fields)].find(isPlain);
  return value && `{ ${value.name} }`;
}
