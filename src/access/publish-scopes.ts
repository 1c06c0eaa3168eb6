import { type GraphQLSchema, isObjectType } from 'graphql';
import { applyDirective } from '../graph/schema/directives.js';
import type { Scope } from './scope.js';

/**
 * Shows on every field that needs a scope which one it is, for routers that check it before they ask: the field's own
 * scope, or `register:admin`, which covers everything. Read from what `RequiresScope` put there, which the server itself
 * goes by.
 */
export function publishScopes(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const scope = field.extensions.scope as Scope | undefined;
      if (scope) applyDirective(field, `@authenticated @requiresScopes(scopes: [["${scope}"], ["register:admin"]])`);
    }
  }
}
