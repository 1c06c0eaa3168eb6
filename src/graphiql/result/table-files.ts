import { cellText } from './sort.js';
import type { Column, Row } from './table-data.js';
import type { ResultValue } from './typed-result.js';

/** Makes Excel read the file as UTF-8; without it, 上海 is garbled. */
const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Places where a spreadsheet reads a formula, full-width forms included: the start of a cell, and after each separator at
 * which Excel splits in one country or another.
 */
const FORMULA = /^(?=[\t\r])|(?=[=+\-@＝＋－＠])(?<=(?:^|[,;\t\r\n])"*)/g;

/** Prevents CSV injection: prefixes text that looks like a formula with `'`. Numbers may start with a minus. */
function safeText(value: ResultValue): string {
  const text = cellText(value);
  return typeof value === 'number' ? text : text.replaceAll(FORMULA, "'");
}

const quoted = (text: string) => (/[",;\t\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Formats lines of cells as CSV (RFC 4180) with a byte order mark; no cell is a formula. */
export const csvOf = (lines: readonly (readonly ResultValue[])[]): string =>
  BYTE_ORDER_MARK + lines.map(cells => `${cells.map(cell => quoted(safeText(cell))).join(',')}\r\n`).join('');

/** Formats rows as CSV below the names of their columns. */
export const toCsv = (columns: readonly Pick<Column, 'name'>[], rows: readonly Pick<Row, 'cells'>[]): string =>
  csvOf([
    columns.map(({ name }) => name),
    ...rows.map(({ cells }) => columns.map(({ name }) => cells.get(name) ?? null)),
  ]);

/** Formats rows as NDJSON: one object per line, column names as keys; lists stay arrays. */
export function toNdjson(columns: readonly Pick<Column, 'name'>[], rows: readonly Row[]): string {
  const lines = rows.map(({ cells }) =>
    JSON.stringify(Object.fromEntries(columns.map(({ name }) => [name, cells.get(name) ?? null]))),
  );
  return lines.map(line => `${line}\n`).join('');
}

/** Formats rows for pasting into a spreadsheet: tab-separated, no formulas, no line breaks in cells. */
export function toClipboard(columns: readonly Pick<Column, 'name'>[], rows: readonly Row[]): string {
  const oneLine = (value: ResultValue) => safeText(value).replaceAll(/[\t\r\n]+/g, ' ');
  const lines = [
    columns.map(({ name }) => oneLine(name)),
    ...rows.map(({ cells }) => columns.map(({ name }) => oneLine(cells.get(name) ?? null))),
  ];
  return lines.map(line => line.join('\t')).join('\n');
}
