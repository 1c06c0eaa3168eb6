import { cells, type Format, headers } from './format.js';

/** Excel decodes a file without it in the system's code page, which would corrupt 上海. */
const BYTE_ORDER_MARK = '\uFEFF';

/** Text that a spreadsheet would evaluate. Includes full-width characters, which Excel accepts in East Asian locales. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const QUOTED = /[",\r\n]/;

/** Formats one cell by RFC 4180. An apostrophe before text that looks like a formula stops spreadsheets evaluating it. */
export function csvCell(value: string | number | boolean | null): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const line = (values: (string | number | boolean | null)[]) => `${values.map(csvCell).join(',')}\r\n`;

export const csv: Format = {
  extension: 'csv',
  isFlat: true,
  mediaType: 'text/csv; charset=utf-8; header=present',
  async *write({ columns, pages }) {
    yield BYTE_ORDER_MARK + line(headers(columns));
    for await (const page of pages) yield page.map(row => line(cells(row))).join('');
  },
};
