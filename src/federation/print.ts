import {
  type ASTNode,
  type GraphQLNamedType,
  type GraphQLSchema,
  isEnumType,
  isTypeDefinitionNode,
  parse,
  print,
  printSchema,
  type TypeDefinitionNode,
} from 'graphql';
import { directivesOf, type SchemaElement } from '../graph/schema/directives.js';

/**
 * Prints a schema with its applied directives, which `printSchema` of graphql-js omits. Inserts them into the printed
 * text at the source locations of a parse of that text.
 */
export function printWithDirectives(schema: GraphQLSchema): string {
  const text = printSchema(schema);
  const insertions: { at: number; text: string }[] = [];
  const insert = (element: SchemaElement | undefined, at: number | undefined) => {
    if (!element || at === undefined) return;
    const directives = directivesOf(element).map(directive => ` ${print(directive)}`);
    if (directives.length) insertions.push({ at, text: directives.join('') });
  };
  for (const definition of parse(text).definitions) {
    if (!isTypeDefinitionNode(definition)) continue;
    const type = schema.getType(definition.name.value);
    insert(type, headEnd(definition));
    for (const [element, node] of partsOf(type, definition)) insert(element, node.loc?.end);
  }
  let end = 0;
  const pieces = insertions
    .sort((a, b) => a.at - b.at)
    .map(({ at, text: inserted }) => {
      const piece = text.slice(end, at) + inserted;
      end = at;
      return piece;
    });
  return pieces.join('') + text.slice(end);
}

type Part = [element: SchemaElement | undefined, node: ASTNode];

/** Pairs the fields, arguments and enum values of a type with their nodes in the printed text. */
function partsOf(type: GraphQLNamedType | undefined, node: TypeDefinitionNode): Part[] {
  if (isEnumType(type) && 'values' in node) {
    return (node.values ?? []).map((value): Part => [type.getValue(value.name.value) ?? undefined, value]);
  }
  if (!type || !('getFields' in type) || !('fields' in node)) return [];
  const fields = type.getFields();
  return (node.fields ?? []).flatMap((fieldNode): Part[] => {
    const field = fields[fieldNode.name.value];
    const args = field && 'args' in field ? field.args : [];
    const argNodes = 'arguments' in fieldNode ? (fieldNode.arguments ?? []) : [];
    return [
      [field, fieldNode],
      ...argNodes.map((node): Part => [args.find(({ name }) => name === node.name.value), node]),
    ];
  });
}

/** Returns the position for a type's directives: after its name, its interfaces and the directives already printed. */
function headEnd(definition: TypeDefinitionNode): number {
  const { name, directives = [] } = definition;
  const interfaces = 'interfaces' in definition ? (definition.interfaces ?? []) : [];
  return Math.max(...[name, ...interfaces, ...directives].map(({ loc }) => loc?.end ?? 0));
}
