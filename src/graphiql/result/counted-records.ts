import {
  type FieldNode,
  type GraphQLSchema,
  Kind,
  OperationTypeNode,
  parse,
  print,
  type VariableNode,
  valueFromASTUntyped,
  visit,
} from 'graphql';
import { LIST_OF_GROUPS } from './built-question.js';
import type { ReaderLanguage } from './format.js';
import { firstValue, objectsIn } from './objects.js';
import { type OperationRequest, operationOf, variablesOf } from './operation-request.js';
import { type PageInfo, pagesOf } from './pages.js';
import { type ResultObject, readResult } from './typed-result.js';

/** Limits the pages of a list that are read: 500 records. */
const MAX_PAGES = 5;
const PAGE_SIZE = 100;
/** Number of groups that the register assumes without `first`. */
const ASSUMED_GROUPS = 50;
/** Records under all groups of a list: within the default limit of the cost. */
const MAX_MEMBERS = 4_000;

/**
 * Returns a query for each list whose records a request counts in groups: their ids and labels, with the same filter, a page
 * of 100 after `$afterCounted`; under the groups themselves, a page of each, if `having` or `first` leaves out other groups.
 * Empty for a request that counts nothing, or that cannot be parsed.
 */
export function countedQueries(request: OperationRequest, language: ReaderLanguage): string[] {
  try {
    const { query, operationName } = request;
    const operation = operationOf(parse(query, { noLocation: true }), operationName);
    if (operation?.operation !== OperationTypeNode.QUERY) return [];
    const fields = operation.selectionSet.selections.filter(
      (selection): selection is FieldNode => selection.kind === Kind.FIELD && LIST_OF_GROUPS.has(selection.name.value),
    );
    const queries = fields.map(({ name, arguments: args = [] }) => {
      const isOfSome = args.some(argument => /^(?:having|first)$/.test(argument.name.value));
      const own = isOfSome ? args : args.filter(argument => argument.name.value === 'filter');
      const used = new Set<string>();
      for (const argument of own)
        visit(argument, { [Kind.VARIABLE]: (node: VariableNode) => void used.add(node.name.value) });
      const variables = (operation.variableDefinitions ?? [])
        .filter(({ variable }) => used.has(variable.name.value))
        .map(print);
      const list = LIST_OF_GROUPS.get(name.value);
      const nodes = `nodes { id label(language: ${language.toUpperCase()}) }`;
      if (isOfSome) {
        const first = args.find(argument => argument.name.value === 'first');
        const groups =
          Number(first && valueFromASTUntyped(first.value, variablesOf(request, operation))) || ASSUMED_GROUPS;
        const size = Math.max(1, Math.min(PAGE_SIZE, Math.floor(MAX_MEMBERS / groups)));
        const head = variables.length > 0 ? `query Counted(${variables.join(', ')})` : 'query Counted';
        return `${head} {
  counted: ${name.value}(${own.map(print).join(', ')}) { ${list}(first: ${size}) { ${nodes} } }
}`;
      }
      return `query Counted(${[...variables, '$afterCounted: String'].join(', ')}) {
  counted: ${list}(${[`first: ${PAGE_SIZE}`, 'after: $afterCounted', ...own.map(print)].join(', ')}) {
    ${nodes}
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
  readonly counted: { readonly pageInfo?: PageInfo } | readonly object[];
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
      ({ counted }) => ('pageInfo' in counted ? counted.pageInfo : undefined),
    );
    let count = 0;
    for await (const page of pages) {
      const root = readResult(schema, { query, variables }, page);
      for (const object of objectsIn(root?.fields[0]?.value ?? null)) {
        const members = firstValue(object, 'partnerships') ?? firstValue(object, 'exchanges');
        records.push(...(members === null ? [object] : objectsIn(members)));
      }
      count += 1;
      if (count === MAX_PAGES) break;
    }
  }
  return records;
}
