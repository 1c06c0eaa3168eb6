import { type DocumentNode, type GraphQLSchema, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { Extensions } from 'type-graphql';
import { AccessError, type Identity, IdentityKind } from './identity.js';
import { ROUTERS_ONLY } from './router.js';
import { covers, type Scope } from './scope.js';

/** Decorates a field: selecting it requires this scope. */
export function RequiresScope(scope: Scope): MethodDecorator & PropertyDecorator {
  return Extensions({ scope }) as MethodDecorator & PropertyDecorator;
}

/** A permission that a field requires: a scope, or the router secret. */
type Requirement = Scope | 'router';

/** Collects the requirements of a document's fields, each with the first field that has it. */
function requirementsOf(schema: GraphQLSchema, document: DocumentNode): Map<Requirement, string> {
  const requirements = new Map<Requirement, string>();
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field(node) {
        const { scope, routerOnly } = (types.getFieldDef()?.extensions ?? {}) as {
          scope?: Scope;
          routerOnly?: boolean;
        };
        const requirement = routerOnly ? 'router' : scope;
        if (requirement && !requirements.has(requirement)) requirements.set(requirement, node.name.value);
      },
    }),
  );
  return requirements;
}

/**
 * Returns true if no field of a document has a requirement. Responses to such documents can be shared between clients.
 */
export function isPublic(schema: GraphQLSchema, document: DocumentNode): boolean {
  return requirementsOf(schema, document).size === 0;
}

/**
 * Checks that an identity may select every field of a document. Checks the document instead of each resolver call, so
 * that a rejected operation has no effect at all.
 *
 * @throws AccessError UNAUTHENTICATED without credentials, FORBIDDEN for a missing scope and for a field that only
 * routers may select.
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
      throw new AccessError('UNAUTHENTICATED', `${field} needs a key with the scope ${scope}; none was sent.`);
    }
    throw new AccessError(
      'FORBIDDEN',
      `${field} needs the scope ${scope}; this key has ${scopes.join(', ') || 'none'}.`,
    );
  }
}
