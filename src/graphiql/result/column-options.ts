import {
  type GraphQLSchema,
  getNamedType,
  isInterfaceType,
  isLeafType,
  isObjectType,
  isRequiredArgument,
} from 'graphql';

/** Field of a type, in the tree of columns. */
export interface ColumnOption {
  readonly name: string;
  /** Path from the record: `dutch.name`. */
  readonly path: string;
  /** Name of the type to unfold; undefined for a value. */
  readonly type: string | undefined;
}

/** Fields that are of no use in a table. */
const TECHNICAL = /^(?:\w+Language|redactions|history|cursor|pageInfo|edges)$/;

/** Returns the fields of a type, for the tree of columns: values first, then what can be unfolded. */
export function columnOptions(schema: GraphQLSchema, typeName: string, prefix: string): ColumnOption[] {
  const type = schema.getType(typeName);
  if (!isObjectType(type) && !isInterfaceType(type)) return [];
  const options = Object.values(type.getFields()).flatMap((field): ColumnOption[] => {
    if (TECHNICAL.test(field.name) || field.args.some(isRequiredArgument)) return [];
    const path = prefix + field.name;
    const named = getNamedType(field.type);
    if (isLeafType(named)) return [{ name: field.name, path, type: undefined }];
    if (!isObjectType(named) && !isInterfaceType(named)) return [];
    const nodes = named.getFields().nodes;
    // A list of records is unfolded to its records.
    return nodes
      ? [{ name: field.name, path: `${path}.nodes`, type: getNamedType(nodes.type).name }]
      : [{ name: field.name, path, type: named.name }];
  });
  return options.toSorted((a, b) => Number(a.type !== undefined) - Number(b.type !== undefined));
}
