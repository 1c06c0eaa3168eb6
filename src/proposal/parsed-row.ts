import { type UserError, UserErrorCode } from '../change/user-error.js';
import { truncate } from '../graph/errors.js';
import { codePointOf, unstorableCharacter } from '../graph/types/text.js';
import { type Message, message } from '../messages/message.js';
import { textOfCell, UnreadableValue } from './cell-values.js';
import type { FactsInput, ProposalConcept } from './concept.js';
import { isSameValue, type Leaf } from './leaf.js';
import type { ProposalRow } from './row.js';

/** A row with its cells by kind. */
export interface ParsedRow {
  row: ProposalRow;
  id: string | undefined;
  /** The version that the row states, as an export with provenance has it. */
  version: number | undefined;
  /** The writable cells as they came. */
  cells: Map<Leaf, unknown>;
  /** The writable cells that only a new record takes: `ifNew.kind`. */
  cellsIfNew: Map<Leaf, unknown>;
  /** The cells that no proposal can change. */
  readOnly: Map<string, unknown>;
  problems: UserError[];
  /** Problems of which a person must know, and for which the row is not refused. */
  notices: UserError[];
}

/** Returns the problem of a cell. */
export function cellProblem(path: string, problem: Message, code: UserErrorCode = UserErrorCode.INVALID): UserError {
  return { ...problem, code, path: ['values', path] };
}

/** Columns by which a row names its sides without an id. */
export const SIDE_COLUMN = /^(?:dutch|chinese)\.(?:names\.(?:nl|en|zh|pinyin)|name|cbsCode|gbCode|code|wikidataId)$/;

/** The prefix of a value that a new record needs, and that says nothing about an existing one. */
export const IF_NEW = 'ifNew.';

/** Limits the place of a row: clients write it, and the problems of other rows name it. */
const MAX_PLACE_LENGTH = 300;

/** Returns whether a cell has nothing in it. */
export const isEmpty = (cell: unknown): boolean => cell === null || cell === undefined || cell === '';

/** Replaces what the database cannot store, such as NUL, and tells in which cells that is. */
function storableRow({ place, values, problem }: ProposalRow): {
  row: ProposalRow;
  unstorable: ReadonlyMap<string, string>;
} {
  const unstorable = new Map<string, string>();
  const entries = Object.entries(values).map(([name, cell]): [string, unknown] => {
    const path = storable(name);
    const character = unstorableCharacter(name) ?? unstorableIn(cell);
    if (character === undefined) return [path, cell];
    unstorable.set(path, character);
    return [path, null];
  });
  const row = {
    place: truncate(storable(place), MAX_PLACE_LENGTH),
    values: Object.fromEntries(entries),
    problem: problem && storableProblem(problem),
  };
  return { row, unstorable };
}

/** The parameters of a problem may be texts of the file. */
const storableProblem = (problem: UserError): UserError => ({
  ...problem,
  params: Object.fromEntries(
    Object.entries(problem.params).map(([name, value]) => [name, typeof value === 'string' ? storable(value) : value]),
  ),
  path: problem.path.map(storable),
});

/** Returns the first character of a value, at any depth, that the database cannot store. */
function unstorableIn(value: unknown): string | undefined {
  if (typeof value === 'string') return unstorableCharacter(value);
  if (typeof value !== 'object' || value === null) return undefined;
  for (const [name, inner] of Object.entries(value)) {
    const character = unstorableCharacter(name) ?? unstorableIn(inner);
    if (character !== undefined) return character;
  }
  return undefined;
}

const storable = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD');

/** Tells the cells of a row apart. Reads no values: a cell that is unedited need not be readable. */
export function parseRow(concept: ProposalConcept, original: ProposalRow): ParsedRow {
  const { row, unstorable } = storableRow(original);
  const [id, version] = [row.values.id, row.values.version].map(textOfCell);
  const parsed: ParsedRow = {
    row,
    // A cell of a spreadsheet may end with a space that nobody sees.
    id: id || undefined,
    version: version && Number.isSafeInteger(Number(version)) ? Number(version) : undefined,
    cells: new Map(),
    cellsIfNew: new Map(),
    readOnly: new Map(),
    problems: row.problem ? [row.problem] : [],
    notices: [],
  };
  const columns = new Set(concept.table.columns.map(({ name }) => name));
  for (const [path, cell] of Object.entries(row.values)) {
    const character = unstorable.get(path);
    if (character !== undefined) {
      const params = { field: path, character: codePointOf(character) };
      parsed.problems.push(cellProblem(path, message('TEXT_WITH_INVALID_CHARACTER', params)));
      continue;
    }
    if (concept.ignored.has(path)) continue;
    const leaf = concept.leaves.get(path);
    const leafIfNew = path.startsWith(IF_NEW) && concept.leaves.get(path.slice(IF_NEW.length));
    if (leafIfNew) parsed.cellsIfNew.set(leafIfNew, cell);
    else if (leaf) {
      const params = { place: row.place, column: leaf.path };
      if (parsed.cells.has(leaf) && !isSameValue(parsed.cells.get(leaf), cell))
        parsed.problems.push(cellProblem(path, message('FILE_COLUMN_REPEATED', params)));
      parsed.cells.set(leaf, cell);
    } else if (columns.has(path) || SIDE_COLUMN.test(path)) parsed.readOnly.set(path, cell);
    else if (!isEmpty(cell)) parsed.problems.push(cellProblem(path, message('ROW_COLUMN_UNKNOWN', { field: path })));
  }
  return parsed;
}

/** Reads a cell. A cell that cannot be read is a problem, and undefined. */
export function readCell(parsed: ParsedRow, leaf: Leaf, cell: unknown): unknown {
  try {
    return leaf.parse(cell);
  } catch (error) {
    if (!(error instanceof UnreadableValue)) throw error;
    parsed.problems.push(cellProblem(leaf.path, error.problem));
    return undefined;
  }
}

/** Returns the readable values of a row by path, without reporting those that are not. */
export function readableValues({ cells, row }: ParsedRow): FactsInput {
  const values: FactsInput = {};
  for (const [leaf, cell] of cells) {
    try {
      values[leaf.path] = leaf.parse(cell);
    } catch (error) {
      if (!(error instanceof UnreadableValue)) throw error;
    }
  }
  return { ...values, country: row.values.country };
}
