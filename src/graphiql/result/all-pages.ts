import { type FieldNode, Kind, type OperationDefinitionNode, parse, print } from 'graphql';
import { HIDDEN_PREFIX } from './hidden-fields.js';
import { MIN_PAGE_SIZE } from './long-page.js';
import { operationOf, responseNameOf } from './operation-request.js';
import { listFields, pageSizeOf, withField } from './page-size.js';
import { type PageInfo, pagesOf } from './pages.js';
import type { OperationResult } from './result-store.js';

/** Rows that the page collects; a longer list is a file of the server. */
export const MAX_COLLECTED_ROWS = 5000;

const AFTER = `${HIDDEN_PREFIX}after`;
const PAGE = `${HIDDEN_PREFIX}page`;

/** List of an answer that has further pages. */
export interface OpenList {
  readonly responseName: string;
  /** Records in the answer. */
  readonly count: number;
  /** Records in all, if the question asks for `totalCount`. */
  readonly total: number | undefined;
  /** Query of one page, with a variable for its cursor. */
  readonly query: string;
}

/** Page of a list, as the data of an answer has it. */
interface Page {
  readonly nodes?: readonly unknown[];
  readonly totalCount?: number;
  readonly [PAGE]?: PageInfo;
}

type Data = Readonly<Record<string, Page | null>>;

/** Returns the list of an answer that has further pages: the only one at the root, read from its start. */
export function openListOf(result: OperationResult): OpenList | undefined {
  const { query, sentQuery, operationName, data, events, isCollected } = result;
  if (events || isCollected) return undefined;
  const document = parse(sentQuery ?? query, { noLocation: true });
  const operation = operationOf(document, operationName);
  const [field, ...others] = listFields(operation);
  const isRead = field?.arguments?.some(({ name }) => name.value === 'after' || name.value === 'before');
  const size = field && pageSizeOf(field);
  if (!operation || !field || others.length > 0 || isRead || size === undefined || size < MIN_PAGE_SIZE)
    return undefined;
  const responseName = responseNameOf(field);
  const page = (data as Data)[responseName];
  const count = page?.nodes?.length ?? 0;
  const total = page?.totalCount;
  if (count === 0 || (total === undefined ? count < size : count >= total)) return undefined;
  const added = addedTo(field);
  const paged: FieldNode = {
    ...field,
    arguments: [...(field.arguments ?? []), ...(added.arguments ?? [])],
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: [...(field.selectionSet?.selections ?? []), ...(added.selections ?? [])],
    },
  };
  return { responseName, count, total, query: print(withField(document, operation, field, paged, added.variables)) };
}

/** Returns what a query of one page has more than the question. The log has cursors of its own. */
function addedTo({ name }: FieldNode) {
  const type = name.value === 'changes' ? 'ChangeCursor' : 'String';
  const text = `query($${AFTER}: ${type}) { list(after: $${AFTER}) { ${PAGE}: pageInfo { hasNextPage endCursor } } }`;
  const [added] = parse(text, { noLocation: true }).definitions as [OperationDefinitionNode];
  const [list] = added.selectionSet.selections as [FieldNode];
  return { variables: added.variableDefinitions, arguments: list.arguments, selections: list.selectionSet?.selections };
}

/**
 * Returns the data of an answer with all pages of its list.
 *
 * @param fetchPage Returns the data of the page after a cursor.
 */
export async function collectPages(
  { responseName }: OpenList,
  fetchPage: (variables: Readonly<Record<string, unknown>>) => Promise<unknown>,
): Promise<unknown> {
  let first: Data | undefined;
  const nodes: unknown[] = [];
  const pages = pagesOf(
    async after => (await fetchPage({ [AFTER]: after })) as Data,
    data => data[responseName]?.[PAGE],
  );
  for await (const data of pages) {
    first ??= data;
    nodes.push(...(data[responseName]?.nodes ?? []));
    if (nodes.length >= MAX_COLLECTED_ROWS) break;
  }
  return { ...first, [responseName]: { ...first?.[responseName], nodes } };
}
