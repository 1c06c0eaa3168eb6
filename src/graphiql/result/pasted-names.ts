/** A cell of pasted rows, and what ends it. A spreadsheet quotes a cell with a line break, a tab or a quotation mark in it. */
const CELL = /(?:"((?:[^"]|"")*)"(?=[\t\r\n]|$)|([^\t\r\n]*))(\t|\r?\n|\r|$)/gy;

/** Returns the names of a pasted column, one per row; of several columns, the first. Empty rows in between stay. */
export function namesIn(pasted: string): string[] {
  const names: string[] = [];
  let isFirst = true;
  for (const [, quoted, plain = '', end] of pasted.trimEnd().matchAll(CELL)) {
    const name = quoted?.replaceAll('""', '"') ?? plain;
    if (isFirst) names.push(name.replaceAll(/\s+/g, ' ').trim());
    if (end === '') break;
    isFirst = end !== '\t';
  }
  return names;
}
