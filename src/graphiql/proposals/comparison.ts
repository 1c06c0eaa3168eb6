import { type GraphQLSchema, getNamedType, isLeafType, isObjectType, isRequiredArgument } from 'graphql';
import { CITATIONS, type CitedRecord, type CitedSource, factsOf } from '../result/evidence.js';
import type { Item } from './proposal.js';

/** One value of a row beside that of its record. */
export interface ComparedValue {
  readonly path: string;
  readonly atBasis: unknown;
  /** The value when the row was compared; undefined if it is not known. */
  readonly now: unknown;
  /** The present value, if the record has another one by now. */
  readonly meanwhile: unknown;
  readonly proposed: unknown;
  /** `refused`: the text of the cell could not be read as a value, or was left out. */
  readonly kind: 'conflict' | 'changed' | 'same' | 'refused';
  /** The sources that support the value of the register. */
  readonly sources: readonly CitedSource[];
}

const TYPES: Readonly<Record<string, string>> = {
  PARTNERSHIP: 'Partnership',
  PROGRAMME: 'Programme',
  EXCHANGE: 'Exchange',
  ORGANISATION: 'Organisation',
};

/** Returns the type of a record of the schema. */
export const typeOfRecord = (concept: string, id: string): string =>
  TYPES[concept] ?? (id.startsWith('nl-') ? 'DutchAuthority' : 'ChineseAuthority');

/** A tree of fields to select; a leaf has no members. */
type Selection = Map<string, Selection>;

/**
 * Returns a query for the present values at paths of a record, such as `dutch.id`, and for its citations. Paths that the
 * schema does not have, such as columns of a file, are left out.
 */
export function presentQuery(schema: GraphQLSchema, type: string, paths: readonly string[]): string {
  const tree: Selection = new Map();
  for (const path of paths) {
    // A row names a record by `dutch` or by `dutch.id`.
    const readable = [path, `${path}.id`].find(candidate => isReadable(schema, type, candidate));
    if (readable) addPath(tree, readable);
  }
  const objectType = schema.getType(type);
  const citations = isObjectType(objectType) && objectType.getFields().citations ? CITATIONS : '';
  return `query Present($id: ID!) { node(id: $id) { id ... on ${type} { ${print(tree)} ${citations} } } }`;
}

function isReadable(schema: GraphQLSchema, type: string, path: string): boolean {
  const [name = '', ...rest] = path.split('.');
  const objectType = schema.getType(type);
  const field = isObjectType(objectType) ? objectType.getFields()[name] : undefined;
  if (!field || field.args.some(isRequiredArgument)) return false;
  const fieldType = getNamedType(field.type);
  return rest.length === 0 ? isLeafType(fieldType) : isReadable(schema, fieldType.name, rest.join('.'));
}

function addPath(tree: Selection, path: string): void {
  let members = tree;
  for (const name of path.split('.')) {
    const next = members.get(name) ?? new Map();
    members.set(name, next);
    members = next;
  }
}

const print = (tree: Selection): string =>
  [...tree].map(([name, members]) => (members.size ? `${name} { ${print(members)} }` : name)).join(' ');

/** Returns the value at a path; undefined if the result does not have it. */
function valueAt(record: unknown, path: string): unknown {
  let value = record;
  for (const name of path.split('.')) {
    if (value === null || typeof value !== 'object') return value === null ? null : undefined;
    value = (value as Record<string, unknown>)[name];
  }
  return value !== null && typeof value === 'object' && 'id' in value ? value.id : value;
}

/** Returns the column of a problem of a row; an empty text if it is about the whole row. */
export const pathOfProblem = ({ path }: Pick<Item['problems'][number], 'path'>): string => path.slice(1).join('.');

/** Returns the path of a value without the id of a record: a file names a side by `dutch` or by `dutch.id`. */
export const withoutId = (path: string): string => path.replace(/\.id$/, '');

/** Returns the paths of a row: those that differ first, then the others of the file that have a value. */
export function pathsOf({ fields, proposed }: Pick<Item, 'fields' | 'proposed'>): string[] {
  const differing = fields.map(({ field }) => field);
  const listed = new Set(differing.map(withoutId));
  const filled = Object.entries(proposed).flatMap(([path, value]) => (value === '' || value === null ? [] : [path]));
  return [...differing, ...filled.filter(path => !listed.has(withoutId(path)))];
}

/**
 * Returns the values of a row beside those of its record.
 *
 * @param present The result of `presentQuery`; null without a record, or until it is there.
 */
export function compare(item: Item, present: CitedRecord | null): ComparedValue[] {
  const facts = new Map(present?.citations ? factsOf(present).map(({ name, sources }) => [name, sources]) : []);
  const differing = new Map(item.fields.map(field => [field.field, field]));
  const withProblem = new Set(item.problems.map(problem => withoutId(pathOfProblem(problem))));
  return pathsOf(item).map(path => {
    const sources = facts.get(path.split('.')[0] ?? '') ?? [];
    const current = present ? valueAt(present, path) : undefined;
    const field = differing.get(path);
    if (!field) {
      const proposed = item.proposed[path];
      const kind = withProblem.has(withoutId(path)) ? 'refused' : 'same';
      return { path, atBasis: undefined, now: current, meanwhile: undefined, proposed, kind, sources };
    }
    // Once the row was written, the record has the value of the row.
    const isEdited = current !== undefined && !item.isApplied && JSON.stringify(current) !== JSON.stringify(field.now);
    const { atBasis, now, proposed, isConflict } = field;
    const meanwhile = isEdited ? current : undefined;
    return { path, atBasis, now, meanwhile, proposed, kind: isConflict ? 'conflict' : 'changed', sources };
  });
}
