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

/** The text of a schema as graphql-js prints it, with the directives that are applied to its parts, which that leaves out. */
export function printWithDirectives(schema: GraphQLSchema): string {
  const text = printSchema(schema);
  const insertions: { at: number; text: string }[] = [];
  const insert = (element: SchemaElement | undefined, at: number | undefined) => {
    if (!element || at === undefined) return;
    const its = directivesOf(element).map(directive => ` ${print(directive)}`);
    if (its.length) insertions.push({ at, text: its.join('') });
  };
  for (const definition of parse(text).definitions) {
    if (!isTypeDefinitionNode(definition)) continue;
    const type = schema.getType(definition.name.value);
    insert(type, headEnd(definition));
    for (const [element, node] of partsOf(type, definition)) insert(element, node.loc?.end);
  }
  return insertions
    .sort((a, b) => b.at - a.at)
    .reduce((whole, { at, text }) => whole.slice(0, at) + text + whole.slice(at), text);
}

type Part = [element: SchemaElement | undefined, node: ASTNode];

/** The fields, arguments and values of a type, each with the node that was read from its text. */
function partsOf(type: GraphQLNamedType | undefined, node: TypeDefinitionNode): Part[] {
  if (isEnumType(type) && 'values' in node) {
    return (node.values ?? []).map((value): Part => [type.getValue(value.name.value) ?? undefined, value]);
  }
  if (!type || !('getFields' in type) || !('fields' in node)) return [];
  const fields = type.getFields();
  return (node.fields ?? []).flatMap((its): Part[] => {
    const field = fields[its.name.value];
    const args = field && 'args' in field ? field.args : [];
    const given = 'arguments' in its ? (its.arguments ?? []) : [];
    return [[field, its], ...given.map((one): Part => [args.find(({ name }) => name === one.name.value), one])];
  });
}

/** Where the directives of a type stand: after its name, its interfaces and the directives printed already. */
function headEnd(definition: TypeDefinitionNode): number {
  const { name, directives = [] } = definition;
  const interfaces = 'interfaces' in definition ? (definition.interfaces ?? []) : [];
  return Math.max(...[name, ...interfaces, ...directives].map(({ loc }) => loc?.end ?? 0));
}
