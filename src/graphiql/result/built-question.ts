import { parse, print } from 'graphql';

/** Condition of a filter: where it is in the filter, its operator included, and its value. */
export interface Condition {
  /** `["dutch", "dutchLevel", "eq"]`. */
  readonly path: readonly string[];
  /** Literal as it is written: `MUNICIPALITY`, `"2021"`, `[ENDED, DORMANT]`. */
  readonly literal: string;
}

/** Question that the builder can show: one list, or its groups. */
export interface BuiltQuestion {
  /** Title that the reader wrote. */
  readonly title: string;
  /** Field of the query type: `partnerships`. */
  readonly list: string;
  /** Paths of the fields to show, in their order: `dutch.name`, `citations.source.title`. */
  readonly columns: readonly string[];
  readonly conditions: readonly Condition[];
  /** Dimensions to count by; no columns then. */
  readonly by: readonly string[];
  readonly order: { readonly field: string; readonly isDescending: boolean } | undefined;
  readonly first: number | undefined;
}

/** Lists that can be built, with the field that counts them. */
export const BUILT_LISTS: Readonly<Record<string, string | undefined>> = {
  partnerships: 'partnershipGroups',
  exchanges: 'exchangeGroups',
  authorities: undefined,
  organisations: undefined,
  programmes: undefined,
};

/** Lists by the field that counts them. */
export const LIST_OF_GROUPS: ReadonlyMap<string, string> = new Map(
  Object.entries(BUILT_LISTS).flatMap(([list, groups]) => (groups ? [[groups, list]] : [])),
);

/** Question of a new tab: the columns that say what a record of a list is. */
const FIRST_COLUMNS: Readonly<Record<string, readonly string[]>> = {
  partnerships: ['dutch.name', 'chinese.name', 'startedOn', 'status'],
  exchanges: ['title', 'kind', 'startedOn', 'dutch.name', 'chinese.name'],
  authorities: ['name', 'country'],
  organisations: ['name', 'kind', 'country'],
  programmes: ['name', 'startedOn', 'endedOn'],
};

/** Page of a built question: the largest. */
const PAGE_SIZE = 100;

/** Returns a question about a list without conditions. */
export const newQuestion = (list: string): BuiltQuestion => ({
  title: '',
  list,
  columns: FIRST_COLUMNS[list] ?? ['label'],
  conditions: [],
  by: [],
  order: undefined,
  first: PAGE_SIZE,
});

/** Tree of names: the fields of a selection, or the fields of a filter. */
type Tree = Map<string, Tree | string>;

function addTo(tree: Tree, path: readonly string[], leaf?: string): void {
  const [name = '', ...rest] = path;
  if (rest.length === 0) {
    tree.set(name, leaf ?? new Map());
    return;
  }
  const inner = tree.get(name);
  const next: Tree = inner instanceof Map ? inner : new Map();
  tree.set(name, next);
  addTo(next, rest, leaf);
}

const selectionText = (tree: Tree): string =>
  tree.size === 0
    ? ''
    : `{ ${[...tree].map(([name, inner]) => name + (inner instanceof Map ? selectionText(inner) : '')).join(' ')} }`;

const objectText = (tree: Tree): string =>
  `{ ${[...tree].map(([name, inner]) => `${name}: ${inner instanceof Map ? objectText(inner) : inner}`).join(', ')} }`;

/** Name of an operation for a list: `Partnerships`. */
const operationName = (field: string): string => field.charAt(0).toUpperCase() + field.slice(1);

/** Converts the value of a dimension to its field: `STARTED_DECADE` becomes `startedDecade`. */
export const fieldOfCode = (code: string): string =>
  code.toLowerCase().replaceAll(/_([a-z])/g, (_, letter: string) => letter.toUpperCase());

/** Dimensions whose value is a record. */
const RECORD_DIMENSIONS: Readonly<Record<string, string>> = {
  DUTCH_PROVINCE: '{ name }',
  CHINESE_PROVINCE: '{ name }',
  PARTNERSHIP: '{ dutch { name } chinese { name } }',
  PROGRAMME: '{ name }',
};

/** Writes a question as GraphQL, as a person would. */
export function writeQuestion(question: BuiltQuestion): string {
  const { title, list, columns, conditions, by, order, first } = question;
  const groups = by.length > 0 ? BUILT_LISTS[list] : undefined;
  const field = groups ?? list;
  const filter: Tree = new Map();
  for (const { path, literal } of conditions) addTo(filter, path, literal);
  const direction = order?.isDescending ? ', direction: DESC' : '';
  const args = [
    groups && `by: [${by.join(', ')}]`,
    !groups && first !== undefined && `first: ${first}`,
    filter.size > 0 && `filter: ${objectText(filter)}`,
    order &&
      (groups ? `orderBy: { field: ${order.field}${direction} }` : `orderBy: [{ field: ${order.field}${direction} }]`),
  ].filter(Boolean);
  const selected: Tree = new Map();
  for (const column of columns) addTo(selected, column.split('.'));
  const selection = groups
    ? `{ ${by.map(code => `${fieldOfCode(code)} ${RECORD_DIMENSIONS[code] ?? ''}`).join(' ')} count }`
    : `{ totalCount nodes ${selectionText(selected) || '{ label }'} }`;
  const text = `query ${operationName(field)} { ${field}${args.length > 0 ? `(${args.join(', ')})` : ''} ${selection} }`;
  return `${title.trim() ? `# ${title.trim()}\n` : ''}${print(parse(text))}\n`;
}
