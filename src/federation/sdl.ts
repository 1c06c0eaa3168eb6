import type { GraphQLSchema } from 'graphql';
import { directivesOf, elementsOf } from '../graph/schema/directives.js';
import { printWithDirectives } from './print.js';

/** The version that all composers know; newer ones are refused by some. */
const FEDERATION = 'https://specs.apollo.dev/federation/v2.9';

/** What that version defines, with the arguments that are checked nowhere here: composers do. */
const FEDERATED = new Set(
  `key requires provides external shareable extends override tag inaccessible composeDirective interfaceObject
  authenticated requiresScopes policy context fromContext cost listSize`.split(/\s+/),
);

/** What a schema takes from specifications other than Federation. */
export interface Links {
  /** Each with its address and the names taken: `@custom`. */
  links?: readonly { url: string; import: readonly string[] }[];
  /** Directives of our own that the router's schema keeps: `@custom`. */
  compose?: readonly string[];
}

/**
 * The text of a subgraph: what it takes from Federation, then every type with its directives.
 *
 * @throws Error for a directive that neither Federation nor the schema defines.
 */
export function printSubgraph(schema: GraphQLSchema, { links = [], compose = [] }: Links): string {
  const used = new Set(compose.length ? ['composeDirective'] : []);
  for (const element of elementsOf(schema)) {
    for (const { name } of directivesOf(element)) used.add(name.value);
  }
  const own = new Set(schema.getDirectives().map(({ name }) => name));
  const unknown = [...used].filter(name => !FEDERATED.has(name) && !own.has(name));
  if (unknown.length) throw new Error(`@${unknown.join(', @')}: neither Federation nor the schema defines it.`);
  const imported = [...used]
    .filter(name => FEDERATED.has(name))
    .sort()
    .map(name => `@${name}`);
  const all = [{ url: FEDERATION, import: imported }, ...links].map(
    ({ url, import: names }) =>
      `  @link(url: ${JSON.stringify(url)}, import: [${names.map(name => JSON.stringify(name)).join(', ')}])`,
  );
  const composed = compose.map(name => `  @composeDirective(name: ${JSON.stringify(name)})`);
  return `extend schema\n${[...all, ...composed].join('\n')}\n\n${printWithDirectives(schema)}\n`;
}
