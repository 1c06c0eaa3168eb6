import {
  type DocumentNode,
  type ExecutableDefinitionNode,
  type FragmentDefinitionNode,
  type GraphQLSchema,
  Kind,
  type OperationDefinitionNode,
  TypeInfo,
  visit,
  visitWithTypeInfo,
} from 'graphql';
import { Extensions } from 'type-graphql';
import { message } from '../messages/message.js';
import { AccessError, type Identity, IdentityKind } from './identity.js';
import { ROUTER_HEADER } from './router.js';
import { covers, type Scope } from './scope.js';

/** Decorates a field: selecting it requires this scope. */
export function RequiresScope(scope: Scope): MethodDecorator & PropertyDecorator {
  return Extensions({ scope }) as MethodDecorator & PropertyDecorator;
}

/** A permission that a field requires: a scope, or the router secret. */
type Requirement = Scope | 'router';

/** The requirements of all fields of an operation, each with the first field that has it. */
export type ScopeRequirements = ReadonlyMap<Requirement, string>;

/**
 * Returns the requirements of the fields of an operation of a valid document, and of its fragments. One without any is public.
 */
export function requirementsOf(
  schema: GraphQLSchema,
  document: DocumentNode,
  operation: OperationDefinitionNode,
): ScopeRequirements {
  const requirements = new Map<Requirement, string>();
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const node of document.definitions)
    if (node.kind === Kind.FRAGMENT_DEFINITION) fragments.set(node.name.value, node);
  const types = new TypeInfo(schema);
  const visitor = visitWithTypeInfo(types, {
    Field({ name }) {
      const extensions: { scope?: Scope; routerOnly?: boolean } = types.getFieldDef()?.extensions ?? {};
      const requirement = extensions.routerOnly ? 'router' : extensions.scope;
      if (requirement && !requirements.has(requirement)) requirements.set(requirement, name.value);
    },
    FragmentSpread({ name }) {
      const fragment = fragments.get(name.value);
      if (fragment && fragments.delete(name.value)) reachable.push(fragment);
    },
  });
  // Grows while it is read.
  const reachable: ExecutableDefinitionNode[] = [operation];
  for (const node of reachable) visit(node, visitor);
  return requirements;
}

/**
 * Checks that the client may select every field of an operation. Runs before execution, so that a refused field leaves no
 * part of a mutation done.
 *
 * @throws AccessError UNAUTHENTICATED for a client without a key, FORBIDDEN for a key that lacks the scope, and for a
 * field of routers.
 */
export function requireScopes(requirements: ScopeRequirements, { kind, scopes, fromRouter }: Identity): void {
  for (const [requirement, field] of requirements) {
    if (requirement === 'router') {
      if (fromRouter) continue;
      throw new AccessError('FORBIDDEN', message('ROUTERS_ONLY', { name: field, header: ROUTER_HEADER }));
    }
    if (covers(scopes, requirement)) continue;
    if (kind === IdentityKind.ANONYMOUS) {
      throw new AccessError('UNAUTHENTICATED', message('KEY_MISSING', { name: field, scope: requirement }));
    }
    const params = { name: field, scope: requirement, scopes: scopes.join(', ') };
    throw new AccessError(
      'FORBIDDEN',
      scopes.length ? message('SCOPE_MISSING', params) : message('SCOPES_EMPTY', params),
    );
  }
}
