import { SOURCES_KEY } from '../../export/statements.js';
import { columnLetters, isTruncated } from '../../export/xlsx-parts.js';
import { message } from '../../messages/message.js';
import type { ProposalConcept } from '../concept.js';
import { cellProblem, SIDE_COLUMN } from '../parsed-row.js';
import type { ProposalRow } from '../row.js';
import { normalizeCell } from './cell.js';
import {
  MAX_CELL_CHARACTERS,
  MAX_COLUMN_NAME,
  MAX_COLUMNS,
  MAX_ROW_CHARACTERS,
  MAX_TABLE_CHARACTERS,
} from './limits.js';
import { FileRefusal } from './refusal.js';

/** A cell of a spreadsheet that has no value: a formula whose result is missing, or an error such as `#REF!`. */
export class ErrorCell {
  constructor(readonly shown: string) {}
}

/** A cell that has only a part of its value, as an export of a long text: it proposes nothing. */
const PARTIAL_CELL = Symbol('partial');

/** Returns the value of a cell with a text. Excel moves inline texts to the table of strings, so that no type of cell decides. */
export const textCell = (text: string | undefined) => (text !== undefined && isTruncated(text) ? PARTIAL_CELL : text);

/** A row of a table as a file has it. */
export interface TableRow {
  /** Its place, for people: `row 7`. */
  place: string;
  cells: readonly unknown[];
  /** The cells as names of columns, if they differ: a name stands in one cell, not in all that are merged with it. */
  names?: readonly unknown[];
}

/** The names of columns are in one of the first rows: a title may stand above them. */
const MAX_ROWS_BEFORE_HEADER = 20;

const isEmpty = (cell: unknown): boolean => cell === null || cell === undefined || cell === '';

/** Returns whether a name is that of a column by which rows are found, or that has a value. */
const isColumn = ({ leaves, ignored, table }: ProposalConcept, name: string): boolean =>
  name === 'id' ||
  leaves.has(name) ||
  SIDE_COLUMN.test(name) ||
  (!ignored.has(name) && table.columns.some(column => column.name === name));

/** Returns the refusal of a row that is longer than a table can be. */
export const tooManyColumns = (place: string, column: number): FileRefusal =>
  new FileRefusal(
    message('FILE_TOO_MANY_COLUMNS', {
      place,
      limit: MAX_COLUMNS,
      characters: MAX_ROW_CHARACTERS,
      column: columnLetters(column),
    }),
  );

/**
 * Returns the rows of a table under its names of columns, which are in the first row that has the name of a column. Empty rows
 * are none.
 *
 * @throws FileRefusal if there are no names of columns, or twice the same one.
 */
export async function* rowsOfTable(
  concept: ProposalConcept,
  table: AsyncIterable<TableRow> | Iterable<TableRow>,
): AsyncGenerator<ProposalRow> {
  let header: string[] | undefined;
  let rowsBefore = 0;
  let characters = 0;
  for await (const { place, cells, names: ownCells = cells } of table) {
    if (cells.length > MAX_COLUMNS && cells.findLastIndex(cell => !isEmpty(cell)) >= MAX_COLUMNS) {
      throw tooManyColumns(place, MAX_COLUMNS);
    }
    characters += cells.reduce<number>((sum, cell) => sum + (typeof cell === 'string' ? cell.length : 0), 0);
    if (characters > MAX_TABLE_CHARACTERS) {
      throw new FileRefusal(message('FILE_TOO_MUCH_TEXT', { place, limit: MAX_TABLE_CHARACTERS }));
    }
    if (header) {
      if (!cells.every(isEmpty)) yield rowOf(concept, header, place, cells);
    } else {
      const names = ownCells.map(cell => (typeof cell === 'string' ? cell.trim() : ''));
      // The sources of an export, which name facts by the names of their columns.
      if (names[0] === SOURCES_KEY) break;
      if (names.some(name => isColumn(concept, name))) header = uniqueNames(place, names);
      rowsBefore += 1;
      if (!header && rowsBefore === MAX_ROWS_BEFORE_HEADER) break;
    }
  }
  if (!header) throw withoutColumns(concept);
}

/** Returns the refusal of a file in which no names of columns were found. */
export function withoutColumns({ table }: ProposalConcept): FileRefusal {
  const columns = table.columns.slice(0, 3).map(({ name }) => name);
  return new FileRefusal(
    message('FILE_WITHOUT_COLUMNS', {
      limit: MAX_ROWS_BEFORE_HEADER,
      table: table.name,
      columns: columns.join(', '),
    }),
  );
}

function uniqueNames(place: string, names: string[]): string[] {
  const long = names.findIndex(name => name.length > MAX_COLUMN_NAME);
  if (long >= 0) {
    const params = { place, column: columnLetters(long), length: names[long]?.length ?? 0, limit: MAX_COLUMN_NAME };
    throw new FileRefusal(message('FILE_COLUMN_TOO_LONG', params));
  }
  const column = names.find((name, index) => name && names.indexOf(name) !== index);
  if (column !== undefined) {
    throw new FileRefusal(message('FILE_COLUMN_REPEATED', { place, column }));
  }
  return names;
}

function rowOf(concept: ProposalConcept, header: string[], place: string, cells: readonly unknown[]): ProposalRow {
  let problem: ProposalRow['problem'];
  const entries: [string, unknown][] = [];
  // Only a row that names its record clears values: another leaves out what it does not know.
  // Spaces, which nobody sees in a cell, are no id.
  const id = cells[header.indexOf('id')];
  const hasId = !isEmpty(id) && !(typeof id === 'string' && id.trim() === '');
  for (const [index, cell] of cells.entries()) {
    const name = header[index];
    if (cell === PARTIAL_CELL || (!hasId && isEmpty(cell))) continue;
    if (!name) {
      if (isEmpty(cell)) continue;
      const column = columnLetters(index);
      problem ??= cellProblem(column, message('ROW_CELL_WITHOUT_COLUMN', { column }));
    } else if (cell instanceof ErrorCell) {
      const params = { field: name, value: cell.shown };
      problem ??= cellProblem(name, message('ROW_FORMULA_WITHOUT_VALUE', params));
    } else if (typeof cell === 'string' && cell.length > MAX_CELL_CHARACTERS && !concept.ignored.has(name)) {
      const params = { field: name, length: cell.length, limit: MAX_CELL_CHARACTERS };
      problem ??= cellProblem(name, message('ROW_CELL_TOO_LONG', params));
    } else {
      entries.push([name, normalizeCell(name, concept.leaves.get(name), cell)]);
    }
  }
  // Own properties, whatever their names are.
  return { place, values: Object.fromEntries(entries), problem };
}
