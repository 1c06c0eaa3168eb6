import { hash } from 'node:crypto';
import { type DocumentNode, type FieldNode, Kind, visit } from 'graphql';
import type { Identity } from '../../access/identity.js';
import type { PreparedOperation } from '../graphql/stored-document.js';

type Variables = Record<string, unknown>;

/**
 * Returns a text that is equal for subscriptions with equal events. It is a hash, because documents and variables may be
 * long.
 *
 * @param field The field `changes`.
 */
export function groupKey(
  { hash: documentHash, document, node }: PreparedOperation,
  field: FieldNode,
  variables: Variables,
  { scopes }: Identity,
): string {
  const deciding = [documentHash, node.name?.value, sharedVariables(document, field, variables), scopes];
  return hash('sha256', JSON.stringify(deciding), 'base64url');
}

/**
 * Returns the variables that decide the content of an event. `after` decides only where a subscriber starts, so
 * subscribers that differ in nothing else share their events.
 */
function sharedVariables(document: DocumentNode, field: FieldNode, variables: Variables): Variables {
  const after = field.arguments?.find(({ name }) => name.value === 'after')?.value;
  if (after?.kind !== Kind.VARIABLE || !isReferencedOnce(document, after.name.value)) return variables;
  const { [after.name.value]: _, ...others } = variables;
  return others;
}

/** Checks whether a variable is used in one place of a document, besides its definition. */
function isReferencedOnce(document: DocumentNode, variable: string): boolean {
  let references = 0;
  visit(document, {
    enter: (node, _key, parent) => {
      const isDefinition = parent && 'kind' in parent && parent.kind === Kind.VARIABLE_DEFINITION;
      if (node.kind === Kind.VARIABLE && node.name.value === variable && !isDefinition) references += 1;
    },
  });
  return references === 1;
}
