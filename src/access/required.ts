import { type DocumentNode, type GraphQLSchema, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { Extensions } from 'type-graphql';
import { AccessError, type Identity, IdentityKind } from './identity.js';
import { ROUTERS_ONLY } from './router.js';
import { covers, type Scope } from './scope.js';

/** Decorator of a field: who asks for it needs this scope. */
export function RequiresScope(scope: Scope): MethodDecorator & PropertyDecorator {
  return Extensions({ scope }) as MethodDecorator & PropertyDecorator;
}

/** What a field says of who may ask for it. */
interface Requirements {
  scope?: Scope;
  /** Only a router that showed the secret. */
  routerOnly?: boolean;
}

/** What the fields of a document need, each with the first field that needs it. */
function neededBy(
  schema: GraphQLSchema,
  document: DocumentNode,
): { scopes: ReadonlyMap<Scope, string>; router: string | undefined } {
  const needed = new Map<Scope, string>();
  let router: string | undefined;
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field(node) {
        const { scope, routerOnly } = (types.getFieldDef()?.extensions ?? {}) as Requirements;
        if (scope && !needed.has(scope)) needed.set(scope, node.name.value);
        if (routerOnly) router ??= node.name.value;
      },
    }),
  );
  return { scopes: needed, router };
}

/** Whether everybody may ask for every field of a document. */
export function isOpen(schema: GraphQLSchema, document: DocumentNode): boolean {
  const { scopes, router } = neededBy(schema, document);
  return scopes.size === 0 && router === undefined;
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
  const needed = neededBy(schema, document);
  if (needed.router && !fromRouter) throw new AccessError('FORBIDDEN', `${needed.router} ${ROUTERS_ONLY}.`);
  for (const [scope, field] of needed.scopes) {
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
