import { type FieldNode, Kind, type OperationDefinitionNode, parse, type SelectionSetNode } from 'graphql';

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

/**
 * The place of the rows in `data`, by the names that the answer has: the first field of the operation, the field of its
 * connection that has the members, and the field of each edge that has its record.
 */
export interface RowsPath {
  field: string;
  list?: string;
  /** Only of edges. */
  node?: string;
}

/** Returns the fields of a selection, without those of its fragments. */
const fieldsOf = (selection: { selectionSet?: SelectionSetNode | undefined } | undefined): FieldNode[] =>
  selection?.selectionSet?.selections.filter(member => member.kind === Kind.FIELD) ?? [];

const fieldNamed = (fields: readonly FieldNode[], wanted: string) => fields.find(({ name }) => name.value === wanted);

/** Returns the name that an answer has for a field. */
const answerName = ({ alias, name }: FieldNode): string => (alias ?? name).value;

/** Returns where the rows of an answer are; undefined for a document without a query. */
export function rowsPath({ query, operationName }: QuestionSource): RowsPath | undefined {
  const operations = parse(query, { noLocation: true }).definitions.filter(
    (definition): definition is OperationDefinitionNode => definition.kind === Kind.OPERATION_DEFINITION,
  );
  const operation = operations.find(({ name }) => name?.value === operationName) ?? operations[0];
  const field = fieldsOf(operation).find(({ name }) => name.value !== '__typename');
  if (operation?.operation !== 'query' || !field) return undefined;
  const members = fieldsOf(field);
  const nodes = fieldNamed(members, 'nodes');
  const edges = nodes ? undefined : fieldNamed(members, 'edges');
  const list = nodes ?? edges;
  const node = fieldNamed(fieldsOf(edges), 'node');
  return {
    field: answerName(field),
    ...(list && { list: answerName(list) }),
    ...(node && { node: answerName(node) }),
  };
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
