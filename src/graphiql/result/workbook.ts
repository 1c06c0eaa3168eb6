import type { SheetData } from 'write-excel-file/browser';
import type { Column, Row } from './table-data.js';

/** Column of a sheet, with its heading in words. */
type SheetColumn = Column & { readonly label: string };

type SheetCell = SheetData[number][number] | undefined;

const FULL_DATE = /^\d{4}-\d\d-\d\d$/;
/** Excel takes 1900 for a leap year, and knows no day before it: earlier days stay text. */
const FIRST_DAY = '1900-03-01';

/** Excel takes a workbook with a longer text in a cell for damaged. */
const MAX_CELL_LENGTH = 32_767;

/** Characters of one sheet. The writer compresses longer ones in a worker of a blob, which the policy of the page forbids. */
const MAX_SHEET_CHARACTERS = 150_000;

/**
 * Returns the cells of a sheet: a heading in bold, numbers, booleans and whole dates as such, all else as text, so that nothing
 * is a formula.
 *
 * @param textOf Returns the text of a cell as the reader sees it.
 */
export function sheetOf(
  columns: readonly SheetColumn[],
  rows: readonly Row[],
  textOf: (column: Column, row: Row) => string,
): SheetData {
  const heading = columns.map(({ label }) => ({ value: label, fontWeight: 'bold' as const }));
  const cell = (column: Column, row: Row) => {
    const value = row.cells.get(column.name);
    if (typeof value === 'number') return { value, type: Number };
    if (typeof value === 'boolean') return { value, type: Boolean };
    if (column.kind === 'date' && typeof value === 'string' && FULL_DATE.test(value) && value >= FIRST_DAY)
      return { value: new Date(`${value}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' };
    const text = textOf(column, row);
    return text === '' ? null : { value: text, type: String };
  };
  return [heading, ...rows.map(row => columns.map(column => cell(column, row)))];
}

/**
 * Writes a workbook of what is in view, and a sheet `about` that says what it is. Undefined if it would be too long, or a cell.
 */
export async function workbookOf(
  data: SheetData,
  about: readonly (readonly [string, string])[],
): Promise<Blob | undefined> {
  const cells = [...data.flat().map(textOfCell), ...about.flat()];
  const isTooLong = cells.some(text => text.length > MAX_CELL_LENGTH);
  if (isTooLong || JSON.stringify(data).length > MAX_SHEET_CHARACTERS) return undefined;
  // The writer is loaded when the first workbook is saved.
  const { default: writeXlsxFile } = await import('write-excel-file/browser');
  const widths = (data[0] ?? []).map((_, column) => ({
    width: Math.min(60, Math.max(10, ...data.map(row => widthOf(row?.[column])))),
  }));
  return writeXlsxFile([
    { data, sheet: 'data', stickyRowsCount: 1, columns: widths },
    {
      data: about.map(([name, value]) => [
        { value: name, type: String, fontWeight: 'bold' as const },
        { value, type: String },
      ]),
      sheet: 'about',
      columns: [{ width: 24 }, { width: 100 }],
    },
  ]).toBlob();
}

const cellValue = (cell: SheetCell) =>
  typeof cell === 'object' && cell !== null && 'value' in cell ? cell.value : cell;

const textOfCell = (cell: SheetCell) => String(cellValue(cell) ?? '');

function widthOf(cell: SheetCell): number {
  if (cellValue(cell) instanceof Date) return 12;
  return [...textOfCell(cell)].reduce((sum, c) => sum + (c > '\u2E80' ? 2 : 1), 2);
}
