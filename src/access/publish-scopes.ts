import { type GraphQLSchema, isObjectType } from 'graphql';
import { applyDirective } from '../graph/schema/directives.js';
import type { Scope } from './scope.js';

/**
 * Adds `@authenticated @requiresScopes` to every field with a required scope, so that routers can check it before they
 * query this subgraph. Either the field's scope or `register:admin` suffices. Reads the same extension of
 * `@RequiresScope` that the server enforces, so the two cannot diverge.
 */
export function publishScopes(schema: GraphQLSchema): void {
  for (const type of Object.values(schema.getTypeMap())) {
    if (!isObjectType(type)) continue;
    for (const field of Object.values(type.getFields())) {
      const scope = field.extensions.scope as Scope | undefined;
      if (!scope) continue;
      const scopes = [...new Set<Scope>([scope, 'register:admin'])].map(name => `["${name}"]`).join(', ');
      applyDirective(field, `@authenticated @requiresScopes(scopes: [${scopes}])`);
    }
  }
}
