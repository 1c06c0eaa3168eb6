import { csv, csvCell } from './csv.js';
import { type Format, flatCell } from './format.js';

/**
 * A file for Wikidata's Mismatch Finder, which takes its columns only: no attribution, which is stated where the file is
 * uploaded, and no byte order mark before the first of them.
 */
export const mismatches: Format = {
  extension: csv.extension,
  mediaType: csv.mediaType,
  isFlat: true,
  async *write({ columns, pages }) {
    yield `${columns.map(({ name }) => name).join(',')}\n`;
    for await (const page of pages) yield page.map(row => `${row.map(flatCell).map(csvCell).join(',')}\n`).join('');
  },
};
