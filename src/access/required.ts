import { type DocumentNode, type GraphQLSchema, TypeInfo, visit, visitWithTypeInfo } from 'graphql';
import { Extensions } from 'type-graphql';
import { AccessError, type Identity, IdentityKind } from './identity.js';
import { covers, type Scope } from './scope.js';

/** Decorator of a field: who asks for it needs this scope. */
export function RequiresScope(scope: Scope): MethodDecorator & PropertyDecorator {
  return Extensions({ scope }) as MethodDecorator & PropertyDecorator;
}

/** The scopes that the fields of a document need, each with the first field that needs it. */
function scopesOf(schema: GraphQLSchema, document: DocumentNode): Map<Scope, string> {
  const needed = new Map<Scope, string>();
  const types = new TypeInfo(schema);
  visit(
    document,
    visitWithTypeInfo(types, {
      Field(node) {
        const scope = types.getFieldDef()?.extensions?.scope as Scope | undefined;
        if (scope && !needed.has(scope)) needed.set(scope, node.name.value);
      },
    }),
  );
  return needed;
}

/** Whether everybody may ask for every field of a document. */
export function isOpen(schema: GraphQLSchema, document: DocumentNode): boolean {
  return scopesOf(schema, document).size === 0;
}

/**
 * Makes sure that whoever asks may ask for every field of a document. Looked up in the document and not while it runs,
 * so that nothing of it has happened when one field is refused.
 *
 * @throws AccessError UNAUTHENTICATED for somebody without a key, FORBIDDEN for a key that lacks the scope.
 */
export function requireScopes(schema: GraphQLSchema, document: DocumentNode, { kind, scopes }: Identity): void {
  for (const [scope, field] of scopesOf(schema, document)) {
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
