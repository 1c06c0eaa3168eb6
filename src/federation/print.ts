import {
  type GraphQLSchema,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  Kind,
  parse,
  print,
  printSchema,
  type TypeDefinitionNode,
} from 'graphql';
import { directivesOf, type Element } from '../graph/directives.js';

/** The text of a schema as graphql-js prints it, with the directives that are applied to its parts, which that leaves out. */
export function printWithDirectives(schema: GraphQLSchema): string {
  const text = printSchema(schema);
  const insertions: { at: number; text: string }[] = [];
  const insert = (element: Element | undefined, at: number | undefined) => {
    if (!element || at === undefined) return;
    const its = directivesOf(element).map(directive => ` ${print(directive)}`);
    if (its.length) insertions.push({ at, text: its.join('') });
  };
  for (const definition of parse(text).definitions) {
    if (definition.kind === Kind.SCHEMA_DEFINITION || !('name' in definition) || !definition.name) continue;
    const type = schema.getType(definition.name.value);
    if (!type) continue;
    insert(type, headEnd(definition as TypeDefinitionNode));
    if (!('fields' in definition) || !(isObjectType(type) || isInterfaceType(type) || isInputObjectType(type)))
      continue;
    const fields = type.getFields();
    for (const node of definition.fields ?? []) {
      const field = fields[node.name.value];
      insert(field, node.loc?.end);
      if (!field || !('args' in field) || !('arguments' in node)) continue;
      for (const given of node.arguments ?? []) {
        insert(
          field.args.find(({ name }) => name === given.name.value),
          given.loc?.end,
        );
      }
    }
  }
  return insertions
    .sort((a, b) => b.at - a.at)
    .reduce((whole, { at, text }) => whole.slice(0, at) + text + whole.slice(at), text);
}

/** Where the directives of a type stand: after its name, its interfaces and the directives printed already. */
function headEnd(definition: TypeDefinitionNode): number | undefined {
  const { name, directives = [] } = definition;
  const interfaces = 'interfaces' in definition ? (definition.interfaces ?? []) : [];
  return [name, ...interfaces, ...directives].map(node => node.loc?.end ?? 0).reduce((a, b) => Math.max(a, b), 0);
}
