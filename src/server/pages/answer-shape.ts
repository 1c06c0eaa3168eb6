import {
  type DocumentNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLField,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isCompositeType,
  isListType,
  isUnionType,
  Kind,
  type SelectionSetNode,
} from 'graphql';

/** A field of an answer: its types, and the fields that are selected below it. */
export interface FieldShape {
  /** The name in the answer: an alias, or the name of the field. */
  readonly key: string;
  readonly name: string;
  readonly typeName: string;
  readonly parentName: string;
  readonly isList: boolean;
  /** By key, in the order of the document, without those for the page. */
  readonly fields: ReadonlyMap<string, FieldShape>;
}

type Fields = Map<string, FieldShape>;

/** Returns the fields of the only operation of a valid document. */
export function answerShape(schema: GraphQLSchema, document: DocumentNode): ReadonlyMap<string, FieldShape> {
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const operation = document.definitions.find(node => node.kind === Kind.OPERATION_DEFINITION);

  function collect(type: GraphQLCompositeType, { selections }: SelectionSetNode, into: Fields): Fields {
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const definition: GraphQLField<unknown, unknown> | undefined = isUnionType(type)
          ? undefined
          : type.getFields()[selection.name.value];
        if (key === '__typename')
          into.set(key, {
            key,
            name: key,
            typeName: 'String',
            parentName: type.name,
            isList: false,
            fields: new Map(),
          });
        if (!definition || key.startsWith('_')) continue;
        const named = getNamedType(definition.type);
        const fields = (into.get(key)?.fields as Fields | undefined) ?? new Map();
        if (isCompositeType(named) && selection.selectionSet) collect(named, selection.selectionSet, fields);
        const isList = isListType(getNullableType(definition.type));
        into.set(key, { key, name: definition.name, typeName: named.name, parentName: type.name, isList, fields });
        continue;
      }
      const fragment = selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
      const condition = fragment?.typeCondition && schema.getType(fragment.typeCondition.name.value);
      if (fragment) collect(isCompositeType(condition) ? condition : type, fragment.selectionSet, into);
    }
    return into;
  }

  const root = schema.getQueryType();
  return root && operation ? collect(root, operation.selectionSet, new Map()) : new Map();
}

/** An object of an answer. */
export type AnswerObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is AnswerObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value) && !(value instanceof Date);

export const isConnection = ({ typeName }: FieldShape): boolean => typeName.endsWith('Connection');

/** The rows of a list or a connection, with their fields. */
export interface Rows {
  fields: ReadonlyMap<string, FieldShape>;
  rows: readonly (AnswerObject | null)[];
  /** Undefined if the document does not select it. */
  total: number | undefined;
}

/** Returns the rows of a field with a list of objects; undefined for any other field. The fields of an edge belong to its row. */
export function rowsOf(shape: FieldShape, value: unknown): Rows | undefined {
  if (shape.isList && shape.fields.size)
    return { fields: shape.fields, rows: (value ?? []) as AnswerObject[], total: undefined };
  if (!isConnection(shape)) return undefined;
  const connection = (isObject(value) ? value : {}) as Record<string, unknown>;
  const total = typeof connection.totalCount === 'number' ? connection.totalCount : undefined;
  const edges = [...shape.fields.values()].find(({ name }) => name === 'edges');
  const nodes = [...shape.fields.values()].find(({ name }) => name === 'nodes');
  if (nodes) return { fields: nodes.fields, rows: (connection[nodes.key] ?? []) as AnswerObject[], total };
  if (!edges) return undefined;
  const node = edges.fields.get('node');
  const own = [...edges.fields].filter(([key]) => key !== 'node' && key !== 'cursor');
  const fields = new Map([...(node?.fields ?? []), ...own]);
  const rows = ((connection[edges.key] ?? []) as AnswerObject[]).map(edge => ({ ...edge, ...(edge.node as object) }));
  return { fields, rows, total };
}
