import {
  type DocumentNode,
  type FieldNode,
  Kind,
  type OperationDefinitionNode,
  parse,
  valueFromASTUntyped,
} from 'graphql';

export type Variables = Readonly<Record<string, unknown>>;

/** Request as sent to the server. */
export interface OperationRequest {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables?: Variables | undefined;
}

/**
 * Returns the name to send with a document. GraphiQL reads the names of a document a moment after its tab has become the
 * active one; until then it gives the name of the tab before, which the register refuses. An empty name is none.
 */
export function sentNameOf(query: string, name: string | null | undefined): string | undefined {
  if (!name) return undefined;
  try {
    return operationOf(parse(query, { noLocation: true }), name)?.name?.value === name ? name : undefined;
  } catch {
    return name;
  }
}

/** Returns the operation of this name, or the first one of the document. */
export function operationOf(document: DocumentNode, name: string | undefined): OperationDefinitionNode | undefined {
  const operations = document.definitions.filter(definition => definition.kind === Kind.OPERATION_DEFINITION);
  return operations.find(operation => operation.name?.value === name) ?? operations[0];
}

/** Returns the name that the answer to a field has. */
export const responseNameOf = ({ alias, name }: FieldNode): string => alias?.value ?? name.value;

/** Returns the variables of an operation: the values sent, and the defaults of the others. */
export function variablesOf(
  { variables }: OperationRequest,
  operation: OperationDefinitionNode | undefined,
): Variables {
  const defaults = (operation?.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
  );
  return { ...Object.fromEntries(defaults), ...variables };
}

/** Returns the name of the first operation of a query; undefined if it has none, or cannot be parsed. */
export function operationNameIn(query: string): string | undefined {
  return /^[ \t]*(?:query|mutation|subscription)[ \t]+(\w+)/m.exec(query)?.[1];
}
