import {
  type FieldNode,
  type GraphQLSchema,
  Kind,
  OperationTypeNode,
  parse,
  print,
  type VariableNode,
  visit,
} from 'graphql';
import { LIST_OF_GROUPS } from './built-question.js';
import type { ReaderLanguage } from './format.js';
import { objectsIn } from './objects.js';
import { type OperationRequest, operationOf, variablesOf } from './operation-request.js';
import { type PageInfo, pagesOf } from './pages.js';
import { type ResultObject, readResult } from './typed-result.js';

/** Limits the pages of a list that are read: 500 records. */
const MAX_PAGES = 5;

/**
 * Returns a query for each list whose records a request counts in groups, with the same filter: their ids and labels, a page
 * of 100 after `$afterCounted`. Empty for a request that counts nothing, or that cannot be parsed.
 */
export function countedQueries({ query, operationName }: OperationRequest, language: ReaderLanguage): string[] {
  try {
    const operation = operationOf(parse(query, { noLocation: true }), operationName);
    if (operation?.operation !== OperationTypeNode.QUERY) return [];
    const fields = operation.selectionSet.selections.filter(
      (selection): selection is FieldNode => selection.kind === Kind.FIELD && LIST_OF_GROUPS.has(selection.name.value),
    );
    const queries = fields.map(({ name, arguments: args = [] }) => {
      const filter = args.find(argument => argument.name.value === 'filter');
      const used = new Set<string>();
      if (filter) visit(filter, { [Kind.VARIABLE]: (node: VariableNode) => void used.add(node.name.value) });
      const variables = (operation.variableDefinitions ?? []).filter(({ variable }) => used.has(variable.name.value));
      return `query Counted(${[...variables.map(print), '$afterCounted: String'].join(', ')}) {
  counted: ${LIST_OF_GROUPS.get(name.value)}(first: 100, after: $afterCounted${filter ? `, ${print(filter)}` : ''}) {
    nodes { id label(language: ${language.toUpperCase()}) }
    pageInfo { hasNextPage endCursor }
  }
}`;
    });
    return [...new Set(queries)];
  } catch {
    return [];
  }
}

/** Page of a list that {@link countedQueries} asks for. */
export interface CountedPage {
  readonly counted: { readonly pageInfo: PageInfo };
}

/**
 * Reads the records that a request counts in groups, each once.
 *
 * @param send Sends a query with variables.
 * @throws what `send` throws.
 */
export async function readCounted(
  schema: GraphQLSchema,
  request: OperationRequest,
  language: ReaderLanguage,
  send: (query: string, variables: object) => Promise<CountedPage>,
): Promise<ResultObject[]> {
  const records: ResultObject[] = [];
  const operation = operationOf(parse(request.query, { noLocation: true }), request.operationName);
  for (const query of countedQueries(request, language)) {
    const names = [...query.matchAll(/\$(\w+):/g)].map(([, name]) => name);
    const used = Object.entries(variablesOf(request, operation)).filter(([name]) => names.includes(name));
    const variables = Object.fromEntries(used);
    const pages = pagesOf(
      after => send(query, { ...variables, afterCounted: after }),
      ({ counted }) => counted.pageInfo,
    );
    let count = 0;
    for await (const page of pages) {
      const root = readResult(schema, { query, variables }, page);
      if (root) records.push(...objectsIn(root.fields[0]?.value ?? null));
      count += 1;
      if (count === MAX_PAGES) break;
    }
  }
  return records;
}
