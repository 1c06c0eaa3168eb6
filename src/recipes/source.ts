import { Kind, type OperationDefinitionNode, parse, type SelectionNode } from 'graphql';

/** A question to the API. */
export interface QuestionSource {
  kind: 'question';
  /** The absolute address of the API, with its moment if it is about the past. */
  url: string;
  query: string;
  variables: Readonly<Record<string, unknown>>;
  operationName?: string | undefined;
}

/** A list of the register as a file. */
export interface FileSource {
  kind: 'file';
  /** The name of the list, such as `partnerships`. */
  name: string;
  /** Returns the absolute address of the file in a format. */
  url(format: string): string;
}

/** The source that code reads. */
export type RecipeSource = QuestionSource | FileSource;

/** The place of the rows in `data`: the first field of the operation, and the field of its connection that has them. */
export interface RowsPath {
  field: string;
  list?: 'nodes' | 'edges';
}

const nameOf = (selection: SelectionNode): string | undefined =>
  selection.kind === Kind.FIELD ? selection.name.value : undefined;

/** Returns where the rows of an answer are; undefined for a document without a query. */
export function rowsPath({ query, operationName }: QuestionSource): RowsPath | undefined {
  const operations = parse(query, { noLocation: true }).definitions.filter(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  );
  const operation = operations.find(({ name }) => name?.value === operationName) ?? operations[0];
  const field = operation?.selectionSet.selections.find(selection => selection.kind === Kind.FIELD);
  if (operation?.operation !== 'query' || field?.kind !== Kind.FIELD) return undefined;
  const members = field.selectionSet?.selections.map(nameOf) ?? [];
  const list = (['nodes', 'edges'] as const).find(name => members.includes(name));
  return { field: field.alias?.value ?? field.name.value, ...(list && { list }) };
}

/** Returns the body of the request of a question. */
export const requestBody = ({ query, variables, operationName }: QuestionSource) => ({
  query,
  variables,
  ...(operationName !== undefined && { operationName }),
});

/** Returns the address of a question for programs that can only send GET. */
export function questionAddress(source: QuestionSource): string {
  const { query, variables, operationName } = source;
  const address = new URL(source.url);
  address.searchParams.set('query', compact(query));
  if (Object.keys(variables).length > 0) address.searchParams.set('variables', JSON.stringify(variables));
  if (operationName !== undefined) address.searchParams.set('operationName', operationName);
  return address.href;
}

/** Leaves out comments and indentation between tokens, but nothing of a text. */
const compact = (query: string): string =>
  query.includes('"') ? query : query.replaceAll(/#.*$/gm, '').replaceAll(/\s+/g, ' ').trim();
