import { buildClientSchema, introspectionFromSchema, parse, print, printSchema, visit } from 'graphql';
import { createSchema } from '../../src/schema.js';

/**
 * Returns the schema as front ends and their tools get it, by introspection. Omits the parts for routers: the directives
 * and the `extend schema` of `schema.graphql`, which some tools cannot parse, and the fields and types of Federation,
 * whose names begin with `_`.
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
