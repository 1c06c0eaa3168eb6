import { cells, type Format, headers } from './format.js';

/** Excel takes a file without it for one of the system's code page: 上海 would not survive. */
const BYTE_ORDER_MARK = '\uFEFF';

/** A text that a spreadsheet would run: also in full width, which Excel reads as the same in East Asia. */
const FORMULA = /^[=+\-@\t\r\n＝＋－＠]/;
const QUOTED = /[",\r\n]/;

/** One cell after RFC 4180. A text that would be a formula gets an apostrophe in front, which makes it a text. */
export function csvCell(value: string | number | boolean | null): string {
  if (value === null) return '';
  if (typeof value !== 'string') return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return QUOTED.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

const line = (values: (string | number | boolean | null)[]) => `${values.map(csvCell).join(',')}\r\n`;

export const csv: Format = {
  extension: 'csv',
  flat: true,
  mediaType: 'text/csv; charset=utf-8; header=present',
  async *write({ columns, pages }) {
    yield BYTE_ORDER_MARK + line(headers(columns));
    for await (const page of pages) yield page.map(row => line(cells(row))).join('');
  },
};
