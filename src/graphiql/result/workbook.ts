import type { SheetData } from 'write-excel-file/browser';
import type { Column, Row } from './table-data.js';

/** Column of a sheet, with its heading in words. */
type SheetColumn = Column & { readonly label: string };

const FULL_DATE = /^\d{4}-\d\d-\d\d$/;

/** Characters of one sheet. The writer compresses longer ones in a worker of a blob, which the policy of the page forbids. */
export const MAX_SHEET_CHARACTERS = 150_000;

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
    if (column.kind === 'date' && typeof value === 'string' && FULL_DATE.test(value))
      return { value: new Date(`${value}T00:00:00Z`), type: Date, format: 'yyyy-mm-dd' };
    const text = textOf(column, row);
    return text === '' ? null : { value: text, type: String };
  };
  return [heading, ...rows.map(row => columns.map(column => cell(column, row)))];
}

/** Writes a workbook of what is in view, and a sheet `about` that says what it is. */
export async function workbookOf(data: SheetData, about: readonly (readonly [string, string])[]): Promise<Blob> {
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

function widthOf(cell: SheetData[number][number] | undefined): number {
  const value = typeof cell === 'object' && cell !== null && 'value' in cell ? cell.value : cell;
  return value instanceof Date ? 12 : [...String(value ?? '')].reduce((sum, c) => sum + (c > '\u2E80' ? 2 : 1), 2);
}
