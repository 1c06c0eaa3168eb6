import type { GraphQLSchema } from 'graphql';
import { directivesOf, elementsOf } from '../graph/schema/directives.js';
import { printWithDirectives } from './print.js';

/** The newest Federation version that all composers accept. */
const FEDERATION_URL = 'https://specs.apollo.dev/federation/v2.9';

/** The directives of that version. Their arguments are checked by composers, not here. */
const FEDERATION_DIRECTIVES = new Set(
  `key requires provides external shareable extends override tag inaccessible composeDirective interfaceObject
  authenticated requiresScopes policy context fromContext cost listSize`.split(/\s+/),
);

/** Decides how a subgraph is printed. */
export interface PrintOptions {
  /** Imports from specifications other than Federation: a URL with the imported names, such as `@custom`. */
  links?: readonly { url: string; import: readonly string[] }[];
  /** Custom directives to preserve in the supergraph (`@composeDirective`): `@custom`. */
  compose?: readonly string[];
  /** Applies the directives that only routers read. Called before the schema is printed for the first time. */
  annotate?: (schema: GraphQLSchema) => void;
}

/**
 * Returns a function that prints a subgraph: `extend schema @link(…)` with the directives in use, then every type with its
 * directives. It prints on its first call, because that takes a tenth of the start of a process, and only routers read it.
 *
 * The function throws an Error for a directive that neither Federation nor the schema defines.
 */
export function subgraphPrinter(schema: GraphQLSchema, { annotate, ...head }: PrintOptions): () => string {
  let text: string | undefined;
  return () => {
    if (text === undefined) {
      annotate?.(schema);
      text = `${headOf(schema, head)}\n\n${printWithDirectives(schema)}\n`;
    }
    return text;
  };
}

function headOf(schema: GraphQLSchema, { links = [], compose = [] }: PrintOptions): string {
  const used = new Set(compose.length ? ['composeDirective'] : []);
  for (const element of elementsOf(schema)) {
    for (const { name } of directivesOf(element)) used.add(name.value);
  }
  const defined = new Set(schema.getDirectives().map(({ name }) => name));
  const unknown = [...used].filter(name => !FEDERATION_DIRECTIVES.has(name) && !defined.has(name));
  if (unknown.length) throw new Error(`@${unknown.join(', @')}: neither Federation nor the schema defines it.`);
  const imported = [...used]
    .filter(name => FEDERATION_DIRECTIVES.has(name))
    .sort()
    .map(name => `@${name}`);
  const linked = [{ url: FEDERATION_URL, import: imported }, ...links].map(
    ({ url, import: names }) =>
      `  @link(url: ${JSON.stringify(url)}, import: [${names.map(name => JSON.stringify(name)).join(', ')}])`,
  );
  const composed = compose.map(name => `  @composeDirective(name: ${JSON.stringify(name)})`);
  return `extend schema\n${[...linked, ...composed].join('\n')}`;
}
