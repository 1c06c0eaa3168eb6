import {
  type ArgumentNode,
  type DocumentNode,
  type FieldNode,
  Kind,
  type ObjectValueNode,
  parse,
  print,
  type SelectionSetNode,
  type ValueNode,
} from 'graphql';

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

const listOfGroups = new Map(Object.entries(BUILT_LISTS).map(([list, groups]) => [groups, list]));

/** Question of a new tab: the columns that say what a record of a list is. */
export const FIRST_COLUMNS: Readonly<Record<string, readonly string[]>> = {
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

/** Reads a question that the builder can show; undefined for a query that has more in it, or that cannot be parsed. */
export function readQuestion(query: string): BuiltQuestion | undefined {
  let document: DocumentNode;
  try {
    document = parse(query, { noLocation: true });
  } catch {
    return undefined;
  }
  const [operation, ...others] = document.definitions;
  if (operation?.kind !== Kind.OPERATION_DEFINITION || operation.operation !== 'query' || others.length > 0)
    return undefined;
  const [field, ...fields] = operation.selectionSet.selections;
  if (operation.variableDefinitions?.length || field?.kind !== Kind.FIELD || fields.length > 0) return undefined;
  const [, title = ''] = /^# (.+)$/m.exec(query) ?? [];
  const list = listOfGroups.get(field.name.value) ?? field.name.value;
  const isGroups = list !== field.name.value;
  if (!(list in BUILT_LISTS) || field.alias || field.directives?.length) return undefined;
  const args = argumentsIn(field.arguments ?? [], isGroups);
  const columns = isGroups ? [] : columnsOf(field);
  return args && columns && { title, list, columns, ...args };
}

type Arguments = Pick<BuiltQuestion, 'by' | 'conditions' | 'order' | 'first'>;

function argumentsIn(args: readonly ArgumentNode[], isGroups: boolean): Arguments | undefined {
  let read: Arguments = { by: [], conditions: [], order: undefined, first: undefined };
  for (const { name, value } of args) {
    if (name.value === 'first' && value.kind === Kind.INT && !isGroups) read = { ...read, first: Number(value.value) };
    else if (name.value === 'by' && value.kind === Kind.LIST && value.values.every(({ kind }) => kind === Kind.ENUM))
      read = { ...read, by: value.values.map(print) };
    else if (name.value === 'filter' && value.kind === Kind.OBJECT) {
      const conditions = conditionsIn(value);
      if (!conditions) return undefined;
      read = { ...read, conditions };
    } else if (name.value === 'orderBy') {
      const order = orderIn(value.kind === Kind.LIST && value.values.length === 1 ? value.values[0] : value);
      if (!order) return undefined;
      read = { ...read, order };
    } else return undefined;
  }
  return read;
}

function orderIn(value: ValueNode | undefined): BuiltQuestion['order'] {
  if (value?.kind !== Kind.OBJECT) return undefined;
  const members = new Map(value.fields.map(member => [member.name.value, print(member.value)]));
  const field = members.get('field');
  const direction = members.get('direction') ?? 'ASC';
  const isKnown = [...members.keys()].every(name => name === 'field' || name === 'direction');
  return field && isKnown ? { field, isDescending: direction === 'DESC' } : undefined;
}

const hasVariable = (value: ValueNode): boolean =>
  value.kind === Kind.VARIABLE || (value.kind === Kind.LIST && value.values.some(hasVariable));

function conditionsIn(value: ObjectValueNode, path: readonly string[] = []): Condition[] | undefined {
  const conditions: Condition[] = [];
  for (const { name, value: member } of value.fields) {
    const place = [...path, name.value];
    if (member.kind === Kind.OBJECT) {
      const inner = conditionsIn(member, place);
      if (!inner) return undefined;
      conditions.push(...inner);
    } else if (hasVariable(member) || /^(?:and|or|not)$/.test(name.value)) return undefined;
    else conditions.push({ path: place, literal: print(member) });
  }
  return conditions;
}

/** Returns the paths of the fields that a list shows; undefined if it has more than `totalCount` and plain `nodes`. */
function columnsOf({ selectionSet }: FieldNode): string[] | undefined {
  const members = selectionSet?.selections ?? [];
  if (members.some(member => member.kind !== Kind.FIELD || !/^(?:totalCount|nodes)$/.test(member.name.value)))
    return undefined;
  const nodes = members.find(member => member.kind === Kind.FIELD && member.name.value === 'nodes');
  return nodes?.kind === Kind.FIELD && nodes.selectionSet ? pathsIn(nodes.selectionSet) : undefined;
}

function pathsIn({ selections }: SelectionSetNode, prefix = ''): string[] | undefined {
  const paths: string[] = [];
  for (const member of selections) {
    if (member.kind !== Kind.FIELD || member.alias || member.arguments?.length || member.directives?.length)
      return undefined;
    const path = prefix + member.name.value;
    const inner = member.selectionSet ? pathsIn(member.selectionSet, `${path}.`) : [path];
    if (!inner) return undefined;
    paths.push(...inner);
  }
  return paths;
}

/** Converts a value of a form to a literal of a type; codes of enums stand without quotes. */
export function literalOf(value: unknown, isEnum: boolean): string {
  if (Array.isArray(value)) return `[${value.map(member => literalOf(member, isEnum)).join(', ')}]`;
  return isEnum ? String(value) : JSON.stringify(value);
}

/** Converts a literal to a value of a form. */
export function valueIn(literal: string): unknown {
  if (literal.startsWith('['))
    return literal
      .slice(1, -1)
      .split(',')
      .map(member => valueIn(member.trim()))
      .filter(member => member !== '');
  try {
    return JSON.parse(literal);
  } catch {
    return literal;
  }
}
