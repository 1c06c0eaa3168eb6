import { type DocumentNode, Kind, type OperationDefinitionNode, valueFromASTUntyped } from 'graphql';

export type Variables = Readonly<Record<string, unknown>>;

/** What was sent to the server. */
export interface Question {
  readonly query: string;
  readonly operationName?: string | undefined;
  readonly variables?: Variables | undefined;
}

/** The operation that runs: the one of this name, or the first. */
export function operationOf(document: DocumentNode, name: string | undefined): OperationDefinitionNode | undefined {
  const operations = document.definitions.filter(one => one.kind === Kind.OPERATION_DEFINITION);
  return operations.find(one => one.name?.value === name) ?? operations[0];
}

/** The values of an operation's variables: those that were sent, and the defaults of the others. */
export function variablesOf({ variables }: Question, operation: OperationDefinitionNode | undefined): Variables {
  const defaults = (operation?.variableDefinitions ?? []).flatMap(({ variable, defaultValue }) =>
    defaultValue ? [[variable.name.value, valueFromASTUntyped(defaultValue)]] : [],
  );
  return { ...Object.fromEntries(defaults), ...variables };
}
