import { type DocumentNode, type GraphQLSchema, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { Extensions } from 'type-graphql';
import { AccessError, type Identity, IdentityKind } from './identity.js';
import { ROUTERS_ONLY } from './router.js';
import { covers, type Scope } from './scope.js';

/** Decorator of a field: who asks for it needs this scope. */
export function RequiresScope(scope: Scope): MethodDecorator & PropertyDecorator {
  return Extensions({ scope }) as MethodDecorator & PropertyDecorator;
}

/** What a field can need of who asks for it: a scope, or the secret of routers. */
type Requirement = Scope | 'router';

/** What the fields of a document need, each with the first field that needs it. */
function requirementsOf(schema: GraphQLSchema, document: DocumentNode): Map<Requirement, string> {
  const needs = new Map<Requirement, string>();
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field(node) {
        const { scope, routerOnly } = (types.getFieldDef()?.extensions ?? {}) as {
          scope?: Scope;
          routerOnly?: boolean;
        };
        const need = routerOnly ? 'router' : scope;
        if (need && !needs.has(need)) needs.set(need, node.name.value);
      },
    }),
  );
  return needs;
}

/** Whether everybody may ask for every field of a document. */
export function isPublic(schema: GraphQLSchema, document: DocumentNode): boolean {
  return requirementsOf(schema, document).size === 0;
}

/**
 * Makes sure that whoever asks may ask for every field of a document. Looked up in the document and not while it runs,
 * so that nothing of it has happened when one field is refused.
 *
 * @throws AccessError UNAUTHENTICATED for somebody without a key, FORBIDDEN for a key that lacks the scope, and
 * for a field of routers.
 */
export function requireScopes(schema: GraphQLSchema, document: DocumentNode, identity: Identity): void {
  const { kind, scopes, fromRouter } = identity;
  for (const [scope, field] of requirementsOf(schema, document)) {
    if (scope === 'router') {
      if (fromRouter) continue;
      throw new AccessError('FORBIDDEN', `${field} ${ROUTERS_ONLY}.`);
    }
    if (covers(scopes, scope)) continue;
    if (kind === IdentityKind.ANONYMOUS) {
      throw new AccessError('UNAUTHENTICATED', `${field} needs a key with the scope ${scope}; none was given.`);
    }
    throw new AccessError(
      'FORBIDDEN',
      `${field} needs the scope ${scope}; this key has ${scopes.join(', ') || 'none'}.`,
    );
  }
}
