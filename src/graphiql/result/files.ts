import type { Value } from './read.js';
import { cellText } from './sort.js';
import type { Column, Row } from './tables.js';

/** Excel takes a file without it for one in another encoding, and 上海 is lost. */
const BYTE_ORDER_MARK = '\uFEFF';

/** What a spreadsheet begins to calculate at, also in full width. */
const FORMULA = /^[=+\-@\t\r＝＋－＠]/;

/** Text that a spreadsheet shows as it is: numbers of ours may begin with a minus, texts of others may not. */
function safeText(value: Value): string {
  const text = cellText(value);
  return typeof value !== 'number' && FORMULA.test(text) ? `'${text}` : text;
}

const quoted = (text: string) => (/[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text);

/** Comma-separated values after RFC 4180, in UTF-8 with a mark in front, no cell of which is a formula. */
export function toCsv(columns: readonly Column[], rows: readonly Row[]): string {
  const lines = [
    columns.map(({ name }) => quoted(safeText(name))),
    ...rows.map(({ cells }) => columns.map(({ name }) => quoted(safeText(cells.get(name) ?? null)))),
  ];
  return BYTE_ORDER_MARK + lines.map(line => `${line.join(',')}\r\n`).join('');
}

/** A JSON object a line, with the columns as its names; lists stay lists. */
export function toNdjson(columns: readonly Column[], rows: readonly Row[]): string {
  const lines = rows.map(({ cells }) =>
    JSON.stringify(Object.fromEntries(columns.map(({ name }) => [name, cells.get(name) ?? null]))),
  );
  return lines.map(line => `${line}\n`).join('');
}

/** What a spreadsheet takes from the clipboard: tabs between cells, no formula, and no break inside a cell. */
export function toClipboard(columns: readonly Column[], rows: readonly Row[]): string {
  const oneLine = (value: Value) => safeText(value).replaceAll(/[\t\r\n]+/g, ' ');
  const lines = [
    columns.map(({ name }) => oneLine(name)),
    ...rows.map(({ cells }) => columns.map(({ name }) => oneLine(cells.get(name) ?? null))),
  ];
  return lines.map(line => line.join('\t')).join('\n');
}
