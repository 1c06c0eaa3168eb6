import { readFileSync } from 'node:fs';
import {
  buildASTSchema,
  type DefinitionNode,
  type DocumentNode,
  type EnumTypeDefinitionNode,
  type InputObjectTypeDefinitionNode,
  introspectionFromSchema,
  Kind,
  type NamedTypeNode,
  parse,
  type TypeNode,
  visit,
} from 'graphql';
import type { Plugin } from 'vite';

const MODULE_ID = 'virtual:question-schema';
/** Names of types of operations that write. */
const WRITTEN = /^(?:Mutation|Subscription)$|Payload$/;

const SCHEMA = new URL('../../../schema.graphql', import.meta.url);

/**
 * Vite plug-in that gives the schema as far as answers to questions are typed by it: without descriptions, directives and
 * operations that write. It is the answer to an introspection: to build a schema from that takes half of the code that its
 * text takes, which is validated by all rules.
 */
export function questionSchema(): Plugin {
  return {
    name: 'question-schema',
    resolveId: id => (id === MODULE_ID ? `\0${MODULE_ID}` : undefined),
    load: id => (id === `\0${MODULE_ID}` ? `export const introspection = ${introspectionOf(shortened())};` : undefined),
  };
}

/** An enum of hundreds of values, of proposals alone, which no embedded view reads: it has no key. */
const RULE = 'Rule';

/** Stands for the input objects that are no filters: their values are passed on as they are, and no panel reads them. */
const INPUT = 'Input';

const namedType = (type: TypeNode): string => (type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type));

/** Returns the input objects that a filter of a query has: pictures say their filter in words. */
function filterTypes(
  inputs: ReadonlyMap<string, InputObjectTypeDefinitionNode>,
  definitions: readonly DefinitionNode[],
) {
  const filters = new Set<string>();
  const add = (type: TypeNode): void => {
    const name = namedType(type);
    const input = inputs.get(name);
    if (!input || filters.has(name)) return;
    filters.add(name);
    for (const field of input.fields ?? []) add(field.type);
  };
  for (const node of definitions) {
    if (node.kind !== Kind.OBJECT_TYPE_DEFINITION || node.name.value !== 'Query') continue;
    const values = (node.fields ?? []).flatMap(field => field.arguments ?? []);
    for (const { name, type } of values) if (name.value === 'filter') add(type);
  }
  return filters;
}

/** Parts of an introspection that no panel reads. */
const UNREAD: ReadonlySet<string> = new Set(['isDeprecated', 'deprecationReason', 'isRepeatable', 'isOneOf']);

/** Returns the schema as JSON, without what stands for an absent value. */
function introspectionOf(document: DocumentNode): string {
  const schema = buildASTSchema(document, { assumeValid: true, assumeValidSDL: true });
  const introspection = introspectionFromSchema(schema, { descriptions: false, specifiedByUrl: false });
  return JSON.stringify(introspection, (name, value) => (value === null || UNREAD.has(name) ? undefined : value));
}

function shortened(): DocumentNode {
  const document = parse(readFileSync(SCHEMA, 'utf8'), { noLocation: true });
  const inputs = new Map(
    document.definitions.flatMap(node =>
      node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION ? [[node.name.value, node]] : [],
    ),
  );
  for (const name of filterTypes(inputs, document.definitions)) inputs.delete(name);
  const isLeftOut = (node: DefinitionNode): boolean =>
    node.kind === Kind.DIRECTIVE_DEFINITION ||
    node.kind === Kind.SCHEMA_DEFINITION ||
    node.kind === Kind.SCHEMA_EXTENSION ||
    ('name' in node && node.name !== undefined && (inputs.has(node.name.value) || WRITTEN.test(node.name.value)));
  const definitions = document.definitions.filter(node => !isLeftOut(node));
  const input: DefinitionNode = { kind: Kind.SCALAR_TYPE_DEFINITION, name: { kind: Kind.NAME, value: INPUT } };
  return visit(
    { ...document, definitions: [...definitions, input] },
    {
      [Kind.NAMED_TYPE]: (node: NamedTypeNode) =>
        inputs.has(node.name.value) ? { ...node, name: { ...node.name, value: INPUT } } : undefined,
      [Kind.ENUM_TYPE_DEFINITION]: ({ name }: EnumTypeDefinitionNode) =>
        name.value === RULE ? { kind: Kind.SCALAR_TYPE_DEFINITION, name } : undefined,
    },
  );
}
