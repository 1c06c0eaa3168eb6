import type { GraphQLSchema } from 'graphql';

/** The descriptions of the root types, for which type-graphql has no decorator. */
const DESCRIPTIONS = {
  Query:
    'Reads the register. No credentials are needed. Its facts are published under CC BY 4.0 (https://creativecommons.org/licenses/by/4.0/), with the attribution that each file at /export has; names of publishers and titles of sources are facts.',
  Mutation:
    'Changes the register. Each mutation but `reportError` needs a key or token with its scope, such as `partnership:write`, or with `register:admin`.',
  Subscription: 'Live updates of the register. A client can resume from any earlier change.',
};

/** Describes the root types of a schema. Returns the schema. */
export function describeRoots(schema: GraphQLSchema): GraphQLSchema {
  for (const [name, description] of Object.entries(DESCRIPTIONS)) {
    const type = schema.getType(name);
    if (type) type.description = description;
  }
  return schema;
}
