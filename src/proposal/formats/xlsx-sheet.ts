import { truncate } from '../../graph/errors.js';
import { MAX_COLUMNS } from './limits.js';
import { ErrorCell, type TableRow, textCell, tooManyColumns } from './table-rows.js';
import type { Archive } from './xlsx-archive.js';
import { dateOfSerial } from './xlsx-dates.js';
import { type Merge, placeOf, readMerges, tooManyMerges, widthOf } from './xlsx-merges.js';
import { unescaped, type Workbook } from './xlsx-workbook.js';
import { parseXml } from './xml.js';

/** A row of a sheet, numbered from 1. */
interface SheetRow {
  number: number;
  cells: unknown[];
}

/** Reads the rows of a sheet. */
export async function* readSheet(
  archive: Archive,
  workbook: Workbook,
  { name, path }: Workbook['sheets'][number],
  isFirst: boolean,
): AsyncGenerator<TableRow> {
  const merges = await readMerges(archive, path);
  let open: (Merge & { value: unknown })[] = [];
  const place = (row: number) => (isFirst ? `row ${row}` : `sheet ${truncate(name, 40)}, row ${row}`);
  const rows = parseXml<SheetRow>(archive.read(path), path, emit => rowHandler(workbook, place, emit));
  let [next, width] = [0, 0];
  for await (const { number, cells } of rows) {
    open = open.filter(({ lastRow }) => lastRow >= number);
    for (let merge = merges[next]; merge && merge.row <= number; merge = merges[next]) {
      if (merge.row === number) open.push({ ...merge, value: cells[merge.column] });
      next += 1;
    }
    if (open.reduce(widthOf, 0) > MAX_COLUMNS) throw tooManyMerges(path);
    const names = [...cells];
    for (const { column, lastColumn, value } of open) {
      for (let index = column; index <= lastColumn; index += 1) cells[index] ??= value;
    }
    // Empty cells at the end of a row are not in the file.
    width = Math.max(width, cells.length);
    yield { place: place(number), cells: Array.from({ length: width }, (_, index) => cells[index] ?? null), names };
  }
}

/** Collects the cells of each row. */
function rowHandler(workbook: Workbook, place: (row: number) => string, emit: (row: SheetRow) => void) {
  let row: SheetRow = { number: 0, cells: [] };
  let column = -1;
  let [type, style, value, text] = ['n', '0', '', ''];
  let [hasFormula, hasValue] = [false, false];
  let element = '';
  let isPhonetic = false;
  return {
    open(name: string, { r, t, s }: Readonly<Record<string, string>>) {
      element = name;
      if (name === 'row') {
        row = { number: Number(r) || row.number + 1, cells: [] };
        column = -1;
      } else if (name === 'c') {
        column = placeOf(r ?? '')?.column ?? column + 1;
        [type, style, value, text] = [t ?? 'n', s ?? '0', '', ''];
        [hasFormula, hasValue] = [false, false];
      } else if (name === 'f') hasFormula = true;
      else if (name === 'v') hasValue = true;
      else if (name === 'rPh') isPhonetic = true;
    },
    text(piece: string) {
      if (element === 'v') value += piece;
      else if (element === 't' && !isPhonetic) text += piece;
    },
    close(name: string) {
      element = '';
      if (name === 'rPh') isPhonetic = false;
      if (name === 'row') emit(row);
      if (name !== 'c') return;
      // openpyxl writes an empty `<v>` for a formula without a result; only a result of type `str` can be an empty text.
      const hasResult = hasValue && (type === 'str' || value.trim() !== '');
      const cell = hasFormula && !hasResult ? new ErrorCell('') : cellOf(workbook, { type, style, value, text });
      if (cell === null || cell === '') return;
      if (column >= MAX_COLUMNS) throw tooManyColumns(place(row.number), column);
      row.cells[column] = cell;
    },
  };
}

/** Returns the value of a cell: of a formula its last result. */
function cellOf(
  { strings, styles, is1904 }: Workbook,
  { type, style, value, text }: Record<'type' | 'style' | 'value' | 'text', string>,
): unknown {
  if (type === 'inlineStr') return textCell(unescaped(text));
  if (type === 'str') return textCell(unescaped(value));
  if (type === 'e') return new ErrorCell(value);
  if (value.trim() === '') return null;
  if (type === 's') return textCell(strings[Number(value)]) ?? new ErrorCell(value);
  if (type === 'b') return value === '1' || value === 'true';
  if (type === 'd') return value.slice(0, 10);
  const number = Number(value);
  const precision = styles[Number(style)];
  if (!Number.isFinite(number)) return new ErrorCell(value);
  return precision ? (dateOfSerial(number, precision, is1904) ?? new ErrorCell(value)) : number;
}
