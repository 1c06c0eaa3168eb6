import { cells, type Format, headers, type List, type Separator } from './format.js';

/** Excel decodes a file without it in the system's code page, which would corrupt 上海. */
const BYTE_ORDER_MARK = '\uFEFF';

/** The separators by their names. */
export const SEPARATORS: Readonly<Record<Separator, string>> = { comma: ',', semicolon: ';' };

/**
 * Text that a spreadsheet would evaluate: at the start of a cell, and after each separator of a country, because Excel may
 * split at another than the one of the file. Quotes in between do not count: an unquoted cell of another separator drops
 * them. Includes full-width characters, which Excel accepts in East Asian locales.
 */
const FORMULA = /(^|[,;\t\r\n])("*)('*)(?=[=+\-@＝＋－＠])/g;
const SPACE = /^('*)(?=[\t\r\n])/;
/** Texts with the guard of `FORMULA` and `SPACE`. Apostrophes of the text itself are guarded too, so that no other is removed. */
const GUARDED_FORMULA = /(^|[,;\t\r\n])("*)'('*)(?=[=+\-@＝＋－＠])/g;
const GUARDED_SPACE = /^'('*)(?=[\t\r\n])/;
const QUOTED = /[",;\t\r\n]/;
/** All texts that `FORMULA`, `SPACE` or `QUOTED` match: most cells are none, and one test is cheaper than three. */
const SPECIAL = /^'*[=+\-@＝＋－＠]|[",;\t\r\n]/;

/** Formats one cell by RFC 4180. An apostrophe before text that looks like a formula stops spreadsheets evaluating it. */
export function csvCell(value: string | number | boolean | null): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  if (!SPECIAL.test(value)) return value;
  const text = value.replace(SPACE, "'$1").replaceAll(FORMULA, "$1$2'$3");
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** Returns the text of a cell as it was before `csvCell`: without the apostrophes before what looks like a formula. */
export function unguarded(cell: string): string {
  return cell.includes("'") ? cell.replaceAll(GUARDED_FORMULA, '$1$2$3').replace(GUARDED_SPACE, '$1') : cell;
}

/** Writes a list, page by page. */
export async function* csvOf(
  { columns, pages }: Pick<List, 'columns' | 'pages'>,
  separator: Separator = 'comma',
): AsyncGenerator<string> {
  const line = (values: (string | number | boolean | null)[]) =>
    `${values.map(csvCell).join(SEPARATORS[separator])}\r\n`;
  yield BYTE_ORDER_MARK + line(headers(columns));
  for await (const page of pages) yield page.map(row => line(cells(row))).join('');
}

export const csv: Format = {
  extension: 'csv',
  isFlat: true,
  isTabular: true,
  isSeparated: true,
  mediaType: 'text/csv; charset=utf-8; header=present',
  write: ({ separator, ...list }) => csvOf(list, separator),
};
