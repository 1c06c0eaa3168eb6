import {
  type GraphQLNamedType,
  type GraphQLOutputType,
  getNamedType,
  getNullableType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isLeafType,
  isListType,
  isObjectType,
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
const NAMING = ['name', 'title', 'label', 'dutch', 'chinese', 'id', 'en', 'nl', 'count', 'value'];

/** Returns the smallest selection of a type that says what it is: `{ name }`, `{ nodes { name } }`. */
export function selectionOf(type: GraphQLNamedType | undefined, depth = 0): string | undefined {
  if ((!isObjectType(type) && !isInterfaceType(type)) || depth > 3) return undefined;
  const fields = type.getFields();
  if (fields.nodes) {
    const inner = selectionOf(getNamedType(fields.nodes.type), depth + 1);
    return inner && `{ nodes ${inner} }`;
  }
  const needsNothing = ({ args }: { args: readonly { type: unknown; defaultValue?: unknown }[] }) =>
    args.every(
      ({ type: argumentType, defaultValue }) => defaultValue !== undefined || !String(argumentType).endsWith('!'),
    );
  const leaf = NAMING.find(name => fields[name] && isLeaf(fields[name].type) && needsNothing(fields[name]));
  if (leaf && !(fields.dutch && fields.chinese)) return `{ ${leaf} }`;
  if (!fields.dutch || !fields.chinese) {
    const [first] = Object.values(fields).filter(field => isLeaf(field.type) && needsNothing(field));
    return first && `{ ${first.name} }`;
  }
  const sides = [fields.dutch, fields.chinese].map(
    side => `${side.name} ${selectionOf(getNamedType(side.type), depth + 1)}`,
  );
  return `{ ${sides.join(' ')} }`;
}

const isLeaf = (type: GraphQLOutputType): boolean => {
  const nullable = getNullableType(type);
  return isLeafType(isListType(nullable) ? getNamedType(nullable) : nullable);
};
