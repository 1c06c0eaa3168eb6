import {
  type ConstDirectiveNode,
  type DirectiveNode,
  type DocumentNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';
import { ClientError } from '../graph/errors.js';
import { message } from '../messages/message.js';
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
    const problem = message('TOO_MANY_ALIASES', { value: aliases, maximum: maxAliases });
    throw new LimitError('aliases', problem, aliases, maxAliases);
  }
  if (leafAliases > maxLeafAliases) {
    const problem = message('TOO_MANY_LEAF_ALIASES', { value: leafAliases, maximum: maxLeafAliases });
    throw new LimitError('leafAliases', problem, leafAliases, maxLeafAliases);
  }
  if (directives > maxDirectives) {
    const problem = message('TOO_MANY_DIRECTIVES', { value: directives, maximum: maxDirectives });
    throw new LimitError('directives', problem, directives, maxDirectives);
  }
}

function checkValue(value: ValueNode): void {
  if (value.kind === Kind.STRING && value.value.includes('\0')) {
    throw new ClientError('BAD_USER_INPUT', message('STRING_WITH_NUL', {}), {}, { nodes: value });
  }
  if (value.kind === Kind.LIST) for (const item of value.values) checkValue(item);
  if (value.kind === Kind.OBJECT) for (const field of value.fields) checkValue(field.value);
}
