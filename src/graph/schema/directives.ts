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

/** A schema element that can have directives. */
export type SchemaElement =
  | GraphQLNamedType
  | GraphQLField<unknown, unknown>
  | GraphQLArgument
  | GraphQLInputField
  | GraphQLEnumValue;

/** Returns the directives of an element, applied by `@Directive` of type-graphql or by `applyDirective`. */
export function directivesOf({ astNode }: SchemaElement): readonly ConstDirectiveNode[] {
  return astNode?.directives ?? [];
}

/** Iterates over the elements of a schema that can have directives, except those of introspection. */
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

/** Returns the arguments of each application of a directive, as plain values. */
export function argumentsOf(element: SchemaElement, name: string): Record<string, unknown>[] {
  return directivesOf(element)
    .filter(directive => directive.name.value === name)
    .map(({ arguments: args = [] }) =>
      Object.fromEntries(args.map(({ name, value }) => [name.value, valueFromASTUntyped(value)])),
    );
}

export const hasDirective = (element: SchemaElement, name: string): boolean =>
  directivesOf(element).some(directive => directive.name.value === name);

/**
 * Appends directives, such as `@cost(weight: 5)`, to a type or a field.
 *
 * Replaces the AST node and never mutates it, because an interface and its implementations may share the node of a
 * field.
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
