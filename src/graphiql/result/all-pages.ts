import { Kind, type OperationDefinitionNode, parse, print, type SelectionNode } from 'graphql';
import { HIDDEN_PREFIX } from './hidden-fields.js';
import { MIN_PAGE_SIZE } from './long-page.js';
import { operationOf } from './operation-request.js';
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
export function openListOf({
  query,
  sentQuery,
  operationName,
  data,
  events,
  isCollected,
}: OperationResult): OpenList | undefined {
  if (events || isCollected) return undefined;
  const document = parse(sentQuery ?? query, { noLocation: true });
  const operation = operationOf(document, operationName);
  const [field, ...others] = listFields(operation);
  const isRead = field?.arguments?.some(({ name }) => name.value === 'after' || name.value === 'before');
  const size = field && pageSizeOf(field);
  if (!operation || !field || others.length > 0 || isRead || size === undefined || size < MIN_PAGE_SIZE)
    return undefined;
  const responseName = field.alias?.value ?? field.name.value;
  const page = (data as Data)[responseName];
  const count = page?.nodes?.length ?? 0;
  const total = page?.totalCount;
  if (count === 0 || (total === undefined ? count < size : count >= total)) return undefined;
  const cursor = {
    kind: Kind.ARGUMENT,
    name: { kind: Kind.NAME, value: 'after' },
    value: { kind: Kind.VARIABLE, name: { kind: Kind.NAME, value: AFTER } },
  } as const;
  const paged = {
    ...field,
    arguments: [...(field.arguments ?? []), cursor],
    selectionSet: {
      kind: Kind.SELECTION_SET,
      selections: [...(field.selectionSet?.selections ?? []), ...PAGE_INFO],
    },
  } as const;
  const operationWithCursor: OperationDefinitionNode = {
    ...operation,
    variableDefinitions: [...(operation.variableDefinitions ?? []), ...CURSOR_VARIABLE],
  };
  const definitions = document.definitions.map(member => (member === operation ? operationWithCursor : member));
  const withCursor = withField({ ...document, definitions }, operationWithCursor, field, paged);
  return { responseName, count, total, query: print(withCursor) };
}

/** Returns the parts of an operation in a text. */
function partsOf(text: string): OperationDefinitionNode {
  return parse(text, { noLocation: true }).definitions[0] as OperationDefinitionNode;
}

const CURSOR_VARIABLE = partsOf(`query($${AFTER}: String) { a }`).variableDefinitions ?? [];
const PAGE_INFO: readonly SelectionNode[] = partsOf(`{ ${PAGE}: pageInfo { hasNextPage endCursor } }`).selectionSet
  .selections;

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
