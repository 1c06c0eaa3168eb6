import type { GraphQLSchema } from 'graphql';

/** What stands over the three root types; type-graphql has no place for it. */
const DESCRIPTIONS = {
  Query: 'What can be asked of the register; open to everybody.',
  Mutation: 'What can be changed in the register, by who has a key with the scope that is named.',
  Subscription: 'What can be followed, as it happens and from any place before.',
};

/** Describes the root types of a schema, and gives it back. */
export function describeRoots(schema: GraphQLSchema): GraphQLSchema {
  for (const [name, description] of Object.entries(DESCRIPTIONS)) {
    const type = schema.getType(name);
    if (type) type.description = description;
  }
  return schema;
}
