import {
  type ConstDirectiveNode,
  type DirectiveNode,
  type DocumentNode,
  GraphQLError,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import type { ErrorCode } from '../graph/errors.js';
import { DOCUMENT_LIMITS } from './document-limits.js';
import { LimitError } from './limit-error.js';

/**
 * Limits the aliases and directives of a document, and checks every literal value.
 *
 * @throws LimitError named `aliases`, `leafAliases` or `directives`; GraphQLError for a string that the database cannot store.
 */
export function checkAliasesAndDirectives({ definitions }: DocumentNode): void {
  let aliases = 0;
  let leafAliases = 0;
  let directives = 0;
  const visitDirectives = (nodes: readonly (DirectiveNode | ConstDirectiveNode)[] = []) => {
    directives += nodes.length;
    for (const directive of nodes) for (const { value } of directive.arguments ?? []) checkValue(value);
  };
  const visitSelections = ({ selections }: SelectionSetNode) => {
    for (const selection of selections) {
      visitDirectives(selection.directives);
      if (selection.kind === Kind.FIELD) {
        if (selection.alias && selection.selectionSet) aliases += 1;
        else if (selection.alias) leafAliases += 1;
        for (const { value } of selection.arguments ?? []) checkValue(value);
      }
      if (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet) visitSelections(selection.selectionSet);
    }
  };
  for (const definition of definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
    visitDirectives(definition.directives);
    for (const variable of (definition as OperationDefinitionNode).variableDefinitions ?? []) {
      visitDirectives(variable.directives);
      if (variable.defaultValue) checkValue(variable.defaultValue);
    }
    visitSelections(definition.selectionSet);
  }
  const { aliases: maxAliases, leafAliases: maxLeafAliases, directives: maxDirectives } = DOCUMENT_LIMITS;
  if (aliases > maxAliases) {
    const advice = 'Use nodes(ids:) or a filter instead of repeating a field.';
    const message = `The document has ${aliases} aliases of objects and lists`;
    throw new LimitError('aliases', message, aliases, maxAliases, advice);
  }
  if (leafAliases > maxLeafAliases) {
    const message = `The document has ${leafAliases} aliases of fields without a selection`;
    throw new LimitError('leafAliases', message, leafAliases, maxLeafAliases, 'Send several requests.');
  }
  if (directives > maxDirectives) {
    const advice = 'Remove the selections that you do not need.';
    throw new LimitError('directives', `The document has ${directives} directives`, directives, maxDirectives, advice);
  }
}

function checkValue(value: ValueNode): void {
  if (value.kind === Kind.STRING && value.value.includes('\0')) {
    throw new GraphQLError('A string must not contain the character NUL (U+0000); remove it.', {
      nodes: value,
      extensions: { code: 'BAD_USER_INPUT' satisfies ErrorCode },
    });
  }
  if (value.kind === Kind.LIST) for (const item of value.values) checkValue(item);
  if (value.kind === Kind.OBJECT) for (const field of value.fields) checkValue(field.value);
}
