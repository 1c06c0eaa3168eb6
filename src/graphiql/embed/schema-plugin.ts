import { readFileSync } from 'node:fs';
import { type DefinitionNode, Kind, type NamedTypeNode, parse, print, visit } from 'graphql';
import type { Plugin } from 'vite';

const MODULE_ID = 'virtual:question-schema';
/** Names of types of operations that write. */
const WRITTEN = /^(?:Mutation|Subscription)$|Payload$/;

const SCHEMA = new URL('../../../schema.graphql', import.meta.url);

/**
 * Vite plug-in that gives the schema as far as answers to questions are typed by it: without descriptions, directives and
 * operations that write. A tenth of it is left.
 */
export function questionSchema(): Plugin {
  return {
    name: 'question-schema',
    resolveId: id => (id === MODULE_ID ? `\0${MODULE_ID}` : undefined),
    load: id => (id === `\0${MODULE_ID}` ? `export const sdl = ${JSON.stringify(shortened())};` : undefined),
  };
}

/** Stands for all input objects: their values are passed on as they are, and no panel reads them. */
const INPUT = 'Input';

function shortened(): string {
  const document = parse(readFileSync(SCHEMA, 'utf8'), { noLocation: true });
  const inputs = new Set(
    document.definitions.flatMap(node => (node.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION ? [node.name.value] : [])),
  );
  const isLeftOut = (node: DefinitionNode): boolean =>
    node.kind === Kind.DIRECTIVE_DEFINITION ||
    node.kind === Kind.SCHEMA_DEFINITION ||
    node.kind === Kind.SCHEMA_EXTENSION ||
    ('name' in node && node.name !== undefined && (inputs.has(node.name.value) || WRITTEN.test(node.name.value)));
  const definitions = document.definitions.filter(node => !isLeftOut(node));
  const plain = visit(
    { ...document, definitions },
    {
      enter: node => ({
        ...node,
        ...('description' in node && { description: undefined }),
        ...('directives' in node && { directives: [] }),
      }),
      [Kind.NAMED_TYPE]: (node: NamedTypeNode) =>
        inputs.has(node.name.value) ? { ...node, name: { ...node.name, value: INPUT } } : undefined,
    },
  );
  return `${print(plain)}\nscalar ${INPUT}`.replaceAll(/\n\s*/g, '\n');
}
