import { buildClientSchema, introspectionFromSchema, parse, print, printSchema, visit } from 'graphql';
import { createSchema } from '../../src/schema.js';

/**
 * The schema as front ends and their tools get it, by introspection. What is for routers is left out: the directives
 * and the `extend schema` in `schema.graphql`, which some of the tools cannot parse, and the fields and types whose
 * names Federation begins with `_`.
 */
export async function clientSchema(): Promise<string> {
  const text = printSchema(buildClientSchema(introspectionFromSchema(await createSchema())));
  return print(
    visit(parse(text), {
      enter(node) {
        if ('name' in node && node.name?.value.startsWith('_') && node.kind.endsWith('Definition')) return null;
        return undefined;
      },
    }),
  );
}
