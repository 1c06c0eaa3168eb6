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
import { DOCUMENT_LIMITS } from './document-limits.js';
import { LimitError } from './limit-error.js';

/**
 * Counts what is counted over the whole document, and looks into every value.
 *
 * @throws LimitError named `aliases` or `directives`; GraphQLError for a text that no database can hold.
 */
export function checkAliasesAndDirectives({ definitions }: DocumentNode): void {
  let aliases = 0;
  let directives = 0;
  const readDirectives = (its: readonly (DirectiveNode | ConstDirectiveNode)[] | undefined) => {
    directives += its?.length ?? 0;
    for (const directive of its ?? []) for (const { value } of directive.arguments ?? []) checkValue(value);
  };
  const readSelections = ({ selections }: SelectionSetNode) => {
    for (const selection of selections) {
      readDirectives(selection.directives);
      if (selection.kind === Kind.FIELD) {
        if (selection.alias) aliases += 1;
        for (const { value } of selection.arguments ?? []) checkValue(value);
      }
      if (selection.kind !== Kind.FRAGMENT_SPREAD && selection.selectionSet) readSelections(selection.selectionSet);
    }
  };
  for (const definition of definitions) {
    if (definition.kind !== Kind.OPERATION_DEFINITION && definition.kind !== Kind.FRAGMENT_DEFINITION) continue;
    readDirectives(definition.directives);
    for (const variable of (definition as OperationDefinitionNode).variableDefinitions ?? []) {
      readDirectives(variable.directives);
      if (variable.defaultValue) checkValue(variable.defaultValue);
    }
    readSelections(definition.selectionSet);
  }
  const { aliases: mostAliases, directives: mostDirectives } = DOCUMENT_LIMITS;
  if (aliases > mostAliases) {
    const advice = 'Use nodes(ids:) or a filter in place of one field many times.';
    throw new LimitError('aliases', `The document has ${aliases} aliases`, aliases, mostAliases, advice);
  }
  if (directives > mostDirectives) {
    const advice = 'Leave out what you do not want.';
    throw new LimitError('directives', `The document has ${directives} directives`, directives, mostDirectives, advice);
  }
}

function checkValue(value: ValueNode): void {
  if (value.kind === Kind.STRING && value.value.includes('\0')) {
    throw new GraphQLError('A text may not hold the character NUL (U+0000); leave it out.', {
      nodes: value,
      extensions: { code: 'BAD_USER_INPUT' },
    });
  }
  if (value.kind === Kind.LIST) for (const item of value.values) checkValue(item);
  if (value.kind === Kind.OBJECT) for (const field of value.fields) checkValue(field.value);
}
