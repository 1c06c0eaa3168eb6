import {
  type ConstDirectiveNode,
  type GraphQLArgument,
  type GraphQLEnumValue,
  type GraphQLField,
  type GraphQLInputField,
  type GraphQLNamedType,
  type GraphQLSchema,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  parseType,
  type TypeDefinitionNode,
  valueFromASTUntyped,
} from 'graphql';

/** A part of a schema that directives are applied to. */
export type SchemaElement =
  | GraphQLNamedType
  | GraphQLField<unknown, unknown>
  | GraphQLArgument
  | GraphQLInputField
  | GraphQLEnumValue;

/** The directives applied to a part of a schema: by `@Directive` of type-graphql, or by `apply`. */
export function directivesOf({ astNode }: SchemaElement): readonly ConstDirectiveNode[] {
  return astNode?.directives ?? [];
}

/** Every part of a schema that a directive can stand on: types, fields, arguments, enum values; none of introspection. */
export function* elementsOf(schema: GraphQLSchema): Generator<SchemaElement> {
  for (const type of Object.values(schema.getTypeMap())) {
    if (type.name.startsWith('__')) continue;
    yield type;
    if ('getValues' in type) yield* type.getValues();
    if (!('getFields' in type)) continue;
    for (const field of Object.values(type.getFields())) {
      yield field;
      if ('args' in field) yield* field.args;
    }
  }
}

/** The arguments of each application of one directive, as plain values. */
export function argumentsOf(element: SchemaElement, name: string): Record<string, unknown>[] {
  return directivesOf(element)
    .filter(directive => directive.name.value === name)
    .map(({ arguments: given = [] }) =>
      Object.fromEntries(given.map(({ name, value }) => [name.value, valueFromASTUntyped(value)])),
    );
}

export const hasDirective = (element: SchemaElement, name: string): boolean =>
  directivesOf(element).some(directive => directive.name.value === name);

/**
 * Applies directives to a type or to a field, after what it has: `@cost(weight: 5)`.
 *
 * An interface and the types that implement it may share the node of a field: it is replaced, never changed.
 */
export function applyDirective(element: GraphQLNamedType | GraphQLField<unknown, unknown>, text: string): void {
  const [definition] = parse(`scalar S ${text}`).definitions as [TypeDefinitionNode];
  const name = { kind: Kind.NAME, value: element.name } as const;
  const node =
    element.astNode ??
    ('type' in element
      ? { kind: Kind.FIELD_DEFINITION, name, type: parseType(String(element.type)) }
      : { kind: kindOf(element), name });
  element.astNode = { ...node, directives: [...directivesOf(element), ...(definition.directives ?? [])] } as never;
}

function kindOf(type: GraphQLNamedType): TypeDefinitionNode['kind'] {
  if (isObjectType(type)) return Kind.OBJECT_TYPE_DEFINITION;
  if (isInterfaceType(type)) return Kind.INTERFACE_TYPE_DEFINITION;
  if (isInputObjectType(type)) return Kind.INPUT_OBJECT_TYPE_DEFINITION;
  return 'getTypes' in type
    ? Kind.UNION_TYPE_DEFINITION
    : 'getValues' in type
      ? Kind.ENUM_TYPE_DEFINITION
      : Kind.SCALAR_TYPE_DEFINITION;
}
